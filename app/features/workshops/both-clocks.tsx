import { useTranslation } from 'react-i18next'
import type { SideView } from '../../../shared/views'
import { InLanguage } from '../../components/localized-title'
import { useReader } from '../../lib/format'
import { ownSideFirst } from '../../lib/sides'
import { clocksAt } from './own-clock'
import { TimeRange } from './time-range'

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
  const { timeZone: mine } = useReader()
  const clocks = clocksAt(startsAt, ownSideFirst(sides, mySideId), mine)
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {clocks.map(({ place, timeZone }, at) => (
        // two sides may keep the same time
        <li
          key={place ? `${timeZone} ${at}` : 'own'}
          className={at === 0 ? 'font-semibold' : 'text-ink-2'}
        >
          <TimeRange startsAt={startsAt} endsAt={endsAt} timeZone={timeZone} />{' '}
          <span className="font-normal whitespace-nowrap text-ink-2">
            {place ? <InLanguage text={place} /> : t('clock.own')}
          </span>
          {place && <span className="sr-only"> {t('clock.local')}</span>}
        </li>
      ))}
    </ul>
  )
}
