import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { momentOf, suggestSlots, wallClockAt } from '../../../shared/workshop-times'
import { REPEATS, WORKSHOP_MODES } from '../../../shared/workshops'
import { Field } from '../../components/field'
import { useReader } from '../../lib/format'
import { ownSideFirst, workPlaceOf } from '../../lib/sides'
import { Choice } from '../library/fields'
import { useHydrated } from '../library/hydrated'
import { BothClocks } from './both-clocks'
import { FormPart } from './plan-parts'
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
  wrong: { when: boolean; times: boolean }
  place: ReactNode
}) {
  const { t } = useTranslation('workshops')
  const own = ownSideFirst(sides, mySideId)
  const { lang } = useReader()
  // a zone by the side that lives in it
  const nameOf = (zone: string) => {
    const side = sides.find(({ timeZone }) => timeZone === zone)
    return side ? pickText(side.place, lang).text : zone.replaceAll('_', ' ')
  }
  const zones = [...new Set([...own.map(({ timeZone }) => timeZone), when.zone])]
  const moment = momentOf(`${when.date}T${when.time}`, when.zone)
  const error = wrong.when && !moment ? t('form.whenWrong') : undefined
  return (
    <FormPart title={t('form.when')}>
      <div className="grid items-start gap-4 sheet:grid-cols-3">
        <Field
          label={t('form.date')}
          name="startsOn"
          type="date"
          value={when.date}
          error={error}
          onChange={(event) => setWhen({ ...when, date: event.currentTarget.value })}
        />
        <Field
          label={t('form.time')}
          name="startsTime"
          type="time"
          value={when.time}
          onChange={(event) => setWhen({ ...when, time: event.currentTarget.value })}
        />
        <div className="grid gap-1.5">
          <Choice
            label={t('form.zone')}
            name="timeZone"
            value={when.zone}
            onChange={(event) => setWhen({ ...when, zone: event.currentTarget.value })}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {nameOf(zone)}
              </option>
            ))}
          </Choice>
          <p className="text-[13px] text-ink-2">{t('form.zoneHint')}</p>
        </div>
      </div>
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
      <Slots sides={own} now={now} minutes={minutes} when={when} setWhen={setWhen} />
      {isNew && (
        <div className="grid items-start gap-4 sheet:grid-cols-3">
          <Choice label={t('form.repeats')} name="repeats" defaultValue={values.repeats ?? 'none'}>
            {REPEATS.map((each) => (
              <option key={each} value={each}>
                {t(`form.repeat.${each}`)}
              </option>
            ))}
          </Choice>
          <Field
            label={t('form.times')}
            name="times"
            inputMode="numeric"
            defaultValue={values.times ?? '1'}
            error={wrong.times ? t('form.timesWrong') : undefined}
          />
        </div>
      )}
      <div className="max-w-[22rem]">
        <Choice label={t('form.mode')} name="mode" defaultValue={values.mode ?? 'virtual'}>
          {WORKSHOP_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {t(`mode.${mode}`)}
            </option>
          ))}
        </Choice>
      </div>
      {place}
    </FormPart>
  )
}

/** Buttons that fill in a time which suits both sides. They need scripts, and come with them. */
function Slots({
  sides,
  now,
  minutes,
  when,
  setWhen,
}: {
  sides: readonly SideView[]
  now: string
  minutes: number
  when: When
  setWhen: (when: When) => void
}) {
  const { t } = useTranslation('workshops')
  if (!useHydrated()) return null
  const slots = suggestSlots(Date.parse(now), minutes || 60, sides.map(workPlaceOf))
  const pick = (at: number) => {
    const [date = '', time = ''] = wallClockAt(at, when.zone).split('T')
    setWhen({ ...when, date, time })
  }
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t('form.slots')}</h3>
      {slots.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t('form.noSlots')}</p>
      ) : (
        <ul className="grid gap-2 sheet:grid-cols-2">
          {slots.map((at) => (
            <li key={at}>
              <button
                type="button"
                onClick={() => pick(at)}
                className="w-full rounded-lg border border-line-control bg-surface px-3.5 py-2 text-left text-[13px] hover:bg-wash"
              >
                <BothClocks
                  startsAt={new Date(at).toISOString()}
                  endsAt={null}
                  sides={sides}
                  mySideId={sides[0]?.id ?? null}
                />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
