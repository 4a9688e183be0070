import { redirect } from '@remix-run/node'
import { actionForAnyone, forAnyone } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'
import { endedSessionCookie } from '../lib/session-cookie.server'

/** Signing out is a write: an address typed or prefetched signs nobody out. */
export const loader = forAnyone(async () => {
  throw redirect('/')
})

export const action = actionForAnyone(async ({ actor, services, request, secure }) => {
  // a form of ours may name where to go on; nothing at all is sent by other ways of ending a session
  const form = await request.formData().catch(() => null)
  const then = form?.get('redirectTo')
  if (actor) await services.accounts.signOut(actor)
  const path = safeRedirect(typeof then === 'string' ? then : null, '/sign-in')
  return redirect(path, { headers: { 'Set-Cookie': endedSessionCookie(secure) } })
})
