import * as Y from 'yjs'
import * as z from 'zod/mini'
import type { DeviceRow, DeviceRows, DeviceStore } from './device-store'
import { completed, deleteDatabase, openDatabase, resultOf } from './idb'

const ROWS = 'rows'
const NOTES = 'notes'
/** Up to that key the server has everything: so were copies noted before rows were noted singly. */
const SAVED_UP_TO = 'savedUpTo'
/** So many rows that the server has are merged into one. */
const MERGE_ABOVE = 200

const Count = z.int().check(z.minimum(0))
const Row = z.object({
  update: z.instanceof(Uint8Array),
  changes: Count,
  edits: z.optional(Count),
})
const Key = z.catch(Count, 0)

/**
 * A document's copy in IndexedDB: a log of updates, each with the number of own changes in it that
 * the server may lack. All tabs of a person write into it, so each row is noted as saved by itself:
 * a row before it may belong to a tab whose line is down.
 *
 * Not `y-indexeddb`: it neither says when a transaction has completed nor that one failed, and
 * "kept on this device" may only be shown after that (docs/decisions).
 */
export class IndexedDbStore implements DeviceStore {
  #db: IDBDatabase | undefined

  constructor(protected name: string) {}

  async open(): Promise<DeviceRows> {
    this.#db = await openDatabase(
      this.name,
      (fresh) => {
        fresh.createObjectStore(ROWS, { autoIncrement: true })
        fresh.createObjectStore(NOTES)
      },
      () => {
        this.#db = undefined
      },
    )
    return this.read()
  }

  async read(): Promise<DeviceRows> {
    const transaction = this.#opened().transaction([ROWS, NOTES])
    const rows = transaction.objectStore(ROWS)
    const [keys, values, note] = await Promise.all([
      resultOf(rows.getAllKeys()),
      resultOf(rows.getAll()),
      resultOf(transaction.objectStore(NOTES).get(SAVED_UP_TO)),
    ])
    const savedUpTo = Key.parse(note)
    const found: DeviceRows = { saved: [], unsaved: [] }
    values.forEach((value: unknown, i) => {
      const row = Row.safeParse(value)
      if (!row.success) return
      const key = Key.parse(keys[i])
      const isSaved = row.data.changes === 0 || key <= savedUpTo
      if (isSaved) found.saved.push(row.data.update)
      else found.unsaved.push({ ...row.data, key })
    })
    return found
  }

  async append(row: DeviceRow): Promise<number> {
    // `strict` waits for the disk; what came from the server can be had from it again
    const durability = row.changes > 0 ? 'strict' : 'relaxed'
    const transaction = this.#opened().transaction(ROWS, 'readwrite', { durability })
    const done = completed(transaction)
    const request = transaction.objectStore(ROWS).add(row)
    await done
    return Key.parse(request.result)
  }

  async markSaved(keys: readonly number[]): Promise<void> {
    const transaction = this.#opened().transaction([ROWS, NOTES], 'readwrite')
    const done = completed(transaction)
    const rows = transaction.objectStore(ROWS)
    const mark = async () => {
      await Promise.all(keys.map((key) => markRow(rows, key)))
      const note = await resultOf(transaction.objectStore(NOTES).get(SAVED_UP_TO))
      await mergeRows(rows, Key.parse(note))
    }
    await Promise.all([mark(), done])
  }

  async drop(): Promise<void> {
    this.close()
    await deleteDatabase(this.name)
  }

  close(): void {
    this.#db?.close()
    this.#db = undefined
  }

  #opened(): IDBDatabase {
    if (!this.#db) throw new Error(`${this.name} is not open`)
    return this.#db
  }
}

async function markRow(rows: IDBObjectStore, key: number): Promise<void> {
  const row = Row.safeParse(await resultOf(rows.get(key)))
  if (row.success) await resultOf(rows.put({ ...row.data, changes: 0 }, key))
}

/** All in one transaction: a crash leaves either the rows or what they were merged into. */
async function mergeRows(rows: IDBObjectStore, savedUpTo: number): Promise<void> {
  if ((await resultOf(rows.count())) <= MERGE_ABOVE) return
  const [keys, values] = await Promise.all([resultOf(rows.getAllKeys()), resultOf(rows.getAll())])
  const saved = keys.flatMap((each, i) => {
    const row = Row.safeParse(values[i])
    const key = Key.parse(each)
    return row.success && (row.data.changes === 0 || key <= savedUpTo)
      ? [{ key, update: row.data.update }]
      : []
  })
  if (saved.length <= MERGE_ABOVE) return
  for (const { key } of saved) rows.delete(key)
  await resultOf(rows.add({ update: merge(saved.map(({ update }) => update)), changes: 0 }))
}

/**
 * Through a document rather than `mergeUpdates`: that one would keep deleted text for ever. What
 * builds upon a row that is not among them stays pending, and is written out again.
 */
function merge(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}
