import type { Logger } from 'pino'
import type { Services } from '../services'
import { type Io, roomOf } from './socket'

/**
 * Says now and then of each room that is open here how it stands, in a few bytes: a process that ended
 * between a change and its announcement told nobody, and by the room's number a page finds what it misses.
 */
export function createWorkshopStanding(
  io: Io,
  { services, log, everyMs }: { services: Services; log: Logger; everyMs: number },
) {
  /** What was announced while it was read: the newer word has gone out already. */
  const announced = new Set<string>()

  async function say(): Promise<void> {
    const open = [...io.sockets.sockets.values()].flatMap(({ data }) => [...data.workshops.keys()])
    if (open.length === 0) return
    announced.clear()
    for (const standing of await services.workshopRoom.readStandings([...new Set(open)])) {
      const { workshopId } = standing
      if (announced.has(workshopId)) continue
      io.local.to(roomOf.workshop(workshopId)).emit('workshop:status', standing)
    }
  }

  const saying = setInterval(() => {
    say().catch((error) => log.warn({ err: error }, 'how rooms stand was not said'))
  }, everyMs)
  saying.unref()

  return {
    announced: (workshopId: string) => void announced.add(workshopId),
    close: () => clearInterval(saying),
  }
}
export type WorkshopStanding = ReturnType<typeof createWorkshopStanding>
