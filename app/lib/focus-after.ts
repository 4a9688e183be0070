import { useEffect, useRef } from 'react'

/** A step that has not happened after so long does not move the focus any more, milliseconds. */
const SOON_MS = 10_000

/**
 * Where the focus goes when what held it goes with the step it made: a form that was sent, a button
 * that another one took the place of. Whoever has gone on meanwhile stays where they are. For a part
 * that outlives the step.
 *
 * @returns to be called before the step, with ids of elements: the first one that is there is meant
 */
export function useFocusAfter(): (...ids: string[]) => void {
  const awaited = useRef<{ ids: readonly string[]; held: Element | null; until: number } | null>(
    null,
  )
  // after every rendering: the room is told of the step whenever it is
  useEffect(() => {
    if (!awaited.current) return
    const { ids, held, until } = awaited.current
    const at = document.activeElement
    // where it was held they wait for the step; elsewhere they have gone on
    if (at !== document.body && at === held) return
    awaited.current = null
    if (at !== document.body) return
    if (Date.now() > until) return
    ids
      .map((id) => document.getElementById(id))
      .find((element) => element !== null)
      ?.focus()
  })
  return (...ids) => {
    awaited.current = { ids, held: document.activeElement, until: Date.now() + SOON_MS }
  }
}

/**
 * Who stands where one of a list is taken away: the next one, else the one before.
 *
 * @param ids of the elements, in their order
 */
export function neighboursOf(ids: readonly string[], gone: string): string[] {
  const at = ids.indexOf(gone)
  return [ids[at + 1], ids[at - 1]].filter((id) => id !== undefined)
}
