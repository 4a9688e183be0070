import {
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'

const CONTROL =
  'w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger'

type Labelled = { label: string; name: string; error?: string | undefined }

/** A labelled choice out of a few. */
export function Choice({
  label,
  error,
  children,
  'aria-describedby': more,
  ...select
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & Labelled) {
  const id = useId()
  return (
    <Labelled id={id} label={label} error={error}>
      <select
        id={id}
        {...describedBy(id, error, more)}
        className={`min-h-10 ${CONTROL}`}
        {...select}
      >
        {children}
      </select>
    </Labelled>
  )
}

/** The language that somebody's own words are in, or that they read. */
export function LanguageChoice({ label, chosen }: { label: string; chosen: string }) {
  return (
    <Choice label={label} name="lang" defaultValue={chosen}>
      <option value="en" lang="en">
        English
      </option>
      <option value="ru" lang="ru">
        Русский
      </option>
    </Choice>
  )
}

/** A labelled box for a few sentences. */
export function TextBox({
  label,
  error,
  ...box
}: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'> & Labelled) {
  const id = useId()
  return (
    <Labelled id={id} label={label} error={error}>
      <textarea id={id} rows={3} {...describedBy(id, error)} className={CONTROL} {...box} />
    </Labelled>
  )
}

function Labelled({
  id,
  label,
  error,
  children,
}: {
  id: string
  label: string
  error?: string | undefined
  children: ReactNode
}) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  )
}

function describedBy(id: string, error?: string, more?: string) {
  const described = [error && `${id}-error`, more].filter(Boolean).join(' ')
  return { 'aria-invalid': error ? true : undefined, 'aria-describedby': described || undefined }
}
