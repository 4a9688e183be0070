import { useEffect, useRef } from 'react'
import type { Done } from './use-done'

/**
 * Says what has been done. The control that did it may be gone with that, and the focus with it: then
 * the focus comes here.
 */
export function DoneLine({ done }: { done: Done | null }) {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (done && isLost) line.current?.focus()
  }, [done])
  return (
    <p
      ref={line}
      role="status"
      tabIndex={-1}
      className={done ? 'rounded-lg bg-accent-wash px-3.5 py-2.5' : 'sr-only'}
    >
      {done?.text}
    </p>
  )
}
