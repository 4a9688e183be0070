import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecondFactors } from '../../../server/services/second-factors'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { useFormat } from '../../lib/format'

/** So few recovery codes that it is time for new ones. */
const FEW_CODES = 3

/** What signing in asks for besides the password, on the page of one's security. */
export function SecondFactorsSection({ factors }: { factors: SecondFactors }) {
  const { t } = useTranslation('security')
  return (
    <Card id="second-factors" title={t('factors.title')}>
      <p className="max-w-[64ch] text-ink-2">{t(factors.demo ? 'factors.demo' : 'factors.lead')}</p>
      {!factors.demo && (
        <ul className="mt-2 divide-y divide-line">
          <Totp factors={factors} />
          <Passkeys factors={factors} />
          <Codes factors={factors} />
        </ul>
      )}
    </Card>
  )
}

type Props = { factors: SecondFactors }

function Totp({ factors: { totp } }: Props) {
  const { t } = useTranslation('security')
  const format = useFormat()
  return (
    <Factor
      title={t('factors.totp')}
      what={t('factors.totpWhat')}
      state={totp && t('factors.totpSince', { date: format.date(totp.since) })}
      step={
        <ButtonLink look="quiet" to="/account/security/totp">
          {t(totp ? 'factors.turnOff' : 'factors.setUp')}
        </ButtonLink>
      }
    />
  )
}

function Passkeys({ factors: { passkeys } }: Props) {
  const { t } = useTranslation('security')
  const count = passkeys.length
  return (
    <Factor
      title={t('factors.passkeys')}
      what={t('factors.passkeysWhat')}
      state={count > 0 && t('factors.passkeysHave', { count })}
      step={
        <ButtonLink look="quiet" to="/account/security/passkeys">
          {t(count > 0 ? 'factors.seePasskeys' : 'factors.addPasskey')}
        </ButtonLink>
      }
    />
  )
}

function Codes({ factors: { totp, passkeys, recoveryCodes } }: Props) {
  const { t } = useTranslation('security')
  const isOn = totp !== null || passkeys.length > 0
  const isFew = isOn && recoveryCodes <= FEW_CODES
  return (
    <Factor
      title={t('factors.codes')}
      what={t(isOn ? 'factors.codesWhat' : 'factors.codesLater')}
      state={
        isOn && (
          <span className={isFew ? 'text-danger' : ''}>
            {t('factors.codesLeft', { count: recoveryCodes })} {isFew && t('factors.codesFew')}
          </span>
        )
      }
      step={
        isOn && (
          <ButtonLink look="quiet" to="/account/security/recovery-codes">
            {t('factors.codesNew')}
          </ButtonLink>
        )
      }
    />
  )
}

/** One way: what it is, how it stands, its next step. */
function Factor({
  title,
  what,
  state,
  step,
}: {
  title: string
  what: string
  state: ReactNode
  step: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 max-w-[46ch]">
        <h3 className="font-semibold">{title}</h3>
        <p className="text-[13px] text-ink-2">{what}</p>
        {state && <p className="mt-1 text-[13px] font-semibold">{state}</p>}
      </div>
      {step}
    </li>
  )
}
