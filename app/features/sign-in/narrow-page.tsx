import type { ReactNode } from 'react'
import { PageFrame } from '../../components/page-frame'

/** A step on the way in: one thing to do, and what it is for. */
export function NarrowPage({
  title,
  lead,
  children,
}: {
  title: string
  lead: ReactNode
  children: ReactNode
}) {
  return (
    <PageFrame>
      <div className="max-w-[400px]">
        <h1 tabIndex={-1}>{title}</h1>
        <p className="mt-2 mb-6 text-ink-2">{lead}</p>
        {children}
      </div>
    </PageFrame>
  )
}
