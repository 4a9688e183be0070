import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, type FieldProps } from '../../components/field'

/** A password, which can be looked at where scripts run: a long one is typed right only when seen. */
export function PasswordField(props: Omit<FieldProps, 'id' | 'type' | 'after'>) {
  const { t } = useTranslation('auth')
  const id = useId()
  const [isShown, setShown] = useState(false)
  const [isLive, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  const look = (
    <button
      type="button"
      aria-pressed={isShown}
      aria-controls={id}
      onClick={() => setShown((shown) => !shown)}
      className="justify-self-start rounded-sm py-1 text-[13px] font-medium text-accent underline-offset-4 hover:underline"
    >
      {t(isShown ? 'password.hide' : 'password.show')}
      <span className="sr-only">: {props.label}</span>
    </button>
  )
  return (
    <Field
      id={id}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      required
      after={isLive && look}
      {...props}
    />
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
