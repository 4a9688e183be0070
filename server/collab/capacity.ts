import * as Y from 'yjs'
import {
  MASS_DELETE_FLOOR,
  MASS_DELETE_SHARE,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENT_STRUCTS,
} from './limits'
import { Refusal } from './refusal'

/** How large a document is, about: counted up as it grows, measured when that seems too much. */
export class Capacity {
  private structs: number

  /** @param bytes encoded size of the document, about */
  constructor(
    private readonly doc: Y.Doc,
    private bytes: number,
  ) {
    this.structs = countStructs(doc)
  }

  /** @throws Refusal `document_full` if it may not grow so much */
  claim(bytes: number, structs: number): void {
    if (this.bytes + bytes > MAX_DOCUMENT_BYTES) {
      this.bytes = Y.encodeStateAsUpdate(this.doc).length
    }
    if (this.structs + structs > MAX_DOCUMENT_STRUCTS) this.structs = countStructs(this.doc)
    if (this.bytes + bytes > MAX_DOCUMENT_BYTES || this.structs + structs > MAX_DOCUMENT_STRUCTS) {
      throw new Refusal('document_full', 'no room to grow')
    }
    this.bytes += bytes
    this.structs += structs
  }

  /** @param removes UTF-16 code units of visible text that an update takes away */
  isMassDeletion(removes: number): boolean {
    if (removes <= MASS_DELETE_FLOOR * MASS_DELETE_SHARE) return false
    const text = visibleText(this.doc)
    return text > MASS_DELETE_FLOOR && removes > text * MASS_DELETE_SHARE
  }
}

/** Structs in a document, deleted ones too. */
function countStructs(doc: Y.Doc): number {
  let count = 0
  for (const structs of doc.store.clients.values()) count += structs.length
  return count
}

/** Length of all text that is not deleted, UTF-16 code units. */
function visibleText(doc: Y.Doc): number {
  let length = 0
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (
        !struct.deleted &&
        struct instanceof Y.Item &&
        struct.content instanceof Y.ContentString
      ) {
        length += struct.length
      }
    }
  }
  return length
}
