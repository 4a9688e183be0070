import type { Logger } from 'pino'
import type { AttendeeView } from '../../shared/room-views'
import type { Services } from '../services'
import { inOrder } from '../services/in-order'
import { type Client, type Io, roomOf, socketsIn } from './socket'

/** Comings and goings within this time are told together, milliseconds; the more are there, the longer. */
const EVERY_MS = [
  { upTo: 30, ms: 2_000 },
  { upTo: 100, ms: 5_000 },
  { upTo: Number.POSITIVE_INFINITY, ms: 15_000 },
] as const

/** Those who run it hear of its door no sooner again, milliseconds, whether or not they hear who is there. */
const DOOR_MS = 1_500

/** What a room was told last. */
type Told = { at: number; count: number; people: readonly AttendeeView[]; asText: string }

/**
 * Tells everybody in a workshop's room who is there. It is read from the attendance, which all processes
 * write; in a full room only the number comes down again, and seldom, so that three hundred who come in
 * at once do not tell one another three hundred times.
 */
export function createWorkshopPresence(
  io: Io,
  { services, log }: { services: Services; log: Logger },
) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const told = new Map<string, Told>()
  /** Workshops at whose doors something has changed. */
  const doors = new Set<string>()
  /** When it was last told who waits there. */
  const doorsTold = new Map<string, number>()

  async function tellWaiting(workshopId: string): Promise<void> {
    if (!doors.has(workshopId)) return
    if (doorInMs(workshopId) > 0) return soon(workshopId)
    doors.delete(workshopId)
    const room = roomOf.facilitators(workshopId)
    if (socketsIn(io, room).length === 0) return void doorsTold.delete(workshopId)
    doorsTold.set(workshopId, performance.now())
    const waiting = await services.workshopAttendance.listWaiting(workshopId)
    io.local.to(room).emit('workshop:waiting', { workshopId, ...waiting })
  }

  /** How long its door still has to wait, milliseconds. */
  function doorInMs(workshopId: string): number {
    const at = doorsTold.get(workshopId)
    return at === undefined ? 0 : at + DOOR_MS - performance.now()
  }

  /** The same of who is there; undefined where nobody has been told. */
  function hereInMs(workshopId: string): number | undefined {
    const known = told.get(workshopId)
    if (!known) return undefined
    const { ms } = EVERY_MS.find(({ upTo }) => known.count <= upTo) ?? EVERY_MS[2]
    return known.at + ms - performance.now()
  }

  async function tellHere(workshopId: string): Promise<void> {
    if (socketsIn(io, roomOf.here(workshopId)).length === 0) return void told.delete(workshopId)
    const { count, people } = await services.workshopAttendance.listHere(workshopId)
    const before = told.get(workshopId)
    const asText = JSON.stringify(people)
    const isSame = before?.asText === asText
    told.set(workshopId, { at: performance.now(), count, people, asText })
    if (isSame && before.count === count) return
    io.local
      .to(roomOf.here(workshopId))
      .emit('workshop:here', { workshopId, count, people: isSame ? null : people })
  }

  /** One reading after the other, or a slow one would be told last and stay. */
  async function tell(workshopId: string): Promise<void> {
    await tellHere(workshopId)
    await tellWaiting(workshopId)
  }

  function soon(workshopId: string): void {
    if (waiting.has(workshopId)) return
    // where nobody is told who is there, the door alone sets the pace
    const doorMs = doors.has(workshopId) ? doorInMs(workshopId) : 0
    const inMs = Math.max(100, hereInMs(workshopId) ?? doorMs)
    const timer = setTimeout(() => {
      waiting.delete(workshopId)
      inOrder(`who is in ${workshopId}`, () => tell(workshopId)).catch((error) =>
        log.warn({ err: error }, 'who is there was not told'),
      )
    }, inMs)
    waiting.set(workshopId, timer)
  }

  return {
    /** Somebody came or went. */
    soon,
    /** Somebody waits to be let in, or waits no longer: those who run it are told at the same pace. */
    waits(workshopId: string): void {
      doors.add(workshopId)
      soon(workshopId)
    },
    /**
     * Whoever has just come in knows of nobody, nor of who has been waiting at the door.
     *
     * @param wantsHere on a thin line they would rather not be told who comes and goes
     */
    async greet(socket: Client, workshopId: string, wantsHere: boolean): Promise<void> {
      if (socket.rooms.has(roomOf.facilitators(workshopId))) {
        const waiting = await services.workshopAttendance.listWaiting(workshopId)
        socket.emit('workshop:waiting', { workshopId, ...waiting })
      }
      if (!wantsHere) return void (await socket.leave(roomOf.here(workshopId)))
      // not after it has gone: the adapter would keep its name for ever
      if (!socket.connected) return
      await socket.join(roomOf.here(workshopId))
      const known = told.get(workshopId)
      if (!known) return soon(workshopId)
      const { count, people } = known
      socket.emit('workshop:here', { workshopId, count, people })
    },
    close(): void {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
export type WorkshopPresence = ReturnType<typeof createWorkshopPresence>
