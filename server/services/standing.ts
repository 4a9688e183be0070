import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import { readGuestAgain } from '../auth/guests'
import { readBearerAgain } from '../auth/sessions'
import type { Ports } from '../ports'

/** Pause between tries when it cannot be found out, milliseconds. */
const RETRY_MS = 500

/**
 * Watches over something that goes on for a while after it was allowed, such as the bytes of a file:
 * when the session ends, or what the actor may do changes, it is asked for again. Every process hears
 * of it within two seconds (`changeAccess`).
 *
 * @param mayStill throws what the actor, as they are by then, is refused with
 * @param lose hears, once, why what is going on must stop
 * @returns a function that ends the watch
 */
export function watchStanding(
  { bus, clock, log }: Pick<Ports, 'bus' | 'clock' | 'log'>,
  { userId, sessionId, guest }: Pick<Actor, 'userId' | 'sessionId' | 'guest'>,
  mayStill: (actor: Actor) => void,
  lose: (why: AppError) => void,
): () => void {
  let isOver = false

  function end(why: AppError): void {
    if (isOver) return
    isOver = true
    lose(why)
  }

  async function ask(): Promise<void> {
    try {
      const now = clock.now()
      const actor = guest
        ? await readGuestAgain(sessionId, now)
        : ((await readBearerAgain(sessionId, now))?.actor ?? null)
      if (!actor) return end(new AppError('unauthenticated'))
      mayStill(actor)
    } catch (error) {
      if (isAppError(error)) return end(error)
      log.warn({ err: error }, 'access not found out, asking again')
      if (!isOver) setTimeout(ask, RETRY_MS).unref()
    }
  }

  const ends = [
    bus.subscribe('session:ended', (fact) => {
      if (fact.sessionId === sessionId) end(new AppError('unauthenticated'))
    }),
    bus.subscribe('access:changed', (fact) => {
      if (fact.userId === userId) void ask()
    }),
  ]
  // what ended between the question at the door and this was told to nobody here
  void ask()
  return () => {
    isOver = true
    for (const forget of ends) forget()
  }
}
