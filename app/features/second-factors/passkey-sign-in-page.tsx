import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../lib/refusal'
import { NarrowPage } from '../sign-in/narrow-page'
import { Refused } from '../sign-in/refused'
import { SharedComputer } from '../sign-in/shared-computer'
import { NoPasskeysHere } from './no-passkeys-here'
import { PasskeyForm } from './passkey-form'

/** Signing in by a passkey alone, which counts as both steps. */
export function PasskeySignInPage({
  isOffered,
  redirectTo,
  refusal,
}: {
  isOffered: boolean
  redirectTo: string
  refusal: Refusal | null
}) {
  const { t } = useTranslation('security')
  return (
    <NarrowPage title={t('alone.title')} lead={isOffered ? t('alone.lead') : <NoPasskeysHere />}>
      {isOffered && (
        <div className="grid gap-4">
          <Refused refusal={refusal} />
          <PasskeyForm
            ceremony="get"
            intent="passkey"
            refusal={refusal}
            wrong={t('alone.wrong')}
            button={t('alone.button')}
          >
            <SharedComputer defaultChecked={Boolean(refusal?.values.shared)} />
            <input type="hidden" name="redirectTo" value={redirectTo} />
          </PasskeyForm>
        </div>
      )}
      <p className="mt-5">
        <Link
          to={`/sign-in?${new URLSearchParams({ redirectTo })}`}
          reloadDocument
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('alone.back')}
        </Link>
      </p>
    </NarrowPage>
  )
}
