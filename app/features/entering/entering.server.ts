import { redirect } from '@remix-run/node'
import type { GuestEntered } from '../../../server/services/guest-codes'
import { isAppError } from '../../../shared/errors'
import type { GuestLinkView } from '../../../shared/guests'
import { languageCookie } from '../../lib/preference-cookies.server'
import type { Anyone } from '../../lib/route'
import { endedGuestStepCookie, guestCookie, guestStepTokenOf } from './guest-cookies.server'

/** What the link in this browser leads to, if it leads to this workshop; null else. */
export async function openLink(
  { request, services, address }: Anyone,
  workshopId: string,
): Promise<GuestLinkView | null> {
  const token = guestStepTokenOf(request, 'link')
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

/** On as a guest: the session's cookie, the language they chose, and to where one belongs. */
export function cameIn(
  { request, secure }: Pick<Anyone, 'request' | 'secure'>,
  { workshopId, token, lang }: GuestEntered,
): Response {
  const headers = new Headers()
  headers.append('Set-Cookie', guestCookie(request, token, secure))
  headers.append('Set-Cookie', endedGuestStepCookie('code', secure))
  headers.append('Set-Cookie', endedGuestStepCookie('link', secure))
  headers.append('Set-Cookie', languageCookie(lang, secure))
  return redirect(`/workshops/${workshopId}`, { status: 303, headers })
}
