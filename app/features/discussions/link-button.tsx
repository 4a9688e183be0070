import type { ButtonHTMLAttributes } from 'react'

/** A small step beside a text, as a word. */
export function LinkButton({ className = '', ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      className={`min-h-7 rounded-md px-1.5 text-[13px] font-medium text-ink-2 hover:bg-wash hover:text-ink ${className}`}
      {...rest}
    />
  )
}
