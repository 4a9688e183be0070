import { redirect } from '@remix-run/node'
import type { SignInStep } from '../../server/services/sign-in'
import type { Anyone } from './route'
import { safeRedirect } from './safe-redirect'
import { endedStepCookie, sessionCookie, stepCookie } from './session-cookie.server'

/** On after a right first factor: in, or to the second one. */
export async function enter(
  { actor, services, secure }: Pick<Anyone, 'actor' | 'services' | 'secure'>,
  step: SignInStep,
): Promise<Response> {
  const headers = new Headers()
  headers.append('Set-Cookie', endedStepCookie('code', secure))
  if (step.next === 'second') {
    headers.append('Set-Cookie', stepCookie('challenge', step.token, secure))
    return redirect('/sign-in/second', { status: 303, headers })
  }
  // whoever was signed in here before is not any more
  if (actor) await services.accounts.signOut(actor)
  headers.append('Set-Cookie', sessionCookie(step.token, secure, step.shared))
  return redirect(safeRedirect(step.redirectTo), { status: 303, headers })
}
