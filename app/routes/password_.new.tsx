import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { isAppError } from '../../shared/errors'
import { NewPassword } from '../../shared/schemas/accounts'
import { LinkOverPage, NewPasswordPage } from '../features/sign-in/password-pages'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { type Anyone, actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { withPlace } from '../lib/safe-redirect'
import {
  endedPlaceCookie,
  endedSessionCookie,
  endedStepCookie,
  placeOf,
  stepTokenOf,
} from '../lib/session-cookie.server'

export const handle: I18nHandle = { i18n: ['auth'] }
export const meta = titled

export const loader = forAnyone(async ({ services, request, lang }) => {
  const email = await emailOf(services, stepTokenOf(request, 'link'))
  const title = await titleIn(lang, (t) =>
    t(email ? 'auth:password.newTitle' : 'auth:password.overTitle'),
  )
  return data({ title, email, redirectTo: placeOf(request) }, { status: email ? 200 : 410 })
})

/** Whose link it is; null when it is over. */
async function emailOf(services: Anyone['services'], token: string | null) {
  return token && unlessOver(async () => (await services.passwords.readLink(token)).email)
}

async function unlessOver<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isAppError(error) && error.code === 'link_over') return null
    throw error
  }
}

export const action = actionForAnyone(async ({ actor, services, request, secure }) => {
  const token = stepTokenOf(request, 'link')
  const { password } = await parseForm(request, NewPassword)
  const isSet =
    token &&
    (await unlessOver(() => services.passwords.setByLink({ token, password }).then(() => true)))
  // the page itself says that the link is over
  if (!isSet) return redirect('/password/new', 303)
  if (actor) await services.accounts.signOut(actor)
  const headers = new Headers()
  headers.append('Set-Cookie', endedStepCookie('link', secure))
  headers.append('Set-Cookie', endedSessionCookie(secure))
  headers.append('Set-Cookie', endedPlaceCookie(secure))
  return redirect(withPlace('/sign-in?password-set', placeOf(request)), { status: 303, headers })
})

export default function NewPasswordRoute() {
  const { email, redirectTo } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (!email) return <LinkOverPage redirectTo={redirectTo} />
  return <NewPasswordPage email={email} refusal={isRefusal(answer) ? answer : null} />
}
