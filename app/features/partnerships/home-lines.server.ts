import { changedWords, excerpt } from '../../../shared/editor/drift'
import type { HomeView, WaitingItem } from '../../../shared/views'
import type { HomeLines, WaitingLine } from './waiting-line'

/**
 * What the home page shows of a view, compared here so that the page need not carry the means. A
 * discussion that waits for the reader is no news beside that: it would be counted twice.
 */
export function homeLines(home: HomeView): HomeLines {
  const asking = new Set(
    home.waitingForMe.map((item) => (item.kind === 'question' ? item.threadId : undefined)),
  )
  return {
    ...home,
    changes: home.changes.filter((each) => each.kind !== 'thread' || !asking.has(each.threadId)),
    waitingForMe: home.waitingForMe.map(toLine),
    waitingForOthers: home.waitingForOthers.map(toLine),
  }
}

function toLine(item: WaitingItem): WaitingLine {
  if (item.kind !== 'drift') return item
  const { before, after, ...line } = item
  return { ...line, parts: excerpt(changedWords(before, after, item.lang)) }
}
