import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PasskeySignIn } from '../../shared/schemas/second-factors'
import { PasskeySignInPage } from '../features/second-factors/passkey-sign-in-page'
import { hostOf } from '../features/second-factors/proof.server'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'
import { enter } from '../lib/sign-in-step.server'

export const handle: I18nHandle = { i18n: ['security', 'auth', 'errors'] }
export const meta = titled

export const loader = forAnyone(async ({ actor, services, request, lang }) => {
  const redirectTo = safeRedirect(new URL(request.url).searchParams.get('redirectTo'))
  if (actor) throw redirect(redirectTo)
  return {
    title: await titleIn(lang, (t) => t('security:alone.title')),
    isOffered: (await services.passkeys.passkeyDomain(hostOf(request))) !== null,
    redirectTo,
  }
})

export const action = actionForAnyone(async (asked) => {
  const { services, request, address, agent } = asked
  const input = await parseForm(request, PasskeySignIn)
  const host = hostOf(request)
  if (input.intent === 'options') {
    return { options: await services.passkeys.askPasskeySignIn({ address, host }) }
  }
  const { passkey, shared, redirectTo = null } = input
  const from = { address, agent }
  const token = await services.passkeys.signInByPasskey({ passkey, host, shared }, from)
  return enter(asked, { next: 'in', token, shared, redirectTo })
})

export default function PasskeySignInRoute() {
  const { isOffered, redirectTo } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return (
    <PasskeySignInPage
      isOffered={isOffered}
      redirectTo={refusal?.values.redirectTo ?? redirectTo}
      refusal={refusal}
    />
  )
}
