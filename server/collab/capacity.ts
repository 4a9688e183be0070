import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import {
  MASS_DELETE_FLOOR,
  MASS_DELETE_SHARE,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENT_STRUCTS,
} from './limits'
import { Refusal } from './refusal'

/** Measuring walks the whole document: not more often than this, whatever a client sends, ms. */
const MEASURE_MS = 1_000
/** What a struct takes encoded, besides its content and each of its neighbours' ids: bytes, about. */
const STRUCT_BYTES = 4
const ID_BYTES = 8

/** How large a document is, about: counted up as it grows, measured when that seems too much. */
export class Capacity {
  private structs: number
  private measuredAt = Number.NEGATIVE_INFINITY
  private text = { at: Number.NEGATIVE_INFINITY, of: new Map<string, number>() }

  /** @param bytes encoded size of the document, about */
  constructor(
    private readonly doc: Y.Doc,
    public bytes: number,
  ) {
    this.structs = countStructs(doc)
  }

  /** @throws Refusal `document_full` if it may not grow so much */
  claim(bytes: number, structs: number): void {
    if (!this.hasRoom(bytes, structs)) this.measure()
    if (!this.hasRoom(bytes, structs)) throw new Refusal('document_full', 'no room to grow')
    this.bytes += bytes
    this.structs += structs
  }

  /**
   * Most of the document, or of its text in one language.
   *
   * @param removes UTF-16 code units of visible text that an update takes away, by root
   */
  isMassDeletion(removes: ReadonlyMap<string, number>): boolean {
    const all = sum(removes.values())
    if (all <= MASS_DELETE_FLOOR * MASS_DELETE_SHARE) return false
    const now = performance.now()
    if (now - this.text.at > MEASURE_MS) this.text = { at: now, of: visibleText(this.doc) }
    const { of } = this.text
    const before = sum(of.values())
    let isMass = isMost(all, before)
    for (const [root, removed] of removes) {
      const length = of.get(root) ?? 0
      isMass ||= isMost(removed, length)
      of.set(root, length - removed)
    }
    return isMass
  }

  private hasRoom(bytes: number, structs: number): boolean {
    return (
      this.bytes + bytes <= MAX_DOCUMENT_BYTES && this.structs + structs <= MAX_DOCUMENT_STRUCTS
    )
  }

  private measure(): void {
    const now = performance.now()
    if (now - this.measuredAt < MEASURE_MS) return
    this.measuredAt = now
    this.bytes = encodedBytes(this.doc)
    this.structs = countStructs(this.doc)
  }
}

/** Structs in a document, deleted ones too. */
function countStructs(doc: Y.Doc): number {
  let count = 0
  for (const structs of doc.store.clients.values()) count += structs.length
  return count
}

/** About what encoding the document would give, without the tenth of a second which that takes. */
function encodedBytes(doc: Y.Doc): number {
  let bytes = 0
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      bytes += STRUCT_BYTES
      if (!(struct instanceof Y.Item)) continue
      if (struct.origin) bytes += ID_BYTES
      if (struct.rightOrigin) bytes += ID_BYTES
      const { content } = struct
      if (content instanceof Y.ContentString) bytes += Buffer.byteLength(content.str)
      else if (!struct.deleted) bytes += ID_BYTES
    }
  }
  return bytes
}

function isMost(removed: number, length: number): boolean {
  return length > MASS_DELETE_FLOOR && removed > length * MASS_DELETE_SHARE
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}

/** Length of the text of each body that is not deleted, UTF-16 code units. */
function visibleText(doc: Y.Doc): Map<string, number> {
  const lengthOf = (node: unknown): number => {
    if (node instanceof Y.XmlText) return node.length
    if (!(node instanceof Y.XmlFragment)) return 0
    return sum(node.toArray().map(lengthOf))
  }
  const roots = Object.values(BODY_ROOT)
  return new Map(roots.map((root) => [root, lengthOf(doc.getXmlFragment(root))]))
}
