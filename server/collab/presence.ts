import * as decoding from 'lib0/decoding'
import { z } from 'zod'
import type { PresenceIdentity } from '../../shared/collab/wire'
import type { RelayedPresence } from '../ports'
import { malformed } from './decode'
import { type AwarenessEntry, awarenessFrame } from './frames'
import {
  MAX_AWARENESS_BYTES,
  MAX_AWARENESS_DEPTH,
  MAX_AWARENESS_ENTRIES,
  MAX_CLIENT_ID,
} from './limits'
import { toWire } from './line'
import { Refusal } from './refusal'

/** Who shows presence: a connection and what the door knows about the person. */
export type Present = {
  readonly user: string
  identity(): PresenceIdentity
  /** May show a caret; otherwise only the name is shown. */
  mayPoint(): boolean
  joined: boolean
  write(wire: Buffer): void
}

type Entry = { from: Present; clock: number; own: Record<string, unknown> | null }
/** Somebody in another process, as that process shows them. */
type Other = { user: string; clock: number; state: string; heard: number }

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
  /** Own sockets that have gone, for the other processes. */
  private readonly left: RelayedPresence[] = []
  private readonly others = new Map<number, Other>()
  private readonly dirtyOthers = new Set<number>()
  private timer: NodeJS.Timeout | null = null
  private lastSent = 0
  readonly everyone = new Set<Present>()

  constructor(
    private readonly presenceMs: number,
    private readonly ownerOf: (client: number) => string | undefined,
    /** Hears what is sent of this process's own sockets. */
    private readonly tell: (entries: readonly RelayedPresence[]) => void = () => {},
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
      // somebody who came over from another process
      this.others.delete(entry.client)
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
    this.left.push({ client, clock: entry.clock, user: from.user, state: null })
    this.schedule()
  }

  /** Everybody's state in one frame, or undefined if nobody shows any. */
  frame(): Uint8Array | undefined {
    const entries = [...this.encode(this.shownClients()), ...this.encodeOthers(this.others.keys())]
    return entries.length > 0 ? awarenessFrame(entries) : undefined
  }

  /** Who is here, for the other processes. */
  own(): RelayedPresence[] {
    return this.toRelay(this.encode(this.shownClients()))
  }

  /** What another process shows of its own sockets; a null state means that somebody has left it. */
  hearOthers(entries: readonly RelayedPresence[]): void {
    const heard = performance.now()
    for (const { client, clock, user, state } of entries) {
      const known = this.others.get(client)
      if (this.entries.has(client) || (known && clock < known.clock)) continue
      const holder = this.ownerOf(client)
      if (holder !== undefined && holder !== user) continue
      if (state !== null) {
        this.others.set(client, { user, clock, state, heard })
        if (known?.clock !== clock || known.state !== state) this.dirtyOthers.add(client)
      } else if (known) this.forgetOther(client, clock)
    }
    if (this.dirtyOthers.size > 0 || this.leaving.size > 0) this.schedule()
  }

  /** A process that was killed takes its people with it. */
  forgetSilent(goneMs: number): void {
    const now = performance.now()
    for (const [client, { clock, heard }] of this.others) {
      if (now - heard > goneMs) this.forgetOther(client, clock)
    }
    if (this.leaving.size > 0) this.schedule()
  }

  private forgetOther(client: number, clock: number): void {
    this.others.delete(client)
    this.dirtyOthers.delete(client)
    this.leaving.set(client, clock)
  }

  private shownClients(): number[] {
    return [...this.entries].flatMap(([client, { own }]) => (own ? [client] : []))
  }

  private toRelay(entries: readonly AwarenessEntry[]): RelayedPresence[] {
    return entries.flatMap(({ client, clock, state }) => {
      const user = this.entries.get(client)?.from.user
      return user === undefined
        ? []
        : [{ client, clock, user, state: state === 'null' ? null : state }]
    })
  }

  destroy(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.entries.clear()
    this.dirty.clear()
    this.leaving.clear()
    this.others.clear()
    this.dirtyOthers.clear()
  }

  /** Who is here under that id, in whichever process. */
  holderOf(client: number): string | undefined {
    return this.entries.get(client)?.from.user ?? this.others.get(client)?.user
  }

  /** One id per connection, and never one that is somebody else's. */
  private isOwn(from: Present, client: number): boolean {
    const mine = this.ids.get(from)
    if (mine !== undefined) return mine === client
    const holder = this.holderOf(client) ?? this.ownerOf(client)
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
    const own = this.encode([...this.dirty])
    const gone = [...this.leaving].map(([client, clock]) => ({ client, clock, state: 'null' }))
    const entries = [...own, ...this.encodeOthers(this.dirtyOthers), ...gone]
    this.tell([...this.toRelay(own), ...this.left.splice(0)])
    this.dirty.clear()
    this.dirtyOthers.clear()
    this.leaving.clear()
    if (entries.length === 0) return
    const wire = toWire(awarenessFrame(entries))
    for (const present of this.everyone) if (present.joined) present.write(wire)
  }

  private encodeOthers(clients: Iterable<number>): AwarenessEntry[] {
    return [...clients].flatMap((client) => {
      const other = this.others.get(client)
      return other ? [{ client, clock: other.clock, state: other.state }] : []
    })
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
