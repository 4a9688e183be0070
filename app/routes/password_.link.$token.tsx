import { redirect } from '@remix-run/node'
import { isToken } from '../../shared/tokens'
import { forAnyone } from '../lib/route'
import { endedStepCookie, stepCookie } from '../lib/session-cookie.server'

/**
 * The link of a letter. Scanners of mail open it as well, so opening it does nothing: the token moves
 * from the address into a cookie, and the form on the next page does the rest.
 */
export const loader = forAnyone(async ({ params, secure }) => {
  const token = params.token ?? ''
  const cookie = isToken(token)
    ? stepCookie('link', token, secure)
    : endedStepCookie('link', secure)
  throw redirect('/password/new', { status: 303, headers: { 'Set-Cookie': cookie } })
})
