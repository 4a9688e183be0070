import type { ReactNode } from 'react'

/** What is not done by one press: it unfolds into a question and its button, also without scripts. */
export function AskFirst({
  label,
  look = 'button',
  question,
  children,
}: {
  label: ReactNode
  /** `text`: where it stands in every row of a list. */
  look?: keyof typeof LOOKS
  question: ReactNode
  /** The form that does it. */
  children: ReactNode
}) {
  return (
    <details className="min-w-0 max-w-full">
      <summary
        className={`inline-flex cursor-pointer list-none items-center leading-tight hover:bg-wash [&::-webkit-details-marker]:hidden ${LOOKS[look]}`}
      >
        {label}
      </summary>
      <div className="mt-2 grid max-w-[52ch] justify-items-start gap-2.5 rounded-lg bg-wash px-3.5 py-3 text-left">
        <p>{question}</p>
        {children}
      </div>
    </details>
  )
}

const LOOKS = {
  button: 'min-h-9 rounded-lg border border-line-control bg-surface px-3.5 py-2 font-semibold',
  text: '-mx-1.5 min-h-7 rounded-md px-1.5 text-[13px] font-medium text-ink-2 hover:text-ink',
} as const
