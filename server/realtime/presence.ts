import type { Logger } from 'pino'
import type { PersonView } from '../../shared/views'
import { createElsewhere, type Heartbeat } from './elsewhere'
import { type Client, type Io, roomOf, socketsIn } from './socket'

/** Comings and goings within this time are told together, milliseconds. */
const GATHER_MS = 250

/** Where somebody can be, by the name of its room. */
type Place = { kind: 'partnership' | 'thread'; id: string }

/**
 * Tells everybody in a partnership or a thread who is there now: each person once, however many tabs,
 * on whichever process.
 *
 * @param heartbeat null where this process is the only one
 */
export function createPresence(
  io: Io,
  { heartbeat, log }: { heartbeat: Heartbeat | null; log: Logger },
) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const elsewhere = heartbeat && createElsewhere({ ...heartbeat, say, onChanged: soonAt, log })

  if (elsewhere) io.on('presence', elsewhere.hear)

  function say(message: unknown): void {
    io.serverSideEmit('presence', message)
  }

  function peopleHere(place: Place): Map<string, PersonView> {
    const people = new Map<string, PersonView>()
    for (const { data } of socketsIn(io, keyOf(place))) {
      const partnershipId = place.kind === 'thread' ? data.threads.get(place.id) : place.id
      const person = partnershipId && data.me.get(partnershipId)
      if (person) people.set(person.id, person)
    }
    return people
  }

  function tell(place: Place): void {
    const key = keyOf(place)
    const people = peopleHere(place)
    elsewhere?.tell(key, inOrder(people.values()))
    if (people.size === 0) return
    for (const person of elsewhere?.peopleIn(key) ?? []) {
      // who is here too is shown as this process knows them
      if (!people.has(person.id)) people.set(person.id, person)
    }
    const all = inOrder(people.values())
    if (place.kind === 'partnership') {
      io.local.to(key).emit('partnership:here', { partnershipId: place.id, people: all })
    } else {
      io.local.to(key).emit('thread:here', { threadId: place.id, people: all })
    }
  }

  function soon(place: Place): void {
    const key = keyOf(place)
    if (waiting.has(key)) return
    const timer = setTimeout(() => {
      waiting.delete(key)
      try {
        tell(place)
      } catch (error) {
        log.warn({ err: error }, 'who is here was not told')
      }
    }, GATHER_MS)
    waiting.set(key, timer)
  }

  function soonAt(key: string): void {
    const place = placeOf(key)
    if (place && socketsIn(io, key).length > 0) soon(place)
  }

  return {
    partnership: (id: string) => soon({ kind: 'partnership', id }),
    thread: (id: string) => soon({ kind: 'thread', id }),
    /** Before its rooms are gone. */
    left(client: Client): void {
      for (const id of client.data.me.keys()) soon({ kind: 'partnership', id })
      for (const id of client.data.threads.keys()) soon({ kind: 'thread', id })
    },
    /** The other processes are told that nobody is here any more. */
    close(): void {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
      elsewhere?.close()
    },
  }
}
export type Presence = ReturnType<typeof createPresence>

function keyOf({ kind, id }: Place): string {
  return roomOf[kind](id)
}

function placeOf(key: string): Place | null {
  const [kind, id] = key.split(':')
  if (id === undefined || (kind !== 'partnership' && kind !== 'thread')) return null
  return { kind, id }
}

function inOrder(people: Iterable<PersonView>): PersonView[] {
  return [...people].sort((a, b) => (a.id < b.id ? -1 : 1))
}
