import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SideView } from '../../../shared/views'
import { momentOf, wallClockAt } from '../../../shared/wall-clock'
import { WORKSHOP_MODES } from '../../../shared/workshops'
import { Field } from '../../components/field'
import { TheirWords, useTheirId } from '../../components/their-words'
import { useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import { ownSideFirst, zoneName } from '../../lib/sides'
import { Choice } from '../library/fields'
import { BothClocks } from './both-clocks'
import { fieldId } from './fault-list'
import { FormPart } from './plan-parts'
import { SeriesFields } from './series-fields'
import { SlotButtons } from './slot-buttons'
import { TimeWarnings } from './time-warnings'

/** What the clock is to show, and in which zone. */
export type When = { date: string; time: string; zone: string }

/** Date and time as typed, on the clocks of both sides at once, with what is unusual about them. */
export function WhenFields({
  sides,
  mySideId,
  now,
  minutes,
  when,
  setWhen,
  isNew,
  values,
  wrong,
  place,
}: {
  sides: readonly SideView[]
  mySideId: string | null
  now: string
  /** How long it lasts. */
  minutes: number
  when: When
  setWhen: (when: When) => void
  isNew: boolean
  values: Readonly<Record<string, string>>
  /** What is wrong with a field. */
  wrong: (field: string) => string | undefined
  place: ReactNode
}) {
  const { t } = useTranslation('workshops')
  const own = ownSideFirst(sides, mySideId)
  const { lang } = useReader()
  const zones = [...new Set([...own.map(({ timeZone }) => timeZone), when.zone])]
  const moment = momentOf(`${when.date}T${when.time}`, when.zone)
  const isScripted = useHydrated()
  const [mode, setMode] = useState(values.mode ?? 'virtual')
  const [theirTime, theirMode] = [useTheirId('startsOn'), useTheirId('mode')]
  const theirPlaces = [useTheirId('placeEn'), useTheirId('placeRu')]
  // once it was to be seen it stays: nothing that was typed or saved is sent unseen
  const [hasPlace, setHasPlace] = useState(
    mode !== 'virtual' ||
      Boolean(values.placeEn || values.placeRu) ||
      theirPlaces.some((id) => id !== undefined),
  )
  const pick = (at: number) => {
    const [date = '', time = ''] = wallClockAt(at, when.zone).split('T')
    setWhen({ ...when, date, time })
  }
  return (
    <FormPart title={t('form.when')}>
      <div className="grid items-start gap-4 sheet:grid-cols-3">
        <Field
          label={t('form.date')}
          id={fieldId('startsOn')}
          name="startsOn"
          aria-describedby={theirTime}
          type="date"
          min="2000-01-01"
          max="2099-12-31"
          value={when.date}
          error={when.date === values.startsOn ? wrong('startsOn') : undefined}
          onChange={(event) => setWhen({ ...when, date: event.currentTarget.value })}
        />
        <Field
          label={t('form.time')}
          id={fieldId('startsTime')}
          name="startsTime"
          aria-describedby={theirTime}
          type="time"
          value={when.time}
          error={when.time === values.startsTime ? wrong('startsTime') : undefined}
          onChange={(event) => setWhen({ ...when, time: event.currentTarget.value })}
        />
        <div className="grid gap-1.5">
          <Choice
            label={t('form.zone')}
            name="timeZone"
            aria-describedby={theirTime}
            value={when.zone}
            onChange={(event) => setWhen({ ...when, zone: event.currentTarget.value })}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zoneName(zone, sides, lang)}
              </option>
            ))}
          </Choice>
          <p className="text-[13px] text-ink-2">{t('form.zoneHint')}</p>
        </div>
      </div>
      <TheirWords of="startsOn" />
      <div role="status" className="grid gap-2">
        {moment && (
          <>
            <p className="text-[13px] text-ink-2">{t('form.both')}</p>
            <BothClocks
              startsAt={new Date(moment.at).toISOString()}
              endsAt={minutes > 0 ? new Date(moment.at + minutes * 60_000).toISOString() : null}
              sides={sides}
              mySideId={mySideId}
            />
            {moment.moved && (
              <p className="font-medium text-drift">
                {t('form.moved', { time: wallClockAt(moment.at, when.zone).slice(11) })}
              </p>
            )}
            <TimeWarnings at={moment.at} minutes={minutes} sides={own} now={Date.parse(now)} />
          </>
        )}
      </div>
      <SlotButtons
        sides={own}
        now={now}
        minutes={minutes}
        date={when.date}
        chosen={moment?.at ?? null}
        onPick={pick}
      />
      {isNew && (
        <SeriesFields
          sides={own}
          now={now}
          minutes={minutes}
          when={when}
          values={values}
          error={wrong('times')}
        />
      )}
      <div className="max-w-[22rem]">
        <Choice
          label={t('form.mode')}
          name="mode"
          aria-describedby={theirMode}
          value={mode}
          onChange={({ currentTarget: { value } }) => {
            setMode(value)
            if (value !== 'virtual') setHasPlace(true)
          }}
        >
          {WORKSHOP_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {t(`mode.${mode}`)}
            </option>
          ))}
        </Choice>
        <TheirWords of="mode" />
      </div>
      {(hasPlace || !isScripted) && place}
    </FormPart>
  )
}
