import { redirect } from '@remix-run/node'
import { isAppError } from '../../shared/errors'
import { safeRedirect } from './safe-redirect'

/**
 * An action's answer for both ways of posting. A page without scripts names where to go `back` to, and
 * is sent there, with the code of the refusal if it was refused; a live page gets the answer itself.
 */
export async function answerPlainly<T>(
  request: Request,
  act: () => Promise<T>,
): Promise<T | Response> {
  const back = await backOf(request)
  if (!back) return act()
  try {
    await act()
    return redirect(back, 303)
  } catch (error) {
    if (!isAppError(error)) throw error
    return redirect(`${back}?refused=${error.code}`, 303)
  }
}

async function backOf(request: Request): Promise<string | null> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) return null
  const back = (await request.clone().formData()).get('back')
  return typeof back === 'string' ? (safeRedirect(back).split('?')[0] ?? null) : null
}
