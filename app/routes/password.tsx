import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AskLink } from '../../shared/schemas/accounts'
import { AskLinkPage, LinkSentPage } from '../features/sign-in/password-pages'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { safeRedirect, withPlace } from '../lib/safe-redirect'
import { placeCookie } from '../lib/session-cookie.server'

export const handle: I18nHandle = { i18n: ['auth'], withoutScripts: true }
export const meta = titled

export const loader = forAnyone(async ({ request, lang }) => {
  const { searchParams } = new URL(request.url)
  return {
    title: await titleIn(lang, (t) => t('auth:password.askTitle')),
    isSent: searchParams.has('sent'),
    redirectTo: safeRedirect(searchParams.get('redirectTo')),
  }
})

export const action = actionForAnyone(async ({ services, request, address, secure }) => {
  const input = await parseForm(request, AskLink)
  await services.passwords.askLink(input, { address })
  const redirectTo = safeRedirect(input.redirectTo)
  return redirect(withPlace('/password?sent', redirectTo), {
    status: 303,
    headers: { 'Set-Cookie': placeCookie(redirectTo, secure) },
  })
})

export default function PasswordPage() {
  const { isSent, redirectTo } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (isSent && !answer) return <LinkSentPage redirectTo={redirectTo} />
  const refusal = isRefusal(answer) ? answer : null
  return <AskLinkPage refusal={refusal} redirectTo={refusal?.values.redirectTo ?? redirectTo} />
}
