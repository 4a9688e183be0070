import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

export type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className'> & {
  label: string
  name: string
  hint?: string | undefined
  /** What is wrong and how to mend it; read out with the field. */
  error?: string | undefined
  /** Stands under it all: what can be done with the field. */
  after?: ReactNode
}

/** A labelled line of text. Its label stays visible, its error stands under it. */
export function Field({
  label,
  hint,
  error,
  after,
  id: given,
  'aria-describedby': more,
  ...input
}: FieldProps) {
  const made = useId()
  const id = given ?? made
  const described = [hint && `${id}-hint`, error && `${id}-error`, more].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-[13px] text-ink-2">
          {hint}
        </p>
      )}
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className="min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger"
        {...input}
      />
      {error && (
        <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
          {error}
        </p>
      )}
      {after}
    </div>
  )
}
