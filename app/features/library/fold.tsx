import { type ReactNode, useRef } from 'react'

/**
 * What is wanted now and then, behind a word: a `details`, so that it opens without scripts.
 *
 * @param children get how to close it again
 */
export function Fold({
  word,
  tone = 'plain',
  isOpen = false,
  className = '',
  children,
}: {
  word: string
  tone?: 'plain' | 'danger'
  /** From the beginning. */
  isOpen?: boolean
  className?: string
  children: (close: () => void) => ReactNode
}) {
  const details = useRef<HTMLDetailsElement>(null)
  const close = () => {
    const fold = details.current
    if (!fold?.open) return
    fold.open = false
    fold.querySelector('summary')?.focus()
  }
  const ink = tone === 'danger' ? 'text-danger' : 'text-accent'
  return (
    <details
      ref={details}
      open={isOpen}
      className={`open:basis-full ${className}`}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <summary
        className={`inline-flex min-h-7 list-none items-center rounded-md font-medium underline-offset-4 hover:underline [&::-webkit-details-marker]:hidden ${ink}`}
      >
        {word}
      </summary>
      <div className="mt-3">{children(close)}</div>
    </details>
  )
}
