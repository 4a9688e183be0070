import type { Logger } from 'pino'
import { isAppError } from '../../shared/errors'
import type { Bus } from '../ports'
import type { Services } from '../services'
import { type Io, roomOf, socketsIn } from './socket'
import type { WorkshopLines } from './workshop-lines'
import type { WorkshopPresence } from './workshop-presence'
import type { WorkshopPulse } from './workshop-pulse'
import type { WorkshopStanding } from './workshop-standing'

/** Votes and signs within this time are one fact, milliseconds. */
const GATHER_MS = 300

/**
 * What happens in the rooms of workshops goes to whom it concerns: everybody's form of an item to
 * everybody, the facilitators' form to them alone.
 */
export function spreadWorkshopFacts(
  io: Io,
  {
    bus,
    services,
    lines,
    presence,
    pulse,
    standing,
    log,
  }: {
    bus: Bus
    services: Services
    lines: WorkshopLines
    presence: WorkshopPresence
    pulse: WorkshopPulse
    standing: WorkshopStanding
    log: Logger
  },
): () => void {
  const gathering = new Map<string, { timer: ReturnType<typeof setTimeout>; of: Set<string> }>()
  const everybody = (workshopId: string) => io.local.to(roomOf.workshop(workshopId))
  const facilitators = (workshopId: string) => io.local.to(roomOf.facilitators(workshopId))
  const isEmpty = (room: string) => socketsIn(io, room).length === 0

  /** Once for all that is named within a while. */
  function gather(name: string, one: string, tell: (of: string[]) => Promise<void>): void {
    const known = gathering.get(name)
    if (known) return void known.of.add(one)
    const of = new Set([one])
    const timer = setTimeout(() => {
      gathering.delete(name)
      tell([...of]).catch((error) => log.warn({ err: error }, `${name} not told`))
    }, GATHER_MS)
    gathering.set(name, { timer, of })
  }

  function attempt(what: string, work: Promise<void>): void {
    work.catch((error) => {
      if (!isAppError(error)) log.warn({ err: error }, `${what} not looked at`)
    })
  }

  function pulseSoon(workshopId: string): void {
    if (isEmpty(roomOf.pulse(workshopId))) return
    gather(`pulse of ${workshopId}`, workshopId, () => pulse.tell(workshopId))
  }

  const ends = [
    bus.subscribe('workshop:item', ({ workshopId, item, staffItem, among = [] }) => {
      everybody(workshopId)
        .except([roomOf.facilitators(workshopId), ...among.map(roomOf.participant)])
        .emit('workshop:item', { workshopId, item })
      facilitators(workshopId).emit('workshop:item', { workshopId, item: staffItem })
      for (const socket of among.flatMap((id) => socketsIn(io, roomOf.participant(id)))) {
        // not at the door, and nobody twice
        const place = socket.data.workshops.get(workshopId)
        if (place && !place.staff) socket.emit('workshop:item', { workshopId, item: staffItem })
      }
    }),
    bus.subscribe('workshop:voted', ({ workshopId, itemId }) => {
      if (isEmpty(roomOf.workshop(workshopId))) return
      gather(`votes of ${workshopId}`, itemId, async (ids) => {
        const tallies = await services.workshopRoom.readTallies(ids)
        everybody(workshopId).emit('workshop:tallies', { workshopId, tallies })
      })
    }),
    bus.subscribe('workshop:pulsed', ({ workshopId }) => {
      pulseSoon(workshopId)
    }),
    bus.subscribe('workshop:marked', ({ workshopId, participantId }) => {
      if (isEmpty(roomOf.participant(participantId))) return
      gather(`marks of ${participantId}`, workshopId, () =>
        lines.tellMarks(workshopId, participantId),
      )
    }),
    bus.subscribe('workshop:came', ({ workshopId }) => presence.soon(workshopId)),
    bus.subscribe('workshop:door', ({ workshopId, participantId }) => {
      io.local.to(roomOf.participant(participantId)).emit('workshop:door', { workshopId })
      // who presents from now on hears how the room follows
      attempt(
        'a door',
        lines.recheck(workshopId, participantId).then(() => pulseSoon(workshopId)),
      )
      presence.waits(workshopId)
    }),
    bus.subscribe('workshop:notes', (fact) => {
      everybody(fact.workshopId).emit('workshop:notes', fact)
    }),
    bus.subscribe('workshop:slides', (fact) => {
      everybody(fact.workshopId).emit('workshop:slides', fact)
    }),
    bus.subscribe('workshop:planned', ({ workshopId, guests }) => {
      if (!guests) lines.cutGuests(workshopId)
      // the plan says who runs it, who speaks and whether one waits at its door
      attempt('a changed plan', lines.recheck(workshopId))
    }),
    bus.subscribe('workshop:tests', (fact) => {
      everybody(fact.workshopId).emit('workshop:tests', fact)
    }),
    bus.subscribe('workshop:status', (fact) => {
      const { workshopId, status } = fact
      standing.announced(workshopId)
      everybody(workshopId).to(roomOf.door(workshopId)).emit('workshop:status', fact)
      if (status === 'live') attempt('a room opened again', lines.attendAll(workshopId))
      if (status === 'cancelled') attempt('a cancelled workshop', lines.recheck(workshopId))
    }),
  ]
  return () => {
    for (const end of ends) end()
    for (const { timer } of gathering.values()) clearTimeout(timer)
  }
}
