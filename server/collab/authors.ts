import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import { LANGUAGES } from '../../shared/languages'
import type { RoomAddress } from '../ports'
import { type ClientRow, keyOf, SERVER_USER, type Store } from './persistence'

/** Less of a paragraph than this share is a correction, not its writing. */
const SHARE = 0.1

/**
 * Who wrote what now stands in units, in either language: by unit, user ids. Yjs knows which client
 * wrote each stretch of text, the log whose client that was; what the server wrote is nobody's.
 */
export async function authorsOf(
  store: Store,
  at: RoomAddress,
  /** Sees the committed document; undefined if it cannot be seen any more. */
  look: <T>(see: (doc: Y.Doc) => T) => Promise<T | undefined>,
  units: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const written = await look((doc) => clientsOf(doc, new Set(units)))
  if (!written || written.size === 0) return new Map()
  const users = await usersOf(
    store,
    at,
    [...written.values()].flatMap((each) => [...each.keys()]),
  )
  return new Map(
    [...written].map(([unit, characters]) => {
      const all = [...characters.values()].reduce((sum, each) => sum + each, 0)
      const shares = new Map<string, number>()
      for (const [client, each] of characters) {
        const user = users.get(client)
        if (user) shares.set(user, (shares.get(user) ?? 0) + each)
      }
      return [unit, [...shares].flatMap(([user, each]) => (each >= all * SHARE ? [user] : []))]
    }),
  )
}

/** How many characters of each unit every client has written. */
function clientsOf(doc: Y.Doc, units: ReadonlySet<string>): Map<string, Map<number, number>> {
  const written = new Map<string, Map<number, number>>()
  const visit = (node: unknown, unit: string | undefined): void => {
    if (node instanceof Y.XmlText) {
      if (unit === undefined) return
      const characters = written.get(unit) ?? new Map<number, number>()
      written.set(unit, characters)
      for (let item = node._start; item; item = item.right) {
        if (item.deleted || !(item.content instanceof Y.ContentString)) continue
        const { client } = item.id
        characters.set(client, (characters.get(client) ?? 0) + item.length)
      }
    } else if (node instanceof Y.XmlElement) {
      const own: unknown = node.getAttribute('unit')
      for (const child of node.toArray()) {
        visit(child, typeof own === 'string' && units.has(own) ? own : unit)
      }
    }
  }
  for (const lang of LANGUAGES) {
    for (const child of doc.getXmlFragment(BODY_ROOT[lang]).toArray()) visit(child, undefined)
  }
  return written
}

async function usersOf(
  store: Store,
  at: RoomAddress,
  clients: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { p, room } = keyOf(at)
  const ids: ClientRow['_id'][] = [...new Set(clients)].map((client) => ({ p, room, client }))
  const rows = await store.clients.find({ _id: { $in: ids } }).toArray()
  return new Map(
    rows.flatMap(({ _id, user }) => (user === SERVER_USER ? [] : [[_id.client, String(user)]])),
  )
}
