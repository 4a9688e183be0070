import type { Language } from '../../../shared/languages'
import type { DeckView } from '../../../shared/workshop-views'

/** Somewhere in the slides. */
export type At = { deckId: string; page: number }

/** What can be looked at: a deck, and the same slides in the other language where there are any. */
export type Looked = { deck: DeckView; pair: DeckView | null }

const isReady = ({ state, pages }: DeckView) => state === 'ready' && pages > 0

/** A deck with its other half; null where it is not there (any more). */
export function lookedAt(decks: readonly DeckView[], deckId: string): Looked | null {
  const deck = decks.find(({ id }) => id === deckId)
  if (!deck) return null
  return { deck, pair: decks.find((each) => each.id === deck.pairId && isReady(each)) ?? null }
}

/**
 * Everything to look through, each pair once, in the reader's language.
 *
 * @param without what is shown already
 */
export function allOf(
  decks: readonly DeckView[],
  reader: Language,
  without: string | null,
): DeckView[] {
  const ready = decks.filter(isReady)
  return ready.filter((deck) => {
    const pair = ready.find(({ id }) => id === deck.pairId)
    if (deck.id === without || pair?.id === without) return false
    return !pair || deck.lang === reader
  })
}

/** Pages in whichever language there are more. */
export function pagesOf({ deck, pair }: Looked): number {
  return Math.max(deck.pages, pair?.pages ?? 0)
}

/**
 * Which of both has a page in the language that is wanted, else whichever has it.
 *
 * @returns `other`: the page is there in the other language too
 */
export function versionOf(
  { deck, pair }: Looked,
  page: number,
  wanted: Language,
): { deck: DeckView; other: boolean } {
  const having = [deck, ...(pair ? [pair] : [])].filter(({ pages }) => page <= pages)
  const own = having.find(({ lang }) => lang === wanted)
  return { deck: own ?? having[0] ?? deck, other: having.length > 1 }
}
