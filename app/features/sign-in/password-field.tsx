import { type InputHTMLAttributes, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'type'> & {
  label: string
  name: string
  hint?: string | undefined
  error?: string | undefined
}

/** A password, which can be looked at where scripts run: a long one is typed right only when seen. */
export function PasswordField({ label, hint, error, ...input }: Props) {
  const { t } = useTranslation('auth')
  const id = useId()
  const [isShown, setShown] = useState(false)
  const [isLive, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
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
        type={isShown ? 'text' : 'password'}
        autoCapitalize="none"
        spellCheck={false}
        required
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
      {isLive && (
        <button
          type="button"
          aria-pressed={isShown}
          aria-controls={id}
          onClick={() => setShown((shown) => !shown)}
          className="justify-self-start rounded-sm py-1 text-[13px] font-medium text-accent underline-offset-4 hover:underline"
        >
          {t(isShown ? 'password.hide' : 'password.show')}
          <span className="sr-only">: {label}</span>
        </button>
      )}
    </div>
  )
}

const FAULTS = ['blank', 'short', 'long', 'common', 'own'] as const

/** What is wrong with a password that was chosen, in words. */
export function usePasswordFault(): (fault: string | undefined) => string | undefined {
  const { t } = useTranslation('auth')
  return (fault) => {
    if (fault === undefined) return undefined
    return t(`password.fault.${FAULTS.find((each) => each === fault) ?? 'short'}`)
  }
}
