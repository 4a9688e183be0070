import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { deviceOf } from '../../shared/devices'
import { ChangePasskeys } from '../../shared/schemas/second-factors'
import { PasskeysPage } from '../features/second-factors/passkeys-page'
import { hostOf, orProof, toProof } from '../features/second-factors/proof.server'
import { RecoverySheet } from '../features/second-factors/recovery-sheet'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['security', 'auth', 'errors'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, request, lang, person, agent }) => {
  const host = hostOf(request)
  const { fresh } = await services.secondFactors.readProofWays(actor, host)
  if (!fresh) throw toProof(request)
  return {
    title: await titleIn(lang, (t) => t('security:passkeys.title')),
    factors: await services.secondFactors.listSecondFactors(actor),
    rpId: await services.passkeys.passkeyDomain(host),
    device: deviceOf(agent).system,
    email: person?.email ?? '',
  }
})

export const action = actionForMember(async ({ actor, services: { passkeys }, request }) => {
  const input = await parseForm(request, ChangePasskeys)
  const host = hostOf(request)
  return orProof(request, async () => {
    switch (input.intent) {
      case 'options':
        return { options: await passkeys.askNewPasskey(actor, host) }
      case 'add': {
        const { recoveryCodes } = await passkeys.addPasskey(actor, input, host)
        if (recoveryCodes) return { recoveryCodes }
        break
      }
      case 'rename':
        await passkeys.renamePasskey(actor, input)
        break
      case 'remove':
        await passkeys.removePasskey(actor, input)
    }
    return redirect('/account/security/passkeys', 303)
  })
})

export default function PasskeysRoute() {
  const { t } = useTranslation('security')
  const { factors, rpId, device, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const codes = answer && 'recoveryCodes' in answer ? answer.recoveryCodes : undefined
  if (codes) return <RecoverySheet codes={codes} email={email} done={t('passkeys.done')} />
  const refusal = isRefusal(answer) ? answer : null
  return <PasskeysPage factors={factors} rpId={rpId} device={device} refusal={refusal} />
}
