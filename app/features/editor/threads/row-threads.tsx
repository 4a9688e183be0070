import { useTranslation } from 'react-i18next'
import { pickText } from '../../../../shared/languages'
import type { ThreadSummary } from '../../../../shared/views'
import { Button } from '../../../components/button'
import { useReader } from '../../../lib/format'
import type { RowView } from '../seam/row-view'
import { useAnchored } from './anchored'

/** In a row's popover: the threads about it, and the way to begin one. */
export function RowThreads({ row, onLeave }: { row: RowView; onLeave: () => void }) {
  const { t } = useTranslation('editor')
  const { of, isOpen, mayStart, show } = useAnchored()
  const units = row.units.map(({ unit }) => unit)
  const threads = of(units)
  if (!isOpen || units.length === 0 || (threads.length === 0 && !mayStart)) return null
  const go = (threadId: string | null) => {
    onLeave()
    show({ units, number: row.number, quote: row.units[0]?.text ?? {}, threadId })
  }
  return (
    <div className="popover-talk">
      <RowThreadList threads={threads} onChoose={go} />
      {mayStart && (
        <Button type="button" look="quiet" onClick={() => go(null)}>
          {t(threads.length > 0 ? 'talk.another' : 'talk.start')}
        </Button>
      )}
    </div>
  )
}

/** The threads of one paragraph, to choose from. */
export function RowThreadList({
  threads,
  onChoose,
}: {
  threads: readonly ThreadSummary[]
  onChoose: (threadId: string) => void
}) {
  const { t } = useTranslation('editor')
  const { lang: reader } = useReader()
  if (threads.length === 0) return null
  return (
    <ul aria-label={t('talk.here')} className="talk-list">
      {threads.map((thread) => {
        const { text, lang } = pickText(thread.title, reader)
        return (
          <li key={thread.id}>
            <button type="button" className="talk-choice" onClick={() => onChoose(thread.id)}>
              <span lang={lang} className="talk-title">
                {text}
              </span>
              <span className="talk-count">
                {t('talk.posts', { count: thread.replyCount })}
                {thread.unread > 0 && (
                  <strong> · {t('talk.unread', { count: thread.unread })}</strong>
                )}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
