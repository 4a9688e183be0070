import { useTranslation } from 'react-i18next'
import type { GuestLinkView } from '../../../shared/guests'
import { utcOffset } from '../../../shared/wall-clock'
import { InLanguage } from '../../components/localized-title'
import { clocksAt, ownTimeFirst } from '../workshops/own-clock'
import { TimeRange } from '../workshops/time-range'

/** When it begins and ends, by the clocks of both sides, and by the reader's where that is another. */
export function ClockTable({
  startsAt,
  endsAt,
  places,
  own,
}: Pick<GuestLinkView, 'startsAt' | 'places'> & {
  /** Null where the end does not matter. */
  endsAt: string | null
  /** The reader's zone, IANA; null while it is not known. */
  own: string | null
}) {
  const { t } = useTranslation('entering')
  return (
    <dl className="mt-4 grid gap-x-8 sheet:grid-cols-[auto_1fr] sheet:gap-y-2">
      {clocksAt(startsAt, ownTimeFirst(startsAt, places, own), own).map(({ place, timeZone }) => (
        <div key={timeZone} className="contents">
          <dt className="whitespace-nowrap text-ink-2">
            {place ? <InLanguage text={place} /> : t('ownTime')}{' '}
            <span className="text-[13px]">({utcOffset(Date.parse(startsAt), timeZone)})</span>
          </dt>
          <dd className="mb-3 font-medium sheet:mb-1 tabular-nums">
            <TimeRange startsAt={startsAt} endsAt={endsAt} timeZone={timeZone} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
