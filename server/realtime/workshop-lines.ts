import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import type { Services } from '../services'
import { type Client, type Io, roomOf, socketsIn, type WorkshopPlace } from './socket'

/**
 * Which sockets are in which workshop, and as whom. What they may is looked at again whenever something
 * about it changes, and now and then.
 *
 * @param stillHereMs how often those who are there are said to be
 */
export function createWorkshopLines(
  io: Io,
  { services, log, stillHereMs }: { services: Services; log: Logger; stillHereMs: number },
) {
  /** Writes on their way when the server closes. */
  const leaving = new Set<Promise<void>>()
  const attending = new Map<string, { participantId: string; key: string }>()

  /** One after the other; who leaves meanwhile is written down after them, or would be there again. */
  let beat: Promise<unknown> = Promise.resolve()
  const beating = setInterval(() => {
    beat = beat
      .then(() => services.workshopAttendance.stillHere([...attending.values()]))
      .then(() => services.workshopAttendance.closeLostStays())
      .catch((error) => log.warn({ err: error }, 'attendance not noted'))
  }, stillHereMs)
  beating.unref()
  services.workshopAttendance
    .closeLostStays()
    .catch((error) => log.warn({ err: error }, 'lost stays not closed'))

  /** The browser as somebody of this workshop: whoever is signed in, or its guest. */
  function attendeeOf({ data }: Client, workshopId: string): Promise<Actor> {
    return services.workshopDoor.attendeeAmong([data.actor, ...data.guests], workshopId)
  }

  function end(workshopId: string, { participantId, key }: WorkshopPlace): Promise<void> {
    attending.delete(key)
    const left = beat
      .then(() => services.workshopAttendance.leave(workshopId, participantId, key))
      .catch((error) => log.warn({ err: error }, 'a leave not noted'))
      .finally(() => leaving.delete(left))
    leaving.add(left)
    return left
  }

  async function attend(workshopId: string, place: WorkshopPlace): Promise<void> {
    const { participantId, key } = place
    place.isWritten = await services.workshopAttendance.beginStay(workshopId, participantId, key)
  }

  /** Whoever runs a room hears more, and those who present hear how it is followed. */
  async function enterParts(socket: Client, workshopId: string, place: WorkshopPlace) {
    const parts = [
      { room: roomOf.facilitators(workshopId), mayHear: place.staff },
      { room: roomOf.pulse(workshopId), mayHear: place.presents },
    ]
    for (const { room, mayHear } of parts) {
      if (mayHear) await socket.join(room)
      else await socket.leave(room)
    }
  }

  async function takeOut(socket: Client, workshopId: string): Promise<void> {
    const place = socket.data.workshops.get(workshopId)
    socket.data.workshops.delete(workshopId)
    await socket.leave(roomOf.workshop(workshopId))
    await socket.leave(roomOf.facilitators(workshopId))
    await socket.leave(roomOf.pulse(workshopId))
    await socket.leave(roomOf.here(workshopId))
    if (!place) return
    await socket.leave(roomOf.participant(place.participantId))
    await end(workshopId, place)
  }

  /** What they are there by now; out, where they may not be there any more. */
  async function look(socket: Client, workshopId: string): Promise<void> {
    const place = socket.data.workshops.get(workshopId)
    if (!place) return
    try {
      const actor = await attendeeOf(socket, workshopId)
      const { staff, presents } = await services.workshopRoom.admitToRoom(actor, workshopId)
      if (staff === place.staff && presents === place.presents) return
      Object.assign(place, { staff, presents })
      await enterParts(socket, workshopId, place)
    } catch (error) {
      if (!isAppError(error)) throw error
      await takeOut(socket, workshopId)
      // turned away, they are told so; who waits again is told here
      if (!place.staff && error.code !== 'in_waiting_room') return
    }
    // the page asks for what it may see from now on
    socket.emit('workshop:door', { workshopId })
  }

  return {
    attendeeOf,
    takeOut,
    /** Into a room as somebody of it, and written down as there. */
    async comeIn(socket: Client, workshopId: string): Promise<Actor> {
      const { data } = socket
      const actor = await attendeeOf(socket, workshopId)
      const admitted = await services.workshopRoom.admitToRoom(actor, workshopId)
      const { participantId } = admitted
      const known = data.workshops.get(workshopId)
      const key = known?.key ?? randomUUID()
      const place: WorkshopPlace = { ...admitted, key, isWritten: known?.isWritten ?? false }
      // not after it has gone: the adapter would keep its name for ever
      if (!socket.connected) throw new AppError('unavailable')
      data.workshops.set(workshopId, place)
      await socket.join([roomOf.workshop(workshopId), roomOf.participant(participantId)])
      await enterParts(socket, workshopId, place)
      // what could not be written down is, once they ask again
      if (place.isWritten) return actor
      attending.set(key, { participantId, key })
      await attend(workshopId, place)
      // cut while it was being written down
      if (!socket.connected) await end(workshopId, place)
      return actor
    },
    /** A room is open again: who has come meanwhile is there from now on. */
    async attendAll(workshopId: string): Promise<void> {
      for (const { data } of socketsIn(io, roomOf.workshop(workshopId))) {
        const place = data.workshops.get(workshopId)
        if (place && !place.isWritten) await attend(workshopId, place)
      }
    },
    /** Before its rooms are gone. */
    left({ data }: Client): void {
      for (const [workshopId, place] of data.workshops) end(workshopId, place)
      data.workshops.clear()
    },
    /** All that a socket is in. */
    async recheckSocket(socket: Client): Promise<void> {
      for (const workshopId of [...socket.data.workshops.keys()]) await look(socket, workshopId)
    },
    /** It has no guests any more: their lines end, and come again as whoever they are besides. */
    cutGuests(workshopId: string): void {
      const rooms = [roomOf.workshop(workshopId), roomOf.door(workshopId)]
      for (const socket of rooms.flatMap((room) => socketsIn(io, room))) {
        const isGuest = socket.data.guests.some(({ guest }) => guest?.workshopId === workshopId)
        if (isGuest) socket.disconnect(true)
      }
    },
    /** One participant's sockets, or all of a room. */
    async recheck(workshopId: string, participantId?: string): Promise<void> {
      for (const socket of socketsIn(io, roomOf.workshop(workshopId))) {
        const place = socket.data.workshops.get(workshopId)
        if (!participantId || place?.participantId === participantId) await look(socket, workshopId)
      }
    },
    /** Somebody's own answers and votes, to their own sockets: they gave one, perhaps in another tab. */
    async tellMarks(workshopId: string, participantId: string): Promise<void> {
      const theirs = socketsIn(io, roomOf.participant(participantId))
      // at the door nothing is told
      const within = theirs.filter(({ data }) => data.workshops.has(workshopId))
      const place = within[0]?.data.workshops.get(workshopId)
      if (!place) return
      const mine = await services.workshopRoom.readMine(workshopId, place)
      for (const each of within) each.emit('workshop:mine', { workshopId, mine })
    },
    /** What was still being written is written. */
    async close(): Promise<void> {
      clearInterval(beating)
      await Promise.allSettled(leaving)
    },
  }
}
export type WorkshopLines = ReturnType<typeof createWorkshopLines>
