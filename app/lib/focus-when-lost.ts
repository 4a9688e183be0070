import { type RefObject, useEffect, useRef } from 'react'

/**
 * What says how things stand takes the focus from a control that went away with them.
 *
 * @param state how things stand
 * @returns for the element that says so; it needs `tabIndex={-1}`
 */
export function useFocusWhenLost<E extends HTMLElement>(state: string): RefObject<E> {
  const line = useRef<E>(null)
  const before = useRef(state)
  useEffect(() => {
    if (before.current !== state && document.activeElement === document.body) line.current?.focus()
    before.current = state
  }, [state])
  return line
}
