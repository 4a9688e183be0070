import * as decoding from 'lib0/decoding'
import {
  MAX_CLIENT_ID,
  MAX_CLOCK,
  MAX_CONTENT_DEPTH,
  MAX_DELETE_RANGES,
  MAX_STRUCTS,
} from './limits'
import { Refusal } from './refusal'

/**
 * An update as plain data, read before Yjs sees it. Yjs's own reader trusts its input: it recurses
 * into nested values, allocates what a count announces and ignores what follows the end.
 */
export type DecodedUpdate = { groups: readonly StructGroup[]; deletes: readonly DeleteRange[] }

/** Structs of one client, in the order of their clocks and without holes. */
export type StructGroup = { client: number; structs: Struct[] }

export type Id = { client: number; clock: number }

export type Struct = Id & {
  length: number
  origin: Id | null
  rightOrigin: Id | null
  /** Only without origins: a root by its name, or the item that holds the parent. */
  parentRoot: string | null
  parentId: Id | null
  parentSub: string | null
  content: Content
}

export type Content =
  | { kind: 'gone' }
  | { kind: 'deleted' }
  | { kind: 'text'; text: string }
  | { kind: 'format'; key: string; value: unknown }
  | { kind: 'element'; name: string }
  | { kind: 'xml-text' }
  | { kind: 'values'; values: unknown[] }

export type DeleteRange = Id & { length: number }

/** Content and type numbers of the Yjs update format, version 1. */
const GC = 0
const SKIP = 10
const DELETED = 1
const STRING = 4
const FORMAT = 6
const TYPE = 7
const ANY = 8
const DOC = 9
const XML_ELEMENT = 3
const XML_TEXT = 6
const LAST_TYPE = 6

/**
 * @param bytes a buffer of exactly the update: views into larger buffers could be read past the end
 * @returns undefined if the update says itself that something is missing (a Skip)
 * @throws Refusal `malformed_frame` if it is no update, another reason if no document may hold it
 */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate | undefined {
  const decoder = decoding.createDecoder(bytes)
  try {
    const groups = readGroups(decoder)
    if (!groups) return undefined
    const deletes = readDeletes(decoder)
    if (decoder.pos !== bytes.length) throw malformed('bytes after the end')
    return { groups, deletes }
  } catch (error) {
    throw error instanceof Refusal ? error : malformed('unreadable update')
  }
}

/** A state vector: how far a client has read each author. */
export function decodeStateVector(bytes: Uint8Array, most: number): Map<number, number> {
  const decoder = decoding.createDecoder(bytes)
  try {
    const vector = new Map<number, number>()
    const entries = decoding.readVarUint(decoder)
    if (entries > most || entries * 2 > bytes.length) throw malformed('too many authors')
    for (let i = 0; i < entries; i++) {
      const client = readClient(decoder)
      if (vector.has(client)) throw malformed('an author twice')
      vector.set(client, bounded(decoding.readVarUint(decoder)))
    }
    if (decoder.pos !== bytes.length) throw malformed('bytes after the end')
    return vector
  } catch (error) {
    throw error instanceof Refusal ? error : malformed('unreadable state vector')
  }
}

export function malformed(detail: string): Refusal {
  return new Refusal('malformed_frame', detail)
}

function readGroups(decoder: decoding.Decoder): StructGroup[] | undefined {
  const groups: StructGroup[] = []
  const clients = new Set<number>()
  const announced = decoding.readVarUint(decoder)
  let total = 0
  for (let g = 0; g < announced; g++) {
    const count = decoding.readVarUint(decoder)
    const client = readClient(decoder)
    let clock = bounded(decoding.readVarUint(decoder))
    total += count
    if (total > MAX_STRUCTS) throw new Refusal('frame_policy', 'too many structs')
    if (count === 0 || clients.has(client)) throw malformed('an author without structs, or twice')
    clients.add(client)
    const structs: Struct[] = []
    for (let i = 0; i < count; i++) {
      const struct = readStruct(decoder, client, clock)
      if (!struct) return undefined
      structs.push(struct)
      clock = bounded(clock + struct.length)
    }
    groups.push({ client, structs })
  }
  return groups
}

function readStruct(decoder: decoding.Decoder, client: number, clock: number): Struct | undefined {
  const info = readByte(decoder)
  const kind = info & 31
  if (kind === SKIP) return undefined
  const struct: Struct = {
    client,
    clock,
    length: 1,
    origin: null,
    rightOrigin: null,
    parentRoot: null,
    parentId: null,
    parentSub: null,
    content: { kind: 'gone' },
  }
  if (kind === GC) {
    struct.length = readLength(decoder)
    return struct
  }
  if (info & 128) struct.origin = readId(decoder)
  if (info & 64) struct.rightOrigin = readId(decoder)
  if (!struct.origin && !struct.rightOrigin) {
    if (decoding.readVarUint(decoder) === 1) struct.parentRoot = decoding.readVarString(decoder)
    else struct.parentId = readId(decoder)
    if (info & 32) struct.parentSub = decoding.readVarString(decoder)
  }
  readContent(decoder, kind, struct)
  return struct
}

