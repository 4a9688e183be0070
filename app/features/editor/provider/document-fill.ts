import * as Y from 'yjs'
import {
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENT_STRUCTS,
  NEARLY_FULL,
} from '../../../../shared/collab/document-cap'

/** A document that has grown by less since it was measured is as full as it was, bytes. */
const WORTH_A_LOOK = 65_536

/**
 * Measures how full a document is, as a share of what it may grow to. Measuring encodes all of it, so
 * it is done once, and again only when it has grown or is nearly full.
 *
 * @param later runs when the page has nothing else to do, some time from now; returns how to forget it
 * @returns a function that ends it
 */
export function watchFill(
  doc: Y.Doc,
  later: (run: () => void) => () => void,
  hear: (share: number) => void,
): () => void {
  let bytes = 0
  let grown = 0
  let forget: (() => void) | undefined
  const measure = () => {
    forget = undefined
    grown = 0
    bytes = Y.encodeStateAsUpdate(doc).length
    let structs = 0
    for (const each of doc.store.clients.values()) structs += each.length
    hear(Math.max(bytes / MAX_DOCUMENT_BYTES, structs / MAX_DOCUMENT_STRUCTS))
  }
  const onUpdate = (update: Uint8Array) => {
    grown += update.length
    const isNearlyFull = bytes + grown >= MAX_DOCUMENT_BYTES * NEARLY_FULL
    if (isNearlyFull || grown >= WORTH_A_LOOK) forget ??= later(measure)
  }
  doc.on('update', onUpdate)
  forget = later(measure)
  return () => {
    doc.off('update', onUpdate)
    forget?.()
  }
}
