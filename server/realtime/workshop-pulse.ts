import type { Logger } from 'pino'
import type { Services } from '../services'
import { type Client, type Io, roomOf, socketsIn } from './socket'

/** Timers are no more exact than this, milliseconds: what runs out then has run out. */
const SURELY_MS = 20

/**
 * Tells those who run a room, and those who speak in it, how it is followed: when a sign comes, when one
 * has run out, and whoever comes in.
 */
export function createWorkshopPulse(
  io: Io,
  { services, log }: { services: Services; log: Logger },
) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()

  async function read(workshopId: string) {
    const { pulse, endsInMs } = await services.workshopRoom.readPulse(workshopId)
    clearTimeout(waiting.get(workshopId))
    waiting.delete(workshopId)
    if (endsInMs !== null) waiting.set(workshopId, later(workshopId, endsInMs + SURELY_MS))
    return pulse
  }

  function later(workshopId: string, inMs: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      waiting.delete(workshopId)
      tell(workshopId).catch((error) => log.warn({ err: error }, 'a pulse not told'))
    }, inMs)
    timer.unref()
    return timer
  }

  /** To all of this process who are told; where there is nobody it is not read. */
  async function tell(workshopId: string): Promise<void> {
    const room = roomOf.pulse(workshopId)
    if (socketsIn(io, room).length === 0) return
    const pulse = await read(workshopId)
    io.local.to(room).emit('workshop:pulse', { workshopId, pulse })
  }

  return {
    tell,
    /** Whoever has just come in knows of no sign. */
    async greet(socket: Client, workshopId: string): Promise<void> {
      if (!socket.rooms.has(roomOf.pulse(workshopId))) return
      socket.emit('workshop:pulse', { workshopId, pulse: await read(workshopId) })
    },
    close(): void {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
export type WorkshopPulse = ReturnType<typeof createWorkshopPulse>
