import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { Field } from '../../components/field'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { NarrowPage } from '../sign-in/narrow-page'
import { Refused } from '../sign-in/refused'
import { PasskeyForm } from './passkey-form'

type Ways = {
  totp: boolean
  passkey: boolean
  passkeysHere: boolean
  recoveryCodes: boolean
  redirectTo: string
}

/** The second step of signing in: the code of the app first, then a passkey, then the sheet of codes. */
export function SecondStepPage({ ways, refusal }: { ways: Ways; refusal: Refusal | null }) {
  const { t } = useTranslation('security')
  const { totp, passkey, passkeysHere, recoveryCodes } = ways
  const to = <input type="hidden" name="redirectTo" value={ways.redirectTo} />
  const isByPasskey = passkey && passkeysHere
  return (
    <NarrowPage title={t('second.title')} lead={t('second.lead')}>
      <div className="grid gap-6">
        <SecondRefused refusal={refusal} hasPasskey={isByPasskey} />
        {totp && <CodeForm refusal={refusal}>{to}</CodeForm>}
        {isByPasskey && (
          <section className={totp ? 'border-t border-line pt-6' : ''}>
            <p className="mb-3 text-[13px] text-ink-2">{t('second.passkeyLead')}</p>
            <PasskeyForm
              ceremony="get"
              intent="passkey"
              refusal={refusal?.values.intent === 'passkey' ? inForm(refusal) : null}
              look={totp ? 'quiet' : 'primary'}
              button={t('second.passkey')}
            >
              {to}
            </PasskeyForm>
          </section>
        )}
        {passkey && !passkeysHere && <p>{t('second.noPasskeys')}</p>}
        {recoveryCodes && <RecoveryForm refusal={refusal}>{to}</RecoveryForm>}
        <p>
          <Link
            to="/sign-in"
            reloadDocument
            className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('second.other')}
          </Link>
        </p>
      </div>
    </NarrowPage>
  )
}

/** What is said above the forms is not said in one of them again. */
function inForm(refusal: Refusal): Refusal | null {
  return refusal.refused.code === 'invalid_input' ? refusal : null
}

/** What is no single field's fault, in the words of this step. */
function SecondRefused({ refusal, hasPasskey }: { refusal: Refusal | null; hasPasskey: boolean }) {
  const { t } = useTranslation('security')
  const { code, detail = {} } = refusal?.refused ?? {}
  const count = Math.ceil(Number(detail.seconds) / 60)
  const said =
    detail.why === 'key-changed'
      ? t('second.keyChanged')
      : code === 'too_many_requests' && count > 0
        ? t(hasPasskey ? 'second.waitOrPasskey' : 'second.wait', { count })
        : null
  if (said === null) return <Refused refusal={refusal} />
  return (
    <p
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      {said}
    </p>
  )
}

type FormProps = { refusal: Refusal | null; children: ReactNode }

function CodeForm({ refusal, children }: FormProps) {
  const { t } = useTranslation('security')
  const fault = wrongIn(refusal).code
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
      <Field
        label={t('second.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        required
        autoFocus={refusal === null || fault !== undefined}
        error={fault && t(fault === 'wrong' ? 'totp.codeWrong' : 'totp.codeNeeded')}
      />
      {children}
      <Button name="intent" value="totp" className="min-h-10">
        {t('second.submit')}
      </Button>
    </Form>
  )
}

/** Its hyphens do not break. */
const EXAMPLE = '4K7M\u20119QXT\u20112C6H\u2011PD8W'

function RecoveryForm({ refusal, children }: FormProps) {
  const { t } = useTranslation('security')
  const fault = wrongIn(refusal).recoveryCode
  return (
    <details open={fault !== undefined} className="border-t border-line pt-5">
      <summary className="inline-block cursor-pointer rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline">
        {t('second.recovery')}
      </summary>
      <Form method="post" reloadDocument noValidate className="mt-3 grid gap-4">
        <Field
          label={t('second.recoveryCode')}
          name="recoveryCode"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
          required
          autoFocus={fault !== undefined}
          hint={t('second.recoveryHint', { example: EXAMPLE })}
          error={fault && t(fault === 'wrong' ? 'second.recoveryWrong' : 'second.recoveryNeeded')}
        />
        {children}
        <Button look="quiet" name="intent" value="recovery" className="min-h-10">
          {t('second.submit')}
        </Button>
      </Form>
    </details>
  )
}

/** Too late, or too many tries: one begins anew. */
export function SecondStepOver({ redirectTo }: { redirectTo: string }) {
  const { t } = useTranslation('security')
  return (
    <NarrowPage title={t('second.over')} lead={t('second.overWhy')}>
      <ButtonLink to={`/sign-in?${new URLSearchParams({ redirectTo })}`} reloadDocument>
        {t('second.again')}
      </ButtonLink>
    </NarrowPage>
  )
}
