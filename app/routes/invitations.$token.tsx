import { redirect } from '@remix-run/node'
import { isToken } from '../../shared/tokens'
import { invitationCookie } from '../features/joining/invitation-cookie.server'
import { forAnyone } from '../lib/route'

/**
 * The link of a letter. Opening it moves the token out of the address and has no other effect, since
 * scanners of mail open links too; the page that it leads to asks for a yes.
 */
export const loader = forAnyone(async ({ params, secure }) => {
  const token = params.token ?? ''
  throw redirect('/join', {
    // what is no token leads to the page that says so, past whatever was opened before
    headers: { 'Set-Cookie': invitationCookie(isToken(token) ? token : '-', secure) },
  })
})
