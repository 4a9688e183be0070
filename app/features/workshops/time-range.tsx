import { dateIn } from '../../../shared/wall-clock'
import { createFormat, useReader } from '../../lib/format'

/** From when to when by the clock of one place, with its date; the end’s date too where it is another. */
export function TimeRange({
  startsAt,
  endsAt,
  timeZone,
}: {
  /** UTC, ISO-8601. */
  startsAt: string
  /** Null where the end does not matter. */
  endsAt: string | null
  timeZone: string
}) {
  const { lang } = useReader()
  const format = createFormat(lang, timeZone)
  const dayOf = (iso: string) => dateIn(Date.parse(iso), timeZone)
  return (
    <>
      <time dateTime={startsAt}>
        {dayIn(startsAt, lang, timeZone)}, {format.time(startsAt)}
      </time>
      {endsAt && (
        <>
          {'–'}
          <time dateTime={endsAt}>
            {dayOf(endsAt) === dayOf(startsAt) ? format.time(endsAt) : format.dateTime(endsAt)}
          </time>
        </>
      )}
    </>
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
