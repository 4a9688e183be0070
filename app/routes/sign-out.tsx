import { redirect } from '@remix-run/node'
import { actionForAnyone, forAnyone } from '../lib/route'
import { endedSessionCookie } from '../lib/session-cookie.server'

/** Signing out is a write: an address typed or prefetched signs nobody out. */
export const loader = forAnyone(async () => {
  throw redirect('/')
})

export const action = actionForAnyone(async ({ actor, services, secure }) => {
  if (actor) await services.accounts.signOut(actor)
  return redirect('/sign-in', { headers: { 'Set-Cookie': endedSessionCookie(secure) } })
})
