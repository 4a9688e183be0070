import * as Y from 'yjs'
import * as z from 'zod/mini'
import type { DeviceRow, DeviceRows, DeviceStore } from './device-store'
import { completed, deleteDatabase, openDatabase, resultOf } from './idb'

const ROWS = 'rows'
const NOTES = 'notes'
const SAVED_UP_TO = 'savedUpTo'
/** So many rows that the server has are merged into one. */
const MERGE_ABOVE = 200

const Row = z.object({ update: z.instanceof(Uint8Array), changes: z.int().check(z.minimum(0)) })
const Key = z.catch(z.int().check(z.minimum(0)), 0)

/**
 * A document's copy in IndexedDB: a log of updates, each with the number of own changes in it, and
 * the key up to which the server has everything.
 *
 * Not `y-indexeddb`: it neither says when a transaction has completed nor that one failed, and
 * "kept on this device" may only be shown after that (docs/decisions).
 */
export class IndexedDbStore implements DeviceStore {
  #db: IDBDatabase | undefined

  constructor(readonly name: string) {}

  async open(): Promise<DeviceRows> {
    const db = await openDatabase(
      this.name,
      (fresh) => {
        fresh.createObjectStore(ROWS, { autoIncrement: true })
        fresh.createObjectStore(NOTES)
      },
      () => {
        this.#db = undefined
      },
    )
    this.#db = db
    const transaction = db.transaction([ROWS, NOTES])
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
      const isSaved = row.data.changes === 0 || Key.parse(keys[i]) <= savedUpTo
      if (isSaved) found.saved.push(row.data.update)
      else found.unsaved.push(row.data)
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

  async markSaved(key: number): Promise<void> {
    const transaction = this.#opened().transaction([ROWS, NOTES], 'readwrite')
    const done = completed(transaction)
    const notes = transaction.objectStore(NOTES)
    const before = notes.get(SAVED_UP_TO)
    before.onsuccess = () => {
      // another tab may have been further
      const upTo = Math.max(key, Key.parse(before.result))
      notes.put(upTo, SAVED_UP_TO)
      mergeRows(transaction.objectStore(ROWS), upTo)
    }
    await done
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

/** All in one transaction: a crash leaves either the rows or what they were merged into. */
function mergeRows(rows: IDBObjectStore, upTo: number): void {
  const range = IDBKeyRange.upperBound(upTo)
  const count = rows.count(range)
  count.onsuccess = () => {
    if (count.result <= MERGE_ABOVE) return
    const all = rows.getAll(range)
    all.onsuccess = () => {
      const update = merge(all.result)
      rows.delete(range)
      rows.put({ update, changes: 0 }, upTo)
    }
  }
}

/** Through a document rather than `mergeUpdates`: that one would keep deleted text for ever. */
function merge(values: readonly unknown[]): Uint8Array {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const value of values) {
        const row = Row.safeParse(value)
        if (row.success) Y.applyUpdate(doc, row.data.update)
      }
    })
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}
