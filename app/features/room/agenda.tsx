import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import { isForeign } from '../../../shared/workshops'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'
import { useFormat, useReader } from '../../lib/format'
import { ownTimeFirst } from '../workshops/own-clock'
import { useRoomState } from './room-context'

/** What comes when by both sides' clocks, in which language, and where the room is now. */
export function Agenda({
  places,
}: {
  places: readonly { place: LocalizedText; timeZone: string }[]
}) {
  const { t } = useTranslation('room')
  const format = useFormat()
  const { lang, timeZone: own } = useReader()
  const { workshop, stage, status } = useRoomState()
  if (workshop.agenda.length === 0) return null
  return (
    <Card title={t('agenda.title')} id="agenda">
      <ol className="-mx-2 divide-y divide-line">
        {workshop.agenda.map((row) => {
          const isNow = status === 'live' && row.id === stage?.rowId
          return (
            <li
              key={row.id}
              aria-current={isNow ? 'step' : undefined}
              className={`grid gap-x-5 gap-y-0.5 rounded-lg px-2 py-2.5 sheet:grid-cols-[minmax(9.5rem,auto)_minmax(0,1fr)] ${isNow ? 'bg-accent-wash' : ''}`}
            >
              <p className="flex flex-wrap gap-x-3 text-[13px] text-ink-2 sheet:block">
                {ownTimeFirst(row.startsAt, places, own).map(({ place, timeZone }) => (
                  <span key={timeZone} className="block">
                    <time dateTime={row.startsAt} className="font-semibold text-ink">
                      {format.timeIn(row.startsAt, timeZone)}
                    </time>{' '}
                    <InLanguage text={place} />
                  </span>
                ))}
              </p>
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-x-2">
                  <InLanguage text={row.title} className="font-semibold" />
                  {isNow && <Chip tone="ok">{t('agenda.now')}</Chip>}
                </p>
                <p className="text-[13px] text-ink-2">
                  {[
                    t('agenda.minutes', { count: row.minutes }),
                    t(`agenda.spoken_${row.spoken}`),
                    row.interpretation
                      ? t('agenda.interpreted')
                      : isForeign(row.spoken, lang) && t('agenda.notInterpreted'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  {row.speaker && (
                    <>
                      {' · '}
                      <span lang={/\p{Script=Cyrillic}/u.test(row.speaker) ? 'ru' : 'en'}>
                        {row.speaker}
                      </span>
                    </>
                  )}
                </p>
              </div>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
