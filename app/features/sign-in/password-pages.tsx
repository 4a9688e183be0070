import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { withPlace } from '../../lib/safe-redirect'
import { AddressField } from './address-field'
import { BackToPassword } from './code-page'
import { NarrowPage } from './narrow-page'
import { PasswordField, usePasswordFault } from './password-field'
import { Refused } from './refused'

type Props = { refusal: Refusal | null; redirectTo: string }

/** A link to set a password: to which address? */
export function AskLinkPage({ refusal, redirectTo }: Props) {
  const { t } = useTranslation('auth')
  return (
    <NarrowPage title={t('password.askTitle')} lead={t('password.askLead')}>
      <Form method="post" action="/password" reloadDocument noValidate className="grid gap-4">
        <Refused refusal={refusal} />
        <AddressField refusal={refusal} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Button className="min-h-10">{t('password.ask')}</Button>
      </Form>
      <BackToPassword redirectTo={redirectTo} />
    </NarrowPage>
  )
}

/** The same for everybody: whether there is an account is for its mailbox to know. */
export function LinkSentPage({ redirectTo }: Pick<Props, 'redirectTo'>) {
  const { t } = useTranslation('auth')
  return (
    <NarrowPage title={t('password.sentTitle')} lead={t('password.sent')}>
      <BackToPassword redirectTo={redirectTo} />
    </NarrowPage>
  )
}

/** Set the password of the letter's account. */
export function NewPasswordPage({ email, refusal }: { email: string; refusal: Refusal | null }) {
  const { t } = useTranslation('auth')
  const fault = usePasswordFault()(wrongIn(refusal).password)
  return (
    <NarrowPage title={t('password.newTitle')} lead={t('password.newLead', { email })}>
      <Form method="post" action="/password/new" reloadDocument noValidate className="grid gap-4">
        <Refused refusal={refusal} />
        {/* for password managers, which file what is typed under it */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
          label={t('password.new')}
          name="password"
          autoComplete="new-password"
          hint={t('password.rule')}
          error={fault}
          autoFocus={refusal !== null}
        />
        <Button className="min-h-10">{t('password.set')}</Button>
      </Form>
    </NarrowPage>
  )
}

/** A link that was used, is too old, or never was. */
export function LinkOverPage({ redirectTo }: Pick<Props, 'redirectTo'>) {
  const { t } = useTranslation('auth')
  return (
    <NarrowPage title={t('password.overTitle')} lead={t('password.over')}>
      <ButtonLink to={withPlace('/password', redirectTo)} reloadDocument>
        {t('password.askAgain')}
      </ButtonLink>
    </NarrowPage>
  )
}
