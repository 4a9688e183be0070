import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import type { Refusal } from '../../lib/refusal'

/** E-mail and password. What was refused says why in place, with the address kept. */
export function SignInForm({
  refusal,
  redirectTo,
}: {
  refusal: Refusal | null
  redirectTo: string
}) {
  const { t } = useTranslation('auth')
  const wrong = refusal?.refused.code === 'invalid_input' ? refusal.refused.detail : {}
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
      {refusal && refusal.refused.code !== 'invalid_input' && <Refused refusal={refusal} />}
      <Field
        label={t('signIn.email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={refusal?.values.email ?? ''}
        autoFocus={'email' in wrong}
        error={'email' in wrong ? t('signIn.emailNeeded') : undefined}
      />
      <Field
        label={t('signIn.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus={refusal !== null && !('email' in wrong)}
        error={'password' in wrong ? t('signIn.passwordNeeded') : undefined}
      />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <Button className="min-h-10">{t('signIn.submit')}</Button>
    </Form>
  )
}

function Refused({ refusal: { refused } }: { refusal: Refusal }) {
  const { t } = useTranslation(['auth', 'errors'])
  const seconds = Number(refused.detail.seconds)
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t(`errors:${refused.code}`)}</p>
      <p className="text-[13px]">
        {seconds > 0
          ? t('signIn.retryIn', { count: Math.ceil(seconds / 60) })
          : t(`errors:${refused.code}_advice`)}
      </p>
    </div>
  )
}
