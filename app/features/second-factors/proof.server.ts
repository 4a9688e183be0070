import { redirect } from '@remix-run/node'
import { isAppError } from '../../../shared/errors'

/** Host of a request, as the browser knows our address: passkeys belong to it. */
export function hostOf(request: Request): string | null {
  return request.headers.get('host')
}

/** To the page where one shows who one is, and back to this one. */
export function toProof(request: Request): Response {
  const { pathname } = new URL(request.url)
  return redirect(`/account/security/confirm?${new URLSearchParams({ redirectTo: pathname })}`, 303)
}

/** Where a fresh proof is wanted, one is sent to give it instead of being refused. */
export async function orProof<T>(request: Request, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isAppError(error) && error.detail.why === 'proof-needed') throw toProof(request)
    throw error
  }
}

/** For `catch`: a sign-in that no longer waits for its second step is no failure of a page. */
export function nullWhenOver(error: unknown): null {
  if (isAppError(error) && error.code === 'unauthenticated') return null
  throw error
}
