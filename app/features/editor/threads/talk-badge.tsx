import { Link, useParams } from '@remix-run/react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ThreadSummary } from '../../../../shared/views'
import { useAnchored } from './anchored'

/** How many threads stand at a row, and how much of them is new, in words; empty without any. */
export function talkWords(t: TFunction<'editor'>, threads: readonly ThreadSummary[]): string {
  if (threads.length === 0) return ''
  const unread = unreadIn(threads)
  const count = t('talk.threads', { count: threads.length })
  return unread > 0 ? `${count}, ${t('talk.unread', { count: unread })}` : count
}

/** The count at the corner of a row's sign; its words are in the sign's own label. */
export function TalkBadge({ threads }: { threads: readonly ThreadSummary[] }) {
  if (threads.length === 0) return null
  return (
    <span
      aria-hidden="true"
      className="talk-badge"
      data-unread={unreadIn(threads) > 0 ? '' : undefined}
    >
      {threads.length}
    </span>
  )
}

/** The same where there is no live text: a way to the thread, or to the list when there are several. */
export function TalkLink({ units }: { units: readonly string[] }) {
  const { t } = useTranslation('editor')
  const { slug = '' } = useParams()
  const threads = useAnchored().of(units)
  const [first, second] = threads
  if (!first) return null
  const base = `/partnerships/${slug}/discussions`
  const list = `${base}?protocol=${first.anchor?.protocolId ?? ''}`
  return (
    <Link to={second ? list : `${base}/${first.id}`} className="talk-link">
      <TalkBadge threads={threads} />
      <span className="sr-only">{talkWords(t, threads)}</span>
    </Link>
  )
}

function unreadIn(threads: readonly ThreadSummary[]): number {
  return threads.reduce((sum, { unread }) => sum + unread, 0)
}
