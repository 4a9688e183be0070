import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { hostOf, orProof, toProof } from '../features/second-factors/proof.server'
import { RecoveryPage } from '../features/second-factors/recovery-page'
import { RecoverySheet } from '../features/second-factors/recovery-sheet'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['security', 'auth', 'errors'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, request, lang, person }) => {
  const { fresh } = await services.secondFactors.readProofWays(actor, hostOf(request))
  if (!fresh) throw toProof(request)
  const factors = await services.secondFactors.listSecondFactors(actor)
  return {
    title: await titleIn(lang, (t) => t('security:codes.title')),
    left: factors.recoveryCodes,
    isOn: factors.totp !== null || factors.passkeys.length > 0,
    email: person?.email ?? '',
  }
})

export const action = actionForMember(async ({ actor, services, request }) => ({
  recoveryCodes: await orProof(request, () => services.secondFactors.makeRecoveryCodes(actor)),
}))

export default function RecoveryCodesRoute() {
  const { t } = useTranslation('security')
  const { left, isOn, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer && 'recoveryCodes' in answer) {
    return <RecoverySheet codes={answer.recoveryCodes} email={email} done={t('codes.made')} />
  }
  return <RecoveryPage left={left} isOn={isOn} refusal={isRefusal(answer) ? answer : null} />
}
