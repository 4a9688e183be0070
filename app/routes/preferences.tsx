import { redirect } from '@remix-run/node'
import { Preferences } from '../../shared/schemas/accounts'
import { languageCookie, themeCookie } from '../lib/preference-cookies.server'
import { actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'

export const loader = forAnyone(async () => {
  throw redirect('/')
})

/** Language and theme, in this browser for a year; a member's language also on their other devices. */
export const action = actionForAnyone(async ({ actor, services, request, secure }) => {
  const { lang, theme, redirectTo } = await parseForm(request, Preferences)
  const headers = new Headers()
  if (lang) headers.append('Set-Cookie', languageCookie(lang, secure))
  if (theme) headers.append('Set-Cookie', themeCookie(theme, secure))
  if (lang && actor) await services.accounts.chooseLanguage(actor, lang)
  // `safeRedirect` leads away from the pages of the way in; here one stays, with the place to go on to
  const stay = /^\/(?:sign-in|password)(?:\/[a-z-]+)?(?:\?[\w%=&.~+-]*)?$/.test(redirectTo ?? '')
    ? redirectTo
    : undefined
  return redirect(stay ?? safeRedirect(redirectTo), { headers })
})
