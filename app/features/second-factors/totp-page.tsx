import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { Field } from '../../components/field'
import { useFocusRefused } from '../../lib/focus-refused'
import { useFormat } from '../../lib/format'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'
import type { QrCode } from './qr.server'

type SetUp = {
  secret: string
  /** `otpauth:` for an app on this device. */
  address: string
  email: string
  qr: QrCode
}

/** An app that is set up: a picture to scan, the same key to type, and the first code. */
export function TotpSetUpPage({ setUp, refusal }: { setUp: SetUp; refusal: Refusal | null }) {
  const { t } = useTranslation('security')
  const isStale = refusal?.refused.detail.why === 'not-begun'
  return (
    <div className="max-w-[720px]">
      <h1 tabIndex={-1}>{t('totp.title')}</h1>
      <p className="mt-1 max-w-[64ch] text-ink-2">{t('totp.lead')}</p>
      {isStale && (
        <p role="alert" className="mt-4 rounded-lg bg-drift-wash px-3.5 py-2.5">
          {t('totp.expired')}
        </p>
      )}
      <ol className="mt-6 grid gap-8">
        <li className="grid gap-6 sheet:grid-cols-[auto_minmax(0,1fr)]">
          <div>
            <h2 className="mb-3">{t('totp.scan')}</h2>
            <Qr qr={setUp.qr} label={t('totp.picture')} />
          </div>
          <div className="min-w-0 sheet:pt-9">
            <h3 className="font-semibold">{t('totp.type')}</h3>
            <p className="mt-1.5">
              <Key secret={setUp.secret} />
            </p>
            <p className="mt-1.5 text-[13px] text-ink-2 [overflow-wrap:anywhere]">
              {t('totp.typeAs', { name: `Twinward: ${setUp.email}` })}
            </p>
            <p className="mt-4">
              <a
                href={setUp.address}
                className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
              >
                {t('totp.openHere')}
              </a>
            </p>
          </div>
        </li>
        <li>
          <h2 className="mb-3">{t('totp.confirm')}</h2>
          <ConfirmForm refusal={isStale ? null : refusal} />
        </li>
      </ol>
    </div>
  )
}

function ConfirmForm({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation('security')
  const form = useFocusRefused(refusal)
  const fault = wrongIn(refusal).code
  return (
    <Form ref={form} method="post" reloadDocument noValidate className="grid max-w-[400px] gap-4">
      <Refused refusal={refusal} />
      <Field
        label={t('totp.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        required
        autoFocus={fault !== undefined}
        error={fault && t(fault === 'wrong' ? 'totp.codeWrong' : 'totp.codeNeeded')}
      />
      <p className="flex flex-wrap gap-3">
        <Button name="intent" value="confirm">
          {t('totp.turnOn')}
        </Button>
        <ButtonLink look="quiet" to="/account/security">
          {t('totp.cancel')}
        </ButtonLink>
      </p>
    </Form>
  )
}

/** Black on white in every theme: scanners want it so. */
function Qr({ qr: { size, path }, label }: { qr: QrCode; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="block size-[216px] rounded-lg border border-line"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

/** In groups of four, as one reads it off; copied it has no spaces. */
function Key({ secret }: { secret: string }) {
  const groups = secret.match(/.{1,4}/g) ?? []
  return (
    <code
      translate="no"
      data-secret
      className="flex flex-wrap gap-x-2.5 gap-y-1 font-mono text-base select-all"
    >
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups may be alike and have no other name
        <span key={at}>{group}</span>
      ))}
    </code>
  )
}

/** An app that is on: what it does, and how to be rid of it. */
export function TotpOnPage({ since, isLast }: { since: string; isLast: boolean }) {
  const { t } = useTranslation('security')
  const format = useFormat()
  return (
    <div className="max-w-[560px]">
      <h1 tabIndex={-1}>{t('totp.title')}</h1>
      <p className="mt-1 text-ink-2">{t('totp.onSince', { date: format.date(since) })}</p>
      <p className="mt-4">{t('totp.offLead')}</p>
      {isLast && <p className="mt-2">{t('totp.offLast')}</p>}
      <Form method="post" reloadDocument className="mt-5 flex flex-wrap gap-3">
        <Button look="danger" name="intent" value="remove">
          {t('totp.off')}
        </Button>
        <ButtonLink look="quiet" to="/account/security">
          {t('totp.keep')}
        </ButtonLink>
      </Form>
    </div>
  )
}
