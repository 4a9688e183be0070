import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { withPlace } from '../../lib/safe-redirect'
import { AddressField } from './address-field'
import { Refused } from './refused'
import { SharedComputer } from './shared-computer'

/** E-mail and password. What was refused says why in place, with the address kept. */
export function SignInForm({
  refusal,
  redirectTo,
}: {
  refusal: Refusal | null
  redirectTo: string
}) {
  const { t } = useTranslation('auth')
  const wrong = wrongIn(refusal)
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
      <Refused refusal={refusal} />
      <AddressField refusal={refusal} />
      <Field
        label={t('signIn.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus={refusal !== null && !('email' in wrong)}
        error={'password' in wrong ? t('signIn.passwordNeeded') : undefined}
      />
      <SharedComputer defaultChecked={Boolean(refusal?.values.shared)} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <Button className="min-h-10">{t('signIn.submit')}</Button>
    </Form>
  )
}

/** The ways in without the password. */
export function OtherWays({ redirectTo }: { redirectTo: string }) {
  const { t } = useTranslation('auth')
  return (
    <ul className="mt-5 grid gap-1">
      <Way to={withPlace('/sign-in/passkey', redirectTo)}>{t('signIn.byPasskey')}</Way>
      <Way to={withPlace('/sign-in/code', redirectTo)}>{t('signIn.byCode')}</Way>
      <Way to={withPlace('/password', redirectTo)}>{t('signIn.forgotten')}</Way>
    </ul>
  )
}

function Way({ to, children }: { to: string; children: string }) {
  return (
    <li>
      <Link
        to={to}
        reloadDocument
        className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
      >
        {children}
      </Link>
    </li>
  )
}
