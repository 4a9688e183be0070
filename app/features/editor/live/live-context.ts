import type { Editor } from '@tiptap/core'
import { createContext, useContext } from 'react'
import type { Language } from '../../../../shared/languages'
import type { OpenedProtocol } from '../open-protocol'
import type { RowView } from '../seam/row-view'
import type { structureActions } from '../seam/structure-offers'

export type Editors = Record<Language, Editor>

/** What everything around the live text can do with it. */
export type Live = ReturnType<typeof structureActions> & {
  opened: OpenedProtocol
  /** Tell the person something: shown for a while, and read aloud. */
  say: (words: string) => void
  /** Put the caret into a unit's text in one language, or at the end of the row there. */
  focusText: (row: RowView, lang: Language, unit?: string) => void
  /** Give a unit its place in the language that lacks it, and put the caret there. */
  insertTranslation: (row: RowView, lang: Language) => void
  /** Record that texts agree, as the person sees them now. */
  mark: (row: RowView, state: 'translated' | 'reviewed', units?: readonly string[]) => Promise<void>
}

export const LiveContext = createContext<Live | null>(null)

/** @throws Error outside of the live text: a mistake in the code */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive is for what stands inside the live text')
  return live
}
