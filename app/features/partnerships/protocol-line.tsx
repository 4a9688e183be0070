import type { ReactNode } from 'react'
import { type LocalizedText, pickText } from '../../../shared/languages'
import { useReader } from '../../lib/format'

/** “Title… · 3.4” on one line, whatever its length, and under it what there is to do. */
export function ProtocolLine({
  title,
  number = null,
  children,
}: {
  title: LocalizedText
  /** Of the paragraph, as the page shows it. */
  number?: string | null
  children: ReactNode
}) {
  const own = pickText(title, useReader().lang)
  return (
    <>
      {/* no width of its own, or the title would widen the page */}
      <span className="flex w-0 min-w-full font-semibold">
        <span lang={own.lang} title={own.text} className="truncate">
          {own.text}
        </span>
        {number && <span className="shrink-0 whitespace-pre">{` · ${number}`}</span>}
      </span>{' '}
      <span className="block text-[13px] text-ink-2">{children}</span>
    </>
  )
}
