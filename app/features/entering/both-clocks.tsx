import type { GuestLinkView } from '../../../shared/guests'
import { InLanguage } from '../../components/localized-title'
import { createFormat, useReader } from '../../lib/format'

/** When it begins and ends, by the clocks of both sides. */
export function BothClocks({
  startsAt,
  endsAt,
  places,
}: Pick<GuestLinkView, 'startsAt' | 'endsAt' | 'places'>) {
  const { lang } = useReader()
  return (
    <dl className="mt-4 grid gap-x-8 gap-y-2 sheet:grid-cols-[auto_1fr]">
      {places.map(({ place, timeZone }) => {
        const format = createFormat(lang, timeZone)
        return (
          <div key={timeZone} className="contents">
            <dt className="text-ink-2">
              <InLanguage text={place} />
            </dt>
            <dd className="mb-1 font-medium tabular-nums">
              <time dateTime={startsAt}>{format.dateTime(startsAt)}</time>
              {' – '}
              <time dateTime={endsAt}>{format.time(endsAt)}</time>
              <span className="ml-2 text-[13px] font-normal text-ink-2">
                ({zoneOf(startsAt, timeZone)})
              </span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** «UTC+3» */
function zoneOf(iso: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
  const part = format.formatToParts(new Date(iso)).find(({ type }) => type === 'timeZoneName')
  return part?.value.replace('GMT', 'UTC') ?? 'UTC'
}
