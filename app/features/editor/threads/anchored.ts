import { createContext, useContext } from 'react'
import type { LocalizedText } from '../../../../shared/languages'
import type { ThreadSummary } from '../../../../shared/views'

/** Which paragraph is talked about beside the text. */
export type Spot = {
  units: readonly string[]
  /** As the row is numbered, when it is. */
  number: string | null
  /** What the paragraph says now. */
  quote: LocalizedText
  /** The thread to open at once; the list of the paragraph's threads without. */
  threadId: string | null
}

/** The threads about this protocol, at their paragraphs. */
export type Anchored = {
  /** Threads of a row's units, last answered first; none for those who may not read them. */
  of: (units: readonly string[]) => readonly ThreadSummary[]
  /** May the reader open threads or read them, so that there is something to show? */
  isOpen: boolean
  mayStart: boolean
  show: (spot: Spot) => void
}

export const AnchoredContext = createContext<Anchored>({
  of: () => [],
  isOpen: false,
  mayStart: false,
  show: () => {},
})

export function useAnchored(): Anchored {
  return useContext(AnchoredContext)
}
