import type { HomeView, WaitingItem } from '../../../shared/views'
import type { WordChange } from '../../components/word-changes'

type Drift = Extract<WaitingItem, { kind: 'drift' }>
/** As the view has it; a drift line with its comparison made. */
export type WaitingLine =
  | Exclude<WaitingItem, Drift>
  | (Omit<Drift, 'before' | 'after'> & { parts: readonly WordChange[] })

export type HomeLines = Omit<HomeView, 'waitingForMe' | 'waitingForOthers'> & {
  waitingForMe: readonly WaitingLine[]
  waitingForOthers: readonly WaitingLine[]
}

/** The address of a line within its partnership's pages. */
export function pathOf(line: WaitingLine, base: string): string {
  switch (line.kind) {
    case 'drift':
      return `${base}/protocols/${line.protocolId}#unit-${line.unit}`
    case 'missing':
      return `${base}/protocols/${line.protocolId}`
    case 'question':
      return `${base}/discussions/${line.threadId}?around=${line.seq}#post-${line.seq}`
    case 'task':
      return `${base}/workshops/${line.workshopId}/outcomes#outcome-${line.outcomeId}`
    case 'translation':
      return line.path
  }
}

/** One line's own name among the others. */
export function keyOf(line: WaitingLine, base: string): string {
  return `${line.kind} ${pathOf(line, base)} ${'lang' in line ? line.lang : ''}`
}
