import { redirect } from '@remix-run/node'
import { isAppError } from '../../shared/errors'
import { guestStepCookie } from '../features/entering/guest-cookies.server'
import { forAnyone } from '../lib/route'

/**
 * The guests' link. Opening it moves its token out of the address and has no other effect; whoever is
 * of the workshop already goes straight there.
 */
export const loader = forAnyone(async ({ params, services, address, secure, ...asked }) => {
  const token = params.token ?? ''
  const { workshopId } = await services.workshopGuests.readLink(token, address).catch((error) => {
    if (isAppError(error)) asked.noteGuessedLink()
    throw error
  })
  const isKnown = await asked.attendeeFor(workshopId).then(
    () => true,
    () => false,
  )
  if (isKnown) throw redirect(`/workshops/${workshopId}`)
  throw redirect(`/workshops/${workshopId}/enter`, {
    headers: { 'Set-Cookie': guestStepCookie('link', token, secure) },
  })
})

/** Only ever an error page. */
export default function GuestLink() {
  return null
}
