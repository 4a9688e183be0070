import { AppError } from '../../../shared/errors'
import { ChangePassword, EndSession } from '../../../shared/schemas/accounts'
import { intentOf, type Member, parseForm } from '../../lib/route'
import { sessionCookie } from '../../lib/session-cookie.server'

/** What has been done, for the page to say so. */
export type Done = 'password' | 'link' | 'session' | 'sessions'

/**
 * What the forms about one's password and sessions ask for, by their `intent`.
 *
 * @throws AppError `invalid_input` for what no form of ours sends; and what the services refuse
 */
export async function actOnSecurity({
  actor,
  services,
  request,
  address,
  agent,
  secure,
  sharedComputer,
}: Member): Promise<{ done: Done; headers: Headers }> {
  const headers = new Headers()
  const intent = await intentOf(request)
  switch (intent) {
    case 'password': {
      const input = await parseForm(request, ChangePassword)
      const from = { shared: sharedComputer, agent }
      const token = await services.passwords.changePassword(actor, input, from)
      headers.append('Set-Cookie', sessionCookie(token, secure, sharedComputer))
      return { done: 'password', headers }
    }
    case 'link':
      await services.passwords.askOwnLink(actor, { address })
      return { done: 'link', headers }
    case 'end': {
      const { sessionId } = await parseForm(request, EndSession)
      await services.sessions.endSession(actor, sessionId)
      return { done: 'session', headers }
    }
    case 'end-others':
      await services.sessions.endOtherSessions(actor)
      return { done: 'sessions', headers }
    default:
      throw new AppError('invalid_input', { intent: 'unknown' })
  }
}
