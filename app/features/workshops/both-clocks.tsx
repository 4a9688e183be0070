import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { dateIn } from '../../../shared/wall-clock'
import { InLanguage } from '../../components/localized-title'
import { createFormat, useReader } from '../../lib/format'
import { ownSideFirst } from '../../lib/sides'
import { isOtherClock } from './own-clock'

/** One moment on the clocks of the sides, the reader's own first; each with its own date. */
export function BothClocks({
  startsAt,
  endsAt,
  sides,
  mySideId,
}: {
  startsAt: string
  /** Null where the end does not matter. */
  endsAt: string | null
  sides: readonly SideView[]
  mySideId: string | null
}) {
  const { t } = useTranslation('workshops')
  const { lang, timeZone: mine } = useReader()
  const clocks: { id: string; place: LocalizedText | null; timeZone: string }[] = [
    ...ownSideFirst(sides, mySideId),
  ]
  const zones = sides.map(({ timeZone }) => timeZone)
  if (isOtherClock(startsAt, mine, zones)) clocks.push({ id: 'own', place: null, timeZone: mine })
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {clocks.map(({ id, place, timeZone }, at) => {
        const format = createFormat(lang, timeZone)
        const day = dayIn(startsAt, lang, timeZone)
        return (
          <li key={id} className={at === 0 ? 'font-semibold' : 'text-ink-2'}>
            <time dateTime={startsAt}>
              {day}, {format.time(startsAt)}
            </time>
            {endsAt && (
              <>
                {'–'}
                <time dateTime={endsAt}>
                  {dateIn(Date.parse(endsAt), timeZone) === dateIn(Date.parse(startsAt), timeZone)
                    ? format.time(endsAt)
                    : format.dateTime(endsAt)}
                </time>
              </>
            )}{' '}
            <span className="font-normal whitespace-nowrap text-ink-2">
              {place ? <InLanguage text={place} /> : t('clock.own')}
            </span>
            {place && <span className="sr-only"> {t('clock.local')}</span>}
          </li>
        )
      })}
    </ul>
  )
}

/** “Tue, 1 December 2026”. */
export function dayIn(iso: string, lang: string, timeZone: string): string {
  return new Intl.DateTimeFormat(lang, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(iso))
}