function readContent(decoder: decoding.Decoder, kind: number, struct: Struct): void {
  if (kind === DELETED) {
    struct.length = readLength(decoder)
    struct.content = { kind: 'deleted' }
  } else if (kind === STRING) {
    const text = decoding.readVarString(decoder)
    if (text.length === 0) throw malformed('empty text')
    struct.length = text.length
    struct.content = { kind: 'text', text }
  } else if (kind === FORMAT) {
    const key = decoding.readVarString(decoder)
    const value: unknown = JSON.parse(decoding.readVarString(decoder))
    struct.content = { kind: 'format', key, value }
  } else if (kind === TYPE) {
    struct.content = readType(decoder)
  } else if (kind === ANY) {
    const count = readLength(decoder)
    if (count > MAX_STRUCTS) throw new Refusal('frame_policy', 'too many values')
    const values: unknown[] = []
    for (let i = 0; i < count; i++) values.push(readAny(decoder, 0))
    struct.length = count
    struct.content = { kind: 'values', values }
  } else if (kind === DOC) {
    throw new Refusal('frame_policy', 'sub-document')
  } else if (kind < DOC) {
    throw new Refusal('document_rules', 'content of a kind no protocol has')
  } else {
    throw malformed('unknown content')
  }
}

function readType(decoder: decoding.Decoder): Content {
  const type = decoding.readVarUint(decoder)
  if (type === XML_ELEMENT) return { kind: 'element', name: decoding.readVarString(decoder) }
  if (type === XML_TEXT) return { kind: 'xml-text' }
  if (type > LAST_TYPE) throw malformed('unknown type')
  throw new Refusal('document_rules', 'a shared type no protocol has')
}

/** Yjs sorts and merges what it writes; ranges that overlap would be walked and counted twice. */
function readDeletes(decoder: decoding.Decoder): DeleteRange[] {
  const deletes: DeleteRange[] = []
  const seen = new Set<number>()
  const clients = decoding.readVarUint(decoder)
  for (let c = 0; c < clients; c++) {
    const client = readClient(decoder)
    if (seen.has(client)) throw malformed('deletions of an author twice')
    seen.add(client)
    let end = 0
    const count = decoding.readVarUint(decoder)
    if (deletes.length + count > MAX_DELETE_RANGES) {
      throw new Refusal('frame_policy', 'too many deletions')
    }
    for (let i = 0; i < count; i++) {
      const clock = bounded(decoding.readVarUint(decoder))
      const length = readLength(decoder)
      if (clock < end) throw malformed('deletions out of order')
      end = bounded(clock + length)
      deletes.push({ client, clock, length })
    }
  }
  return deletes
}

function readId(decoder: decoding.Decoder): Id {
  const client = readClient(decoder)
  return { client, clock: bounded(decoding.readVarUint(decoder)) }
}

function readClient(decoder: decoding.Decoder): number {
  const client = decoding.readVarUint(decoder)
  if (client > MAX_CLIENT_ID) throw new Refusal('frame_policy', 'client id out of range')
  return client
}

function readLength(decoder: decoding.Decoder): number {
  const length = bounded(decoding.readVarUint(decoder))
  if (length === 0) throw malformed('nothing in it')
  return length
}

function bounded(clock: number): number {
  if (clock > MAX_CLOCK) throw new Refusal('frame_policy', 'clock out of range')
  return clock
}

function readByte(decoder: decoding.Decoder): number {
  if (decoder.pos >= decoder.arr.length) throw malformed('cut short')
  return decoding.readUint8(decoder)
}

/** lib0's `readAny` with a floor under it: nested values end the recursion, not the stack. */
function readAny(decoder: decoding.Decoder, depth: number): unknown {
  if (depth > MAX_CONTENT_DEPTH) throw new Refusal('frame_policy', 'nested too deep')
  const tag = readByte(decoder)
  if (tag === 118) {
    const count = decoding.readVarUint(decoder)
    const entries = new Map<string, unknown>()
    for (let i = 0; i < count; i++) {
      const key = decoding.readVarString(decoder)
      if (key === '__proto__') throw new Refusal('frame_policy', 'a key that is none')
      entries.set(key, readAny(decoder, depth + 1))
    }
    return Object.fromEntries(entries)
  }
  if (tag === 117) {
    const count = decoding.readVarUint(decoder)
    const items: unknown[] = []
    for (let i = 0; i < count; i++) items.push(readAny(decoder, depth + 1))
    return items
  }
  if (tag < 116 || tag > 127) throw malformed('unknown value')
  decoder.pos--
  return decoding.readAny(decoder)
}
