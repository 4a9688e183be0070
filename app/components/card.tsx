import type { ReactNode } from 'react'

/** A titled surface on the page. */
export function Card({
  title,
  id,
  aside,
  children,
}: {
  title: ReactNode
  id: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      aria-labelledby={id}
      className="rounded-card border border-line bg-surface px-4 py-4 sheet:px-5"
    >
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
