import { useTranslation } from 'react-i18next'
import { useNow } from '../../lib/clock'
import { useFormat, useReader } from '../../lib/format'
import { usePartnership } from '../../lib/partnership'
import { useWhen } from '../../lib/when'

/**
 * When something was written, by the reader's clock; beside it the hour it was for the author, where
 * that is another one.
 */
export function Moment({
  iso,
  tone,
  now: served,
}: {
  iso: string
  /** The author's side; null when there is none. */
  tone?: 'a' | 'b' | null
  /** UTC, ISO-8601. */
  now: string
}) {
  const { t } = useTranslation('discussions')
  const when = useWhen()
  const format = useFormat()
  const { timeZone } = useReader()
  const now = useNow(served)
  const side = usePartnership()?.partnership.sides.find((each) => each.tone === tone)
  const theirs = side && side.timeZone !== timeZone ? format.timeIn(iso, side.timeZone) : undefined
  const isOther = theirs !== undefined && theirs !== format.time(iso)
  return (
    <>
      <time dateTime={iso} className="whitespace-nowrap" title={format.dateTime(iso)}>
        {when.moment(iso, now)}
      </time>
      {isOther && (
        <span className="whitespace-nowrap text-ink-3">
          {' '}
          {t('post.theirTime', { time: theirs })}
        </span>
      )}
    </>
  )
}
