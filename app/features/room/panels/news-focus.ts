import { type FocusEvent, useEffect, useRef } from 'react'

/**
 * Where the keyboard goes when the news it stood on goes: to the next one, else back to where it came
 * from, else to the room. For the element that holds all of them.
 */
export function useNewsFocus() {
  const held = useRef<HTMLElement | null>(null)
  const before = useRef<HTMLElement | null>(null)
  // after every rendering: an answer comes whenever it comes
  useEffect(() => {
    if (!held.current || held.current.isConnected) return
    held.current = null
    if (document.activeElement !== document.body) return
    const next = document.querySelector<HTMLElement>('[data-news]')
    for (const place of [next, before.current, document.getElementById('main')]) {
      place?.focus()
      // what is hidden or has gone meanwhile takes no focus
      if (place && document.activeElement === place) return
    }
  })
  return {
    onFocus({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>) {
      held.current = target
      const from = relatedTarget instanceof HTMLElement ? relatedTarget : null
      if (from && !currentTarget.contains(from)) before.current = from
    },
    onBlur({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
      const isOutside = relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)
      if (isOutside) held.current = null
    },
    /** It goes on in the part that is opened. */
    leave() {
      held.current = null
    },
  }
}
