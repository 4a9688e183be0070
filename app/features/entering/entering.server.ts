import { redirectDocument } from '@remix-run/node'
import type { GuestEntered } from '../../../server/services/guest-codes'
import { isAppError } from '../../../shared/errors'
import type { GuestLinkView } from '../../../shared/guests'
import { AskGuestCode, AskReturnCode } from '../../../shared/schemas/guests'
import { languageCookie } from '../../lib/preference-cookies.server'
import { type Anyone, parseForm } from '../../lib/route'
import {
  askedCookie,
  endedGuestCookie,
  endedGuestStepCookie,
  guestCookie,
  guestLinkTokenOf,
  guestTokensOf,
} from './guest-cookies.server'

/** What the link in this browser leads to, if it leads to this workshop; null else. */
export async function openLink(
  { request, services, address }: Anyone,
  workshopId: string,
): Promise<GuestLinkView | null> {
  const token = guestLinkTokenOf(request)
  if (!token) return null
  try {
    const link = await services.workshopGuests.readLink(token, address)
    return link.workshopId === workshopId ? link : null
  } catch (error) {
    // ended meanwhile: as without one
    if (isAppError(error) && error.code === 'link_over') return null
    throw error
  }
}

/**
 * Send a code to the address in the form.
 *
 * @returns `Set-Cookie`: what was typed is shown again in this browser, whether the address is known or not
 * @throws AppError as `parseForm`, `askGuestCode` and `askReturnCode`
 */
export async function askForCode(
  { request, services, address, secure }: Anyone,
  workshopId: string,
  isReturn: boolean,
): Promise<string> {
  const from = { link: guestLinkTokenOf(request) ?? '', address, workshopId }
  if (isReturn) {
    const typed = await parseForm(request, AskReturnCode)
    const token = await services.workshopGuests.askReturnCode(typed, from)
    return askedCookie({ token, workshopId, typed }, secure)
  }
  const form = await parseForm(request, AskGuestCode)
  const token = await services.workshopGuests.askGuestCode(form, from)
  const { name, email, institution, lang, cadre = '' } = form
  const typed = { name, email, institution, lang, cadre }
  return askedCookie({ token, workshopId, typed }, secure)
}

/** On as a guest: the session's cookie, the language they chose, and to where one belongs. */
export function cameIn(
  { request, secure }: Pick<Anyone, 'request' | 'secure'>,
  { workshopId, lang, ...entered }: GuestEntered,
): Response {
  const headers = new Headers()
  headers.append('Set-Cookie', guestCookie(request, entered, secure))
  headers.append('Set-Cookie', endedGuestStepCookie('code', secure))
  headers.append('Set-Cookie', endedGuestStepCookie('link', secure))
  headers.append('Set-Cookie', languageCookie(lang, secure))
  // afresh: the page may be in another language from now on
  return redirectDocument(`/workshops/${workshopId}`, { status: 303, headers })
}

/** End what this browser is a guest by, there and here. @returns the page that says so */
export async function leave(
  { request, services, secure }: Pick<Anyone, 'request' | 'services' | 'secure'>,
  workshopId: string,
): Promise<Response> {
  await services.workshopGuests.leaveComputer(guestTokensOf(request))
  const headers = new Headers()
  headers.append('Set-Cookie', endedGuestCookie(secure))
  headers.append('Set-Cookie', endedGuestStepCookie('code', secure))
  headers.append('Set-Cookie', endedGuestStepCookie('link', secure))
  // afresh: nothing of what a page knew of them stays
  return redirectDocument(`/workshops/${workshopId}/leave`, { status: 303, headers })
}
