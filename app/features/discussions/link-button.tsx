import type { ButtonHTMLAttributes } from 'react'

const TONES = {
  quiet: 'text-ink-2 hover:text-ink',
  accent: 'text-accent hover:text-accent-hover',
} as const

/** A small step beside a text, as a word; `accent` for the next one. */
export function LinkButton({
  tone = 'quiet',
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { tone?: keyof typeof TONES }) {
  return (
    <button
      type="button"
      className={`min-h-7 rounded-md px-1.5 text-[13px] font-medium hover:bg-wash ${TONES[tone]} ${className}`}
      {...rest}
    />
  )
}
