import * as z from 'zod/mini'
import { countEdits } from './device-store'
import { completed, deleteDatabase, openDatabase, resultOf } from './idb'
import { IndexedDbStore } from './indexed-db-store'

/**
 * The database beside the copies: which copies there are (not every browser can list its
 * databases), and what was rescued.
 */
const BOOK = 'twinward'
const COPIES = 'copies'
export const RESCUED = 'rescued'

export type CopyAddress = { userId: string; protocolId: string; generation: number }

const Entry = z.object({
  name: z.string(),
  userId: z.string(),
  protocolId: z.string(),
  generation: z.number(),
})
type Entry = z.infer<typeof Entry>

const Owned = z.object({ id: z.string(), userId: z.string() })

/** The copy's name: one per person, so that a shared computer shows nobody another one's text. */
export function copyName({ userId, protocolId, generation }: CopyAddress): string {
  return `twinward:${userId}:${protocolId}:${generation}`
}

/** Runs `work` in one transaction of the book and resolves once it has completed. */
export async function withBook<T>(
  store: typeof COPIES | typeof RESCUED,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const db = await openDatabase(BOOK, (fresh) => {
    fresh.createObjectStore(COPIES, { keyPath: 'name' })
    fresh.createObjectStore(RESCUED, { keyPath: 'id' })
  })
  try {
    const transaction = db.transaction(store, mode)
    const done = completed(transaction)
    const [result] = await Promise.all([work(transaction.objectStore(store)), done])
    return result
  } finally {
    db.close()
  }
}

/**
 * The store of a document's copy, entered in the book when it is opened. If the book has the copy of a
 * later generation, it is that one. Copies of earlier generations go: what was purged from the document
 * must not come back from a device.
 */
export class BookedStore extends IndexedDbStore {
  #entry: Entry

  constructor(address: CopyAddress) {
    super(copyName(address))
    this.#entry = { name: this.name, ...address }
  }

  override async open() {
    const { userId, protocolId } = this.#entry
    const own = (await listCopies()).filter(
      (copy) => copy.userId === userId && copy.protocolId === protocolId,
    )
    const generation = Math.max(this.#entry.generation, ...own.map((copy) => copy.generation))
    this.name = copyName({ userId, protocolId, generation })
    this.#entry = { name: this.name, userId, protocolId, generation }
    await withBook(COPIES, 'readwrite', (copies) => resultOf(copies.put(this.#entry)))
    await forgetCopies(
      (other) =>
        other.userId === userId && other.protocolId === protocolId && other.generation < generation,
    )
    return super.open()
  }

  override async drop() {
    await super.drop()
    await withBook(COPIES, 'readwrite', (copies) => resultOf(copies.delete(this.name)))
  }
}

/**
 * Remove everything of a person from this device: copies and rescues. For signing out on request,
 * after `unsavedOnDevice` has been asked; open tabs lose their copy and say so.
 *
 * @throws whatever the browser refuses with
 */
export async function wipeDeviceCopies(userId: string): Promise<void> {
  if (typeof indexedDB === 'undefined') return
  await forgetCopies((copy) => copy.userId === userId)
  const left = await withBook(RESCUED, 'readwrite', async (rescued) => {
    for (const id of await rescuedOf(userId, rescued)) rescued.delete(id)
    return resultOf(rescued.count())
  })
  // of nobody any more: not even that somebody was here stays
  if (left === 0 && (await listCopies()).length === 0) await deleteDatabase(BOOK)
}

/**
 * How many own changes are nowhere but on this device, in all protocols: those that no server has
 * confirmed, and each rescue that the person has neither taken nor let go. All that
 * `wipeDeviceCopies` would destroy.
 */
export async function unsavedOnDevice(userId: string): Promise<number> {
  if (typeof indexedDB === 'undefined') return 0
  let found = 0
  for (const copy of await listCopies()) {
    if (copy.userId !== userId) continue
    const store = new IndexedDbStore(copy.name)
    const { unsaved } = await store.open()
    store.close()
    found += countEdits(unsaved)
  }
  const rescued = await withBook(RESCUED, 'readonly', (shelf) => rescuedOf(userId, shelf))
  return found + rescued.length
}

/** The ids of that person's rescues. */
async function rescuedOf(userId: string, shelf: IDBObjectStore): Promise<string[]> {
  const rows: unknown[] = await resultOf(shelf.getAll())
  return rows
    .flatMap((row) => Owned.safeParse(row).data ?? [])
    .filter((row) => row.userId === userId)
    .map(({ id }) => id)
}

async function listCopies(): Promise<Entry[]> {
  return withBook(COPIES, 'readonly', async (copies) =>
    z.array(Entry).parse(await resultOf(copies.getAll())),
  )
}

async function forgetCopies(unwanted: (copy: Entry) => boolean): Promise<void> {
  for (const copy of (await listCopies()).filter(unwanted)) {
    await deleteDatabase(copy.name)
    await withBook(COPIES, 'readwrite', (copies) => resultOf(copies.delete(copy.name)))
  }
}
