import type { Logger } from 'pino'
import type { PersonView } from '../../shared/views'
import { type Client, type Io, roomOf } from './socket'

/** Comings and goings within this time are told together, milliseconds. */
const GATHER_MS = 250

/** Tells everybody in a partnership or a thread who is there now: each person once, however many tabs. */
export function createPresence(io: Io, log: Logger) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()

  async function peopleIn(room: string, partnershipId: string): Promise<PersonView[]> {
    const sockets = await io.in(room).fetchSockets()
    const people = new Map<string, PersonView>()
    for (const { data } of sockets) {
      const person = data.me.get(partnershipId)
      if (person) people.set(person.id, person)
    }
    return [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  async function tellPartnership(partnershipId: string): Promise<void> {
    const room = roomOf.partnership(partnershipId)
    const people = await peopleIn(room, partnershipId)
    io.to(room).emit('partnership:here', { partnershipId, people })
  }

  async function tellThread(threadId: string, partnershipId: string): Promise<void> {
    const room = roomOf.thread(threadId)
    const people = await peopleIn(room, partnershipId)
    io.to(room).emit('thread:here', { threadId, people })
  }

  function soon(key: string, tell: () => Promise<void>): void {
    if (waiting.has(key)) return
    const timer = setTimeout(() => {
      waiting.delete(key)
      tell().catch((error) => log.warn({ err: error }, 'who is here was not told'))
    }, GATHER_MS)
    waiting.set(key, timer)
  }

  return {
    partnership(partnershipId: string): void {
      soon(roomOf.partnership(partnershipId), () => tellPartnership(partnershipId))
    },
    thread(threadId: string, partnershipId: string): void {
      soon(roomOf.thread(threadId), () => tellThread(threadId, partnershipId))
    },
    /** Before its rooms are gone. */
    left(client: Client): void {
      for (const partnershipId of client.data.me.keys()) this.partnership(partnershipId)
      for (const [threadId, partnershipId] of client.data.threads) {
        this.thread(threadId, partnershipId)
      }
    },
    close(): void {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
export type Presence = ReturnType<typeof createPresence>
