import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { actOnSecurity } from '../features/account-security/security-actions.server'
import { SecurityPage } from '../features/account-security/security-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['auth', 'security', 'account'] }
export const meta = titled

/** How one signs in, and where one is signed in. */
export const loader = forMember(async ({ actor, services, request, lang }) => {
  const [title, password, factors, sessions] = await Promise.all([
    titleIn(lang, (t) => t('security:title')),
    services.passwords.readPassword(actor),
    services.secondFactors.listSecondFactors(actor),
    services.sessions.listSessions(actor),
  ])
  return { title, password, factors, sessions, done: new URL(request.url).searchParams.get('done') }
})

export const action = actionForMember(async (asked) => {
  const { done, headers } = await actOnSecurity(asked)
  return redirect(`/account/security?done=${done}`, { status: 303, headers })
})

export default function SecurityRoute() {
  const answer = useActionData<typeof action>()
  return (
    <SecurityPage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
