import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ConfirmTotp } from '../../shared/schemas/second-factors'
import { orProof } from '../features/second-factors/proof.server'
import { drawQr } from '../features/second-factors/qr.server'
import { RecoverySheet } from '../features/second-factors/recovery-sheet'
import { TotpOnPage, TotpSetUpPage } from '../features/second-factors/totp-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, intentOf, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['security', 'auth', 'errors'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, request, lang, person }) => {
  const title = await titleIn(lang, (t) => t('security:totp.title'))
  const email = person?.email ?? ''
  const { totp, passkeys } = await services.secondFactors.listSecondFactors(actor)
  if (totp) return { title, email, setUp: null, on: { ...totp, isLast: passkeys.length === 0 } }
  const begun = await orProof(request, () => services.secondFactors.beginTotp(actor))
  return { title, email, setUp: { ...begun, qr: drawQr(begun.address) }, on: null }
})

export const action = actionForMember(async ({ actor, services, request }) => {
  const intent = await intentOf(request)
  return orProof(request, async () => {
    if (intent === 'remove') {
      await services.secondFactors.removeTotp(actor)
      return redirect('/account/security', 303)
    }
    const input = await parseForm(request, ConfirmTotp)
    const { recoveryCodes } = await services.secondFactors.confirmTotp(actor, input)
    return recoveryCodes ? { recoveryCodes } : redirect('/account/security', 303)
  })
})

export default function TotpRoute() {
  const { t } = useTranslation('security')
  const { setUp, on, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer && 'recoveryCodes' in answer) {
    return <RecoverySheet codes={answer.recoveryCodes} email={email} done={t('totp.done')} />
  }
  if (on) return <TotpOnPage {...on} />
  return <TotpSetUpPage setUp={setUp} refusal={isRefusal(answer) ? answer : null} />
}
