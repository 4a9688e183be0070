import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { BODY_ROOT } from '../../../../shared/editor/content'

/** Where a writer types on: the text it writes into ends with this Yjs item. */
export type Place = { client: number; clock: number }

const LETTERS = 'take the dose with food and write down the hour '
const CONTENT_STRING = 4
const HAS_ORIGIN = 0x80

/** The n-th character that a writer types. */
export const letter = (n: number): string => LETTERS[n % LETTERS.length] ?? ' '

/**
 * One character typed after the last one, as Yjs encodes it; written by hand, so that the clients cost
 * little. `checkTyping` compares it with Yjs.
 */
export function typed(client: number, clock: number, start: Place): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1) // one client
    encoding.writeVarUint(encoder, 1) // one struct
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeUint8(encoder, CONTENT_STRING | HAS_ORIGIN)
    encoding.writeVarUint(encoder, clock === 0 ? start.client : client)
    encoding.writeVarUint(encoder, clock === 0 ? start.clock : clock - 1)
    encoding.writeVarString(encoder, letter(clock))
    encoding.writeVarUint(encoder, 0) // nothing is deleted
  })
}

/** The ends of the paragraphs of a body, in order. */
export function placesOf(update: Uint8Array): Place[] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return paragraphs(doc).map((text) => {
    let last = text._start
    while (last?.right) last = last.right
    if (!last) throw new Error('a paragraph of the bench has text')
    return { client: last.id.client, clock: last.id.clock + last.length - 1 }
  })
}

/** The texts of the English paragraphs of a state. */
export function textsOf(update: Uint8Array): string[] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return paragraphs(doc).map((text) => text.toString())
}

function paragraphs(doc: Y.Doc): Y.XmlText[] {
  return doc
    .getXmlFragment(BODY_ROOT.en)
    .toArray()
    .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
    .filter((text) => text instanceof Y.XmlText)
}

/** What new text an update carries: `client`, from and to its clock. */
export type Range = readonly [client: number, from: number, to: number]

/** Reads a single update of one author by hand, anything else through Yjs. */
export function rangesOf(update: Uint8Array): Range[] {
  const { from, to } = Y.parseUpdateMeta(update)
  return [...to].map(([client, end]) => [client, from.get(client) ?? 0, end])
}

/** The bench measures nothing if its own updates are not what Yjs writes. */
export function checkTyping(seed: Uint8Array): void {
  const [place] = placesOf(seed)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  doc.clientID = 4_242
  const [text] = paragraphs(doc)
  if (!place || !text) throw new Error('the seed has no paragraph')
  for (let n = 0; n < 3; n++) {
    const before = Y.encodeStateVector(doc)
    text.insert(text.length, letter(n))
    const theirs = Y.encodeStateAsUpdate(doc, before)
    const ours = typed(4_242, n, place)
    // Yjs lists what was deleted before, too; the seed has nothing deleted
    if (Buffer.compare(theirs, ours) !== 0) throw new Error('typed() is not what Yjs encodes')
  }
}
