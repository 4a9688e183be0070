import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { causalOrder, type Struct } from './causal-order'

/** What a piece needs besides its structs: envelope, counts, heads of its authors. */
const SLACK = 1_024
/** The head of a struct, at most. */
const HEAD = 192

type Part = { client: number; clock: number; end: number; bytes: Uint8Array; startsBlock: boolean }
type Deletions = ReturnType<typeof Y.decodeUpdate>['ds']
type Range = { from: number; to: number }

/**
 * Cut an update into updates of about so many bytes that together are the whole. In their order each is
 * complete: it builds only upon those before it and upon what the whole builds upon. Cuts come between
 * blocks where they can, because the server mends what looks unfinished.
 *
 * What the whole deletes of earlier text goes with the first piece. Were it to go with the last, a
 * block that was moved would stand twice for a moment, and the server takes the second one out.
 *
 * @returns the pieces; only the whole where it cannot be cut
 */
export function splitUpdate(update: Uint8Array, most: number): Uint8Array[] {
  const { structs, ds } = Y.decodeUpdate(update)
  // it says itself that something is missing: the server will ask for that
  if (structs.some((struct) => struct instanceof Y.Skip)) return [update]
  const parts: Part[] = []
  for (const { struct, isFree } of causalOrder(structs)) {
    const begins = isFree && startsBlock(struct)
    for (const cut of cutText(struct, most - SLACK)) parts.push(partOf(cut, begins))
  }
  const whole = rangesOf(parts)
  const earlier = deletionsIn(ds, (client) => beside(whole.get(client), undefined))
  return gather(parts, earlier.length, most).map((piece, i) => {
    const own = rangesOf(piece)
    const mine = (client: number) => {
      const range = own.get(client)
      return i === 0 ? beside(whole.get(client), range) : range ? [range] : []
    }
    return join(piece, deletionsIn(ds, mine))
  })
}

/** A new element beside another one, but in no table: a row without all of its cells is unfinished. */
function startsBlock(struct: Struct): boolean {
  if (!(struct instanceof Y.Item) || !struct.origin) return false
  const { content } = struct
  if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.XmlElement)) return false
  return !/^table./.test(content.type.nodeName)
}

/** Longer text than a piece holds, as Yjs cuts it; never within a character. */
function* cutText(struct: Struct, bytes: number): Generator<Struct> {
  // a UTF-16 code unit takes at most three
  const units = Math.floor((bytes - HEAD) / 3)
  let rest = struct
  while (rest instanceof Y.Item && rest.length > units) {
    const { content, id, rightOrigin, parent, parentSub } = rest
    if (!(content instanceof Y.ContentString)) break
    const isInCharacter = /[\ud800-\udbff]/.test(content.str.charAt(units - 1))
    const at = isInCharacter ? units - 1 : units
    const right = content.splice(at)
    rest.length = at
    yield rest
    const last = Y.createID(id.client, id.clock + at - 1)
    const next = Y.createID(id.client, id.clock + at)
    rest = new Y.Item(next, null, last, null, rightOrigin, parent, parentSub, right)
  }
  yield rest
}

function partOf(struct: Struct, startsBlock: boolean): Part {
  const encoder = new Y.UpdateEncoderV1()
  struct.write(encoder, 0)
  const { client, clock } = struct.id
  const bytes = encoding.toUint8Array(encoder.restEncoder)
  return { client, clock, end: clock + struct.length, bytes, startsBlock }
}

/** @param first bytes that the first piece carries besides */
function gather(parts: readonly Part[], first: number, most: number): Part[][] {
  const pieces: Part[][] = []
  let piece: Part[] = []
  let bytes = SLACK + first
  for (const part of parts) {
    while (bytes > SLACK && bytes + part.bytes.length > most) {
      const block = piece.findLastIndex(({ startsBlock }) => startsBlock)
      const cut = part.startsBlock || block < 1 ? piece.length : block
      pieces.push(piece.slice(0, cut))
      piece = piece.slice(cut)
      bytes = piece.reduce((sum, each) => sum + each.bytes.length, SLACK)
    }
    piece.push(part)
    bytes += part.bytes.length
  }
  return [...pieces, piece]
}

/** From the first to the last clock of each author; within a piece they are without holes. */
function rangesOf(parts: readonly Part[]): Map<number, Range> {
  const ranges = new Map<number, Range>()
  for (const { client, clock, end } of parts) {
    ranges.set(client, { from: ranges.get(client)?.from ?? clock, to: end })
  }
  return ranges
}

/** What lies outside the whole, and `own`, with which the whole begins. */
function beside(whole: Range | undefined, own: Range | undefined): Range[] {
  const { from, to } = whole ?? { from: 0, to: 0 }
  return [
    { from: 0, to: own?.to ?? from },
    { from: to, to: Number.POSITIVE_INFINITY },
  ]
}

function deletionsIn({ clients }: Deletions, rangesOf: (client: number) => Range[]): Uint8Array {
  const found = [...clients].flatMap(([client, deletions]) => {
    const ranges = rangesOf(client)
    const kept = deletions.flatMap(({ clock, len }) =>
      ranges
        .map(({ from, to }) => ({ from: Math.max(from, clock), to: Math.min(to, clock + len) }))
        .filter(({ from, to }) => from < to),
    )
    return kept.length > 0 ? [{ client, kept }] : []
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, found.length)
    for (const { client, kept } of found.sort((a, b) => b.client - a.client)) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, kept.length)
      for (const { from, to } of kept) {
        encoding.writeVarUint(encoder, from)
        encoding.writeVarUint(encoder, to - from)
      }
    }
  })
}

/** As Yjs writes it, version 1: the highest client id first. */
function join(piece: readonly Part[], deletions: Uint8Array): Uint8Array {
  const authors = [...new Set(piece.map(({ client }) => client))].sort((a, b) => b - a)
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, authors.length)
    for (const author of authors) {
      const parts = piece.filter(({ client }) => client === author)
      encoding.writeVarUint(encoder, parts.length)
      encoding.writeVarUint(encoder, author)
      encoding.writeVarUint(encoder, parts[0]?.clock ?? 0)
      for (const { bytes } of parts) encoding.writeUint8Array(encoder, bytes)
    }
    encoding.writeUint8Array(encoder, deletions)
  })
}
