import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DeleteAccount } from '../../shared/schemas/own-data'
import { DeleteAccountPage } from '../features/own-data/delete-account-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'
import { endedSessionCookie } from '../lib/session-cookie.server'

export const handle: I18nHandle = { i18n: ['own-data', 'errors'] }
export const meta = titled

export const loader = forMember(async ({ person, lang }) => ({
  title: await titleIn(lang, (t) => t('own-data:end.title')),
  email: person?.email ?? '',
}))

export const action = actionForMember(async ({ actor, services, request, secure }) => {
  await services.accounts.deleteAccount(actor, await parseForm(request, DeleteAccount))
  return redirect('/sign-in', {
    status: 303,
    headers: { 'Set-Cookie': endedSessionCookie(secure) },
  })
})

export default function DeleteAccountRoute() {
  const { email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <DeleteAccountPage email={email} refusal={isRefusal(answer) ? answer : null} />
}
