import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { LANGUAGES, type Language } from '../languages'
import {
  BODY_ROOT,
  type DocJson,
  LEDGER_ROOT,
  type LedgerEntry,
  META_ROOT,
  SCHEMA_VERSION,
} from './content'
import { protocolSchema } from './schema'

/** The Yjs client that first contents are written by; no person and no later edit of the server is it. */
const SEED_CLIENT = 1

/**
 * The first content of a document as an update: the same input always gives the same bytes, so that
 * seeding twice is seeding once. Applied over an existing document it would double the text.
 *
 * @param clientId a Yjs client id that nobody else writes by
 * @param generation which beginning of the document it is; a purge of patient data begins a new one
 * @throws RangeError if a body is not valid by the grammar
 */
export function encodeFirstContent(
  bodies: Record<Language, DocJson>,
  ledger: Readonly<Record<string, LedgerEntry>> = {},
  clientId: number = SEED_CLIENT,
  generation = 1,
): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  try {
    doc.transact(() => {
      const meta = doc.getMap(META_ROOT)
      meta.set('schemaVersion', SCHEMA_VERSION)
      meta.set('generation', generation)
      for (const lang of LANGUAGES) {
        const node = protocolSchema.nodeFromJSON(bodies[lang])
        node.check()
        prosemirrorToYXmlFragment(node, doc.getXmlFragment(BODY_ROOT[lang]))
      }
      const rows = doc.getMap<LedgerEntry>(LEDGER_ROOT)
      for (const key of Object.keys(ledger).sort()) {
        const entry = ledger[key]
        if (entry) rows.set(key, entry)
      }
    })
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}

/** A new protocol: one empty paragraph in each language, aligned with one another. */
export function emptyBodies(
  unit: string,
  uid: Record<Language, string>,
): Record<Language, DocJson> {
  const body = (lang: Language): DocJson => ({
    type: 'doc',
    content: [{ type: 'paragraph', attrs: { uid: uid[lang], unit } }],
  })
  return { en: body('en'), ru: body('ru') }
}

/** First content of a new, empty protocol; its bytes follow from the protocol's id alone. */
export function emptyContent(protocolId: string): Uint8Array {
  const word = protocolId.slice(-12)
  return encodeFirstContent(emptyBodies(`u-${word}`, { en: `e-${word}`, ru: `r-${word}` }))
}
