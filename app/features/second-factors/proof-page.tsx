import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { Field } from '../../components/field'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'
import { PasskeyForm } from './passkey-form'

type Ways = { password: boolean; totp: boolean; passkey: boolean }

/** Show anew who one is, by whatever the account has, before how one signs in is changed. */
export function ProofPage({
  ways,
  redirectTo,
  refusal,
}: {
  ways: Ways
  redirectTo: string
  refusal: Refusal | null
}) {
  const { t } = useTranslation('security')
  const { password, totp, passkey } = ways
  const to = <input type="hidden" name="redirectTo" value={redirectTo} />
  return (
    <div className="max-w-[400px]">
      <h1 tabIndex={-1}>{t('proof.title')}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t('proof.lead')}</p>
      <div className="grid gap-8">
        {password && <PasswordProof refusal={refusal}>{to}</PasswordProof>}
        {totp && (
          <section>
            {password && <h2 className="mb-3">{t('proof.withCode')}</h2>}
            <CodeProof refusal={refusal} look={password ? 'quiet' : 'primary'}>
              {to}
            </CodeProof>
          </section>
        )}
        {passkey && (
          <section>
            {(password || totp) && <h2 className="mb-3">{t('proof.withPasskey')}</h2>}
            <PasskeyForm
              ceremony="get"
              intent="passkey"
              refusal={refusal?.values.intent === 'passkey' ? refusal : null}
              look={password || totp ? 'quiet' : 'primary'}
              button={t('proof.passkey')}
            >
              {to}
            </PasskeyForm>
          </section>
        )}
        {!password && !totp && !passkey && <p>{t('proof.again')}</p>}
        <p>
          <ButtonLink look="quiet" to="/account/security">
            {t('proof.cancel')}
          </ButtonLink>
        </p>
      </div>
    </div>
  )
}

type FormProps = { refusal: Refusal | null; children: React.ReactNode }

function PasswordProof({ refusal, children }: FormProps) {
  const { t } = useTranslation('security')
  const mine = refusal?.values.intent === 'password' ? refusal : null
  const fault = wrongIn(mine).password
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
      <Refused refusal={mine} />
      <Field
        label={t('proof.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus={mine !== null}
        error={fault && t(fault === 'wrong' ? 'proof.passwordWrong' : 'proof.passwordNeeded')}
      />
      {children}
      <Button name="intent" value="password">
        {t('proof.go')}
      </Button>
    </Form>
  )
}

function CodeProof({ refusal, look, children }: FormProps & { look: 'quiet' | 'primary' }) {
  const { t } = useTranslation('security')
  const mine = refusal?.values.intent === 'totp' ? refusal : null
  const fault = wrongIn(mine).code
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
      {mine?.refused.detail.why === 'key-changed' ? (
        <p role="alert" className="rounded-lg bg-danger-wash px-3.5 py-2.5">
          {t('second.keyChanged')}
        </p>
      ) : (
        <Refused refusal={mine} />
      )}
      <Field
        label={t('proof.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        required
        autoFocus={mine !== null}
        error={fault && t(fault === 'wrong' ? 'totp.codeWrong' : 'totp.codeNeeded')}
      />
      {children}
      <Button look={look} name="intent" value="totp">
        {t('proof.go')}
      </Button>
    </Form>
  )
}
