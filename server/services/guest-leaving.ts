import { endGuestSession, findGuestSessions } from '../auth/guests'
import type { Ports } from '../ports'
import { changeAccess } from './access-changes'

/**
 * End what makes a browser somebody's, in whatever workshops: who sits down at it next is nobody. Its
 * sockets end within two seconds; a place in a workshop stays.
 *
 * @param tokens of its cookie; those that open nothing are passed over
 */
export async function leaveComputer(
  ports: Pick<Ports, 'bus'>,
  tokens: readonly string[],
): Promise<void> {
  for (const row of await findGuestSessions(tokens)) {
    const whose = { userId: String(row.participant), sessionId: String(row._id) }
    await changeAccess(ports, whose, (session) => endGuestSession(row, session))
  }
}
