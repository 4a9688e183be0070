import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestLinkView } from '../../../shared/guests'
import type { LocalizedText } from '../../../shared/languages'
import { dateIn, utcOffset } from '../../../shared/wall-clock'
import { InLanguage } from '../../components/localized-title'
import { createFormat, useReader } from '../../lib/format'
import { dayIn } from '../workshops/both-clocks'
import { isOtherClock } from '../workshops/own-clock'

/** When it begins and ends, by the clocks of both sides, and by the reader's where that is another. */
export function BothClocks({
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
  const { lang } = useReader()
  const clocks: { place: LocalizedText | null; timeZone: string }[] = [...places]
  const zones = places.map(({ timeZone }) => timeZone)
  if (isOtherClock(startsAt, own, zones)) clocks.push({ place: null, timeZone: own })
  return (
    <dl className="mt-4 grid gap-x-8 gap-y-2 sheet:grid-cols-[auto_1fr]">
      {clocks.map(({ place, timeZone }) => {
        const format = createFormat(lang, timeZone)
        const dayOf = (iso: string) => dateIn(Date.parse(iso), timeZone)
        return (
          <div key={timeZone} className="contents">
            <dt className="whitespace-nowrap text-ink-2">
              {place ? <InLanguage text={place} /> : t('ownTime')}
            </dt>
            <dd className="mb-1 font-medium tabular-nums">
              <time dateTime={startsAt}>
                {dayIn(startsAt, lang, timeZone)}, {format.time(startsAt)}
              </time>
              {endsAt && (
                <>
                  {'–'}
                  <time dateTime={endsAt}>
                    {dayOf(endsAt) === dayOf(startsAt)
                      ? format.time(endsAt)
                      : format.dateTime(endsAt)}
                  </time>
                </>
              )}{' '}
              <span className="ml-1 text-[13px] font-normal text-ink-2">
                ({utcOffset(Date.parse(startsAt), timeZone)})
              </span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** The zone of a reader of whom nothing is known: as their browser says, once the page lives. */
export function useBrowserZone(): string | null {
  const [zone, setZone] = useState<string | null>(null)
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone || null), [])
  return zone
}
