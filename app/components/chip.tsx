import type { ReactNode } from 'react'

/** `drift` only ever means that the languages have drifted apart, `danger` only danger. */
export type ChipTone = 'plain' | 'ok' | 'drift' | 'danger'

const TONES: Record<ChipTone, string> = {
  plain: 'bg-wash text-ink-2',
  ok: 'bg-accent-wash text-accent',
  drift: 'bg-drift-wash text-drift',
  danger: 'bg-danger-wash text-danger',
}

/** A state in words, in one calm pill. */
export function Chip({ tone = 'plain', children }: { tone?: ChipTone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-[12.5px] leading-snug font-semibold ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
