import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ProveAnew } from '../../shared/schemas/second-factors'
import { hostOf } from '../features/second-factors/proof.server'
import { ProofPage } from '../features/second-factors/proof-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'

export const handle: I18nHandle = { i18n: ['security', 'auth', 'errors'] }
export const meta = titled
const BACK = '/account/security'

/** Where one shows anew who one is, on the way to a change of how one signs in. */
export const loader = forMember(async ({ actor, services, request, lang }) => {
  const redirectTo = safeRedirect(new URL(request.url).searchParams.get('redirectTo'), BACK)
  const ways = await services.secondFactors.readProofWays(actor, hostOf(request))
  if (ways.fresh) throw redirect(redirectTo)
  return { title: await titleIn(lang, (t) => t('security:proof.title')), ways, redirectTo }
})

export const action = actionForMember(async ({ actor, services, request }) => {
  const input = await parseForm(request, ProveAnew)
  const host = hostOf(request)
  if (input.intent === 'options') {
    return { options: await services.secondFactors.askProofPasskey(actor, host) }
  }
  await services.secondFactors.proveAnew(actor, input, host)
  return redirect(safeRedirect(input.redirectTo, BACK), 303)
})

export default function ConfirmRoute() {
  const { ways, redirectTo } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return (
    <ProofPage
      ways={ways}
      redirectTo={refusal?.values.redirectTo ?? redirectTo}
      refusal={refusal}
    />
  )
}
