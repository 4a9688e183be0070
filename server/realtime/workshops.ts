import type { Logger } from 'pino'
import { z } from 'zod'
import { AppError, isAppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { Bus } from '../ports'
import type { Services } from '../services'
import { STILL_HERE_MS } from '../services/workshop-attendance'
import { type Answer, parse } from './joins'
import { type Client, type Io, roomOf } from './socket'
import { spreadWorkshopFacts } from './workshop-facts'
import { createWorkshopLines } from './workshop-lines'
import { createWorkshopPresence } from './workshop-presence'
import { createWorkshopPulse } from './workshop-pulse'
import { createWorkshopStanding } from './workshop-standing'

const At = z.object({ workshopId: Id })
const Join = At.extend({ afterRev: z.int().min(0), here: z.boolean().default(true) })

/** More than a person has open at once. */
const ROOMS_MAX = 10

/**
 * The rooms of workshops over sockets: coming in, waiting at the door, leaving, and being told what
 * happens meanwhile. Guests may these three and nothing else.
 */
export function openWorkshops(
  io: Io,
  {
    bus,
    services,
    log,
    lookMs = STILL_HERE_MS,
  }: {
    bus: Bus
    services: Services
    log: Logger
    /** How often pages are told how their rooms stand, milliseconds. */
    lookMs?: number | undefined
  },
) {
  const presence = createWorkshopPresence(io, { services, log })
  const lines = createWorkshopLines(io, { services, log, stillHereMs: STILL_HERE_MS })
  const pulse = createWorkshopPulse(io, { services, log })
  const standing = createWorkshopStanding(io, { services, log, everyMs: lookMs })
  const endFacts = spreadWorkshopFacts(io, {
    ...{ bus, services, lines, presence, pulse, standing, log },
  })

  return {
    listenTo(socket: Client, answer: Answer, recheck: (socket: Client) => Promise<void>): void {
      const { data } = socket

      socket.on('workshop:join', (at, ack) => {
        answer(ack, async () => {
          const { workshopId, afterRev, here } = parse(Join, at)
          await recheck(socket)
          if (data.workshops.size >= ROOMS_MAX && !data.workshops.has(workshopId)) {
            throw new AppError('too_many_requests')
          }
          // in first, then caught up: what happens meanwhile comes on both ways and is merged
          const actor = await lines.comeIn(socket, workshopId)
          await socket.leave(roomOf.door(workshopId))
          try {
            await presence.greet(socket, workshopId, here)
            await pulse.greet(socket, workshopId)
            return await services.workshopRoom.catchUp(actor, workshopId, afterRev)
          } catch (error) {
            // turned away between the two: the word of it found nobody in the room yet
            if (isAppError(error)) await lines.takeOut(socket, workshopId)
            throw error
          }
        })
      })

      socket.on('workshop:leave', (at, ack) => {
        answer(ack, async () => {
          const { workshopId } = parse(At, at)
          await socket.leave(roomOf.door(workshopId))
          await lines.takeOut(socket, workshopId)
          return null
        })
      })

      socket.on('workshop:wait', (at, ack) => {
        answer(ack, async () => {
          const { workshopId } = parse(At, at)
          await recheck(socket)
          const actor = await lines.attendeeOf(socket, workshopId)
          const participantId = await services.workshopRoom.waitAt(actor, workshopId)
          if (!socket.connected) throw new AppError('unavailable')
          await socket.join(roomOf.door(workshopId))
          if (participantId) await socket.join(roomOf.participant(participantId))
          return null
        })
      })
    },
    recheckSocket: lines.recheckSocket,
    left: lines.left,
    async close(): Promise<void> {
      endFacts()
      presence.close()
      pulse.close()
      standing.close()
      await lines.close()
    },
  }
}
