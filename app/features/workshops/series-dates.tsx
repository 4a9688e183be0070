import type { SideView } from '../../../shared/views'
import { BothClocks } from './both-clocks'
import { TimeWarnings } from './time-warnings'

/** Beginnings of workshops of a series on both sides’ clocks, with what is unusual about each. */
export function SeriesDates({
  title,
  dates,
  sides,
  minutes,
  now,
}: {
  title: string
  /** Number in the series, and milliseconds since 1970. */
  dates: readonly { place: number; at: number }[]
  /** The reader's own first. */
  sides: readonly SideView[]
  minutes: number
  now: string
}) {
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{title}</h3>
      <ol className="grid list-decimal gap-2 pl-7 text-[13px]">
        {dates.map(({ place, at }) => (
          <li key={place} value={place}>
            <div className="grid gap-1.5">
              <BothClocks
                startsAt={new Date(at).toISOString()}
                endsAt={null}
                sides={sides}
                mySideId={sides[0]?.id ?? null}
              />
              <TimeWarnings at={at} minutes={minutes} sides={sides} now={Date.parse(now)} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
