import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { z } from 'zod'
import { Id } from '../../shared/ids'
import type { PersonView } from '../../shared/views'

/** How often a process says that it is there, and after how long a silent one is taken for gone, milliseconds. */
export type Heartbeat = { everyMs: number; goneAfterMs: number }

/** A process is asked for everything it knows no more often than this, milliseconds. */
const ASK_EVERY_MS = 500

const Name = z.object({
  given: z.string(),
  family: z.string(),
  patronymic: z.string().optional(),
  latin: z.string().optional(),
  cyrillic: z.string().optional(),
})
const Person = z.object({ id: Id, name: Name, tone: z.enum(['a', 'b']).nullable() })
const Room = z.string().regex(/^(partnership|thread):[0-9a-f]{24}$/)
const Rev = z.int().min(0)

/** `rev` counts what a process has said of its rooms: who misses one asks for all of them. */
const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('here'), from: z.uuid(), rev: Rev }),
  z.object({
    kind: z.literal('room'),
    from: z.uuid(),
    rev: Rev,
    room: Room,
    people: z.array(Person),
  }),
  z.object({
    kind: z.literal('rooms'),
    from: z.uuid(),
    rev: Rev,
    rooms: z.array(z.tuple([Room, z.array(Person)])),
  }),
  /** `of` null: of everybody. */
  z.object({ kind: z.literal('asked'), from: z.uuid(), of: z.uuid().nullable() }),
  z.object({ kind: z.literal('gone'), from: z.uuid() }),
])
type Message = z.infer<typeof Message>
type People = readonly PersonView[]
type Other = { rev: number; heardAt: number; rooms: Map<string, People> }

/**
 * Who is where on the other processes. Messages may be lost and a process may die without a word: each
 * says now and then that it is there and how much it has said, and one that is silent is forgotten.
 */
export function createElsewhere({
  everyMs,
  goneAfterMs,
  say,
  onChanged,
  log,
}: Heartbeat & {
  say: (message: Message) => void
  /** The people of that room have changed elsewhere. */
  onChanged: (room: string) => void
  log: Logger
}) {
  const from = randomUUID()
  const mine = new Map<string, People>()
  const others = new Map<string, Other>()
  const askedAt = new Map<string, number>()
  let rev = 0

  say({ kind: 'asked', from, of: null })
  const beating = setInterval(() => {
    say({ kind: 'here', from, rev })
    const now = performance.now()
    for (const [id, { heardAt }] of others) if (now - heardAt > goneAfterMs) forget(id)
  }, everyMs)

  function forget(id: string): void {
    const rooms = others.get(id)?.rooms.keys() ?? []
    others.delete(id)
    askedAt.delete(id)
    for (const room of rooms) onChanged(room)
  }

  function ask(of: string): void {
    const now = performance.now()
    if (now - (askedAt.get(of) ?? Number.NEGATIVE_INFINITY) < ASK_EVERY_MS) return
    askedAt.set(of, now)
    say({ kind: 'asked', from, of })
  }

  function replace(id: string, told: number, rooms: Map<string, People>): void {
    const before = others.get(id)?.rooms ?? new Map<string, People>()
    others.set(id, { rev: told, heardAt: performance.now(), rooms })
    for (const room of new Set([...before.keys(), ...rooms.keys()])) {
      if (!isSame(before.get(room) ?? [], rooms.get(room) ?? [])) onChanged(room)
    }
  }

  function take(message: Message): void {
    const other = others.get(message.from)
    if (other) other.heardAt = performance.now()
    switch (message.kind) {
      case 'here':
        if (other?.rev !== message.rev) ask(message.from)
        break
      case 'room':
        if (other?.rev !== message.rev - 1) {
          ask(message.from)
          break
        }
        other.rev = message.rev
        if (message.people.length > 0) other.rooms.set(message.room, message.people)
        else other.rooms.delete(message.room)
        onChanged(message.room)
        break
      case 'rooms':
        replace(message.from, message.rev, new Map(message.rooms))
        break
      case 'asked':
        if (message.of === null || message.of === from) {
          say({ kind: 'rooms', from, rev, rooms: [...mine].map(([at, who]) => [at, [...who]]) })
        }
        break
      case 'gone':
        forget(message.from)
        break
    }
  }

  return {
    hear(message: unknown): void {
      const parsed = Message.safeParse(message)
      if (!parsed.success) log.warn({ issues: parsed.error.issues }, 'presence not understood')
      else if (parsed.data.from !== from) take(parsed.data)
    },
    /** Who is in a room here; nothing is said where nothing has changed. */
    tell(room: string, people: People): void {
      if (isSame(mine.get(room) ?? [], people)) return
      if (people.length > 0) mine.set(room, people)
      else mine.delete(room)
      rev += 1
      say({ kind: 'room', from, rev, room, people: [...people] })
    },
    peopleIn(room: string): PersonView[] {
      return [...others.values()].flatMap(({ rooms }) => rooms.get(room) ?? [])
    },
    close(): void {
      clearInterval(beating)
      say({ kind: 'gone', from })
    },
  }
}

/** Both in the order of their ids. */
function isSame(one: People, two: People): boolean {
  return JSON.stringify(one) === JSON.stringify(two)
}
