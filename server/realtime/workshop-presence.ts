import type { Logger } from 'pino'
import type { AttendeeView } from '../../shared/room-views'
import type { Services } from '../services'
import { type Client, type Io, roomOf, socketsIn } from './socket'

/** Comings and goings within this time are told together, milliseconds; the more are there, the longer. */
const EVERY_MS = [
  { upTo: 30, ms: 2_000 },
  { upTo: 100, ms: 5_000 },
  { upTo: Number.POSITIVE_INFINITY, ms: 15_000 },
] as const

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

  async function tellWaiting(workshopId: string): Promise<void> {
    if (!doors.delete(workshopId)) return
    const room = roomOf.facilitators(workshopId)
    if (socketsIn(io, room).length === 0) return
    const waiting = await services.workshopAttendance.listWaiting(workshopId)
    io.local.to(room).emit('workshop:waiting', { workshopId, ...waiting })
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

  function soon(workshopId: string): void {
    if (waiting.has(workshopId)) return
    const { at, count } = told.get(workshopId) ?? { at: Number.NEGATIVE_INFINITY, count: 0 }
    const { ms } = EVERY_MS.find(({ upTo }) => count <= upTo) ?? EVERY_MS[2]
    const inMs = Math.max(100, at + ms - performance.now())
    const timer = setTimeout(() => {
      waiting.delete(workshopId)
      tellHere(workshopId)
        .then(() => tellWaiting(workshopId))
        .catch((error) => log.warn({ err: error }, 'who is there was not told'))
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
