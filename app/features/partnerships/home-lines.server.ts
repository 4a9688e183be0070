import { changedWords, excerpt } from '../../../shared/editor/drift'
import type { HomeView, WaitingItem } from '../../../shared/views'
import type { HomeLines, WaitingLine } from './waiting-line'

/** What the home page shows of a view, compared here so that the page need not carry the means. */
export function homeLines(home: HomeView): HomeLines {
  return {
    ...home,
    waitingForMe: home.waitingForMe.map(toLine),
    waitingForOthers: home.waitingForOthers.map(toLine),
  }
}

function toLine(item: WaitingItem): WaitingLine {
  if (item.kind !== 'drift') return item
  const { before, after, ...line } = item
  return { ...line, parts: excerpt(changedWords(before, after, item.lang)) }
}
