import { Link, type LinkProps } from '@remix-run/react'
import type { ButtonHTMLAttributes } from 'react'

/** `primary`: the one next step of a page; `quiet`: everything else; `danger`: what cannot be taken back. */
export type ButtonLook = 'primary' | 'quiet' | 'danger'

const BASE =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-lg px-3.5 py-2 text-center leading-tight font-semibold motion-safe:transition-colors motion-safe:duration-100 aria-disabled:opacity-60'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover',
  quiet: 'border border-line-control bg-surface text-ink hover:bg-wash',
  danger: 'border border-danger bg-surface text-danger hover:bg-danger-wash',
}

type Look = { look?: ButtonLook | undefined }

export function Button({
  look = 'primary',
  className = '',
  type = 'submit',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & Look) {
  return <button type={type} className={`${BASE} ${LOOKS[look]} ${className}`} {...rest} />
}

/** A link that looks like a button, for steps that lead to another page. */
export function ButtonLink({ look = 'primary', className = '', ...rest }: LinkProps & Look) {
  return <Link className={`${BASE} ${LOOKS[look]} ${className}`} {...rest} />
}
