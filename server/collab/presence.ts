import * as decoding from 'lib0/decoding'
import { z } from 'zod'
import type { PresenceIdentity } from '../../shared/collab/wire'
import { malformed } from './decode'
import { type AwarenessEntry, awarenessFrame } from './frames'
import {
  MAX_AWARENESS_BYTES,
  MAX_AWARENESS_DEPTH,
  MAX_AWARENESS_ENTRIES,
  MAX_CLIENT_ID,
} from './limits'
import { Refusal } from './refusal'

/** Who shows presence: a connection and what the door knows about the person. */
export type Present = {
  readonly user: string
  identity(): PresenceIdentity
  /** May show a caret; otherwise only the name is shown. */
  mayPoint(): boolean
  joined: boolean
  send(frame: Uint8Array): void
}

type Entry = { from: Present; clock: number; own: Record<string, unknown> | null }

const State = z.record(z.string(), z.unknown()).nullable()

/**
 * Who is in a room, with their carets. One state per connection; the name in it is the session's,
 * whatever the client says. Sent together, at most once per `presenceMs`.
 */
export class Presence {
  private readonly entries = new Map<number, Entry>()
  private readonly ids = new Map<Present, number>()
  private readonly dirty = new Set<number>()
  private readonly leaving = new Map<number, number>()
  private timer: NodeJS.Timeout | null = null
  private lastSent = 0
  readonly everyone = new Set<Present>()

  constructor(
    private readonly presenceMs: number,
    private readonly ownerOf: (client: number) => string | undefined,
  ) {}

  /** @throws Refusal for anything that is not one small object or null */
  take(from: Present, update: Uint8Array): void {
    for (const entry of readEntries(update)) {
      if (!this.isOwn(from, entry.client)) continue
      const own = readState(entry.state)
      const known = this.entries.get(entry.client)
      // A second connection of the same person with the same id is the one that came back.
      if (known && known.from !== from) this.ids.delete(known.from)
      else if (known && entry.clock < known.clock) continue
      this.ids.set(from, entry.client)
      this.entries.set(entry.client, { from, clock: entry.clock, own })
      this.leaving.delete(entry.client)
      this.dirty.add(entry.client)
      this.schedule()
      return
    }
  }

  /** Show the person as the door knows them now. */
  refresh(from: Present): void {
    const client = this.ids.get(from)
    if (client === undefined) return
    this.dirty.add(client)
    this.schedule()
  }

  leave(from: Present): void {
    this.everyone.delete(from)
    const client = this.ids.get(from)
    if (client === undefined) return
    this.ids.delete(from)
    const entry = this.entries.get(client)
    if (entry?.from !== from) return
    this.entries.delete(client)
    this.dirty.delete(client)
    if (!entry.own) return
    this.leaving.set(client, entry.clock)
    this.schedule()
  }

  /** Everybody's state in one frame, or undefined if nobody shows any. */
  frame(): Uint8Array | undefined {
    const clients = [...this.entries].filter(([, { own }]) => own).map(([client]) => client)
    return clients.length > 0 ? awarenessFrame(this.encode(clients)) : undefined
  }

  destroy(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.entries.clear()
    this.dirty.clear()
    this.leaving.clear()
  }

  /** One id per connection, and never one that is somebody else's. */
  private isOwn(from: Present, client: number): boolean {
    const mine = this.ids.get(from)
    if (mine !== undefined) return mine === client
    const holder = this.entries.get(client)?.from.user ?? this.ownerOf(client)
    return holder === undefined || holder === from.user
  }

  private schedule(): void {
    if (this.timer) return
    const wait = Math.max(0, this.lastSent + this.presenceMs - performance.now())
    this.timer = setTimeout(() => this.send(), wait)
  }

  private send(): void {
    this.timer = null
    this.lastSent = performance.now()
    const gone = [...this.leaving].map(([client, clock]) => ({ client, clock, state: 'null' }))
    const entries = [...this.encode([...this.dirty]), ...gone]
    this.dirty.clear()
    this.leaving.clear()
    if (entries.length === 0) return
    const frame = awarenessFrame(entries)
    for (const present of this.everyone) if (present.joined) present.send(frame)
  }

  private encode(clients: readonly number[]): AwarenessEntry[] {
    return clients.flatMap((client) => {
      const entry = this.entries.get(client)
      if (!entry) return []
      return { client, clock: entry.clock, state: JSON.stringify(shown(entry)) }
    })
  }
}

function shown({ from, own }: Entry): Record<string, unknown> | null {
  if (!own) return null
  const user = from.identity()
  return from.mayPoint() ? { ...own, user } : { user }
}

function readEntries(update: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(update)
  try {
    const count = decoding.readVarUint(decoder)
    if (count > MAX_AWARENESS_ENTRIES) throw new Refusal('frame_policy', 'too many presences')
    const entries: AwarenessEntry[] = []
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state = decoding.readVarString(decoder)
      if (client <= MAX_CLIENT_ID && clock <= MAX_CLIENT_ID) entries.push({ client, clock, state })
    }
    if (decoder.pos !== update.length) throw malformed('bytes after the end')
    return entries
  } catch (error) {
    throw error instanceof Refusal ? error : malformed('unreadable presence')
  }
}

function readState(json: string): Record<string, unknown> | null {
  if (Buffer.byteLength(json) > MAX_AWARENESS_BYTES) {
    throw new Refusal('frame_too_large', 'presence too large')
  }
  // Counted before parsing: what is nested deeper than this cannot be written out again safely.
  if (depthOf(json) > MAX_AWARENESS_DEPTH) throw new Refusal('frame_policy', 'presence too deep')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw malformed('presence is not JSON')
  }
  const state = State.safeParse(value)
  if (!state.success) throw new Refusal('frame_policy', 'presence is not an object')
  return state.data
}

/** Deepest nesting of brackets outside strings. */
function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < json.length; i++) {
    const char = json[i]
    if (inString) {
      if (char === '\\') i++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return deepest
}
