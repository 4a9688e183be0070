import type { ReactNode } from 'react'

/** A list with nothing in it: one sentence, and one action where there is one. */
export function EmptyState({ sentence, action }: { sentence: string; action?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-4 rounded-card border border-dashed border-line-strong px-5 py-8">
      <p className="max-w-[60ch] text-ink-2">{sentence}</p>
      {action}
    </div>
  )
}
