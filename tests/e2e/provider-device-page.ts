import * as Y from 'yjs'
import {
  BookedStore,
  unsavedOnDevice,
  wipeDeviceCopies,
} from '../../app/features/editor/provider/device-book'
import { DeviceCopy } from '../../app/features/editor/provider/device-copy'
import {
  completed,
  deleteDatabase,
  openDatabase,
  resultOf,
} from '../../app/features/editor/provider/idb'
import { IndexedDbStore } from '../../app/features/editor/provider/indexed-db-store'
import { browserShelf } from '../../app/features/editor/provider/rescued-shelf'

/** What provider-device.test.ts runs inside a browser: bundled, and called by name there. */

const ME = 'me'
let visits = 0

/** A tab on a protocol's copy: its own document and storage connection, nothing of other tabs. */
async function openTab(protocolId: string) {
  const doc = new Y.Doc()
  const store = new BookedStore({ userId: ME, protocolId, generation: 1 })
  let made = 0
  let heard = () => {}
  const copy = new DeviceCopy(
    store,
    () => ({ update: Y.encodeStateAsUpdate(doc), changes: made, upTo: made }),
    { kept: () => heard(), failed: () => {} },
  )
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === copy) return
    const isOwn = origin !== 'server'
    if (isOwn) made++
    copy.keep({ update, changes: isOwn ? 1 : 0 }, made)
  })
  await copy.load(doc, (unsaved) => {
    made += unsaved.reduce((sum, { changes }) => sum + changes, 0)
    return made
  })
  return {
    doc,
    found: made,
    text: () => doc.getText('t').toJSON(),
    /** One own change, stored when it resolves. */
    write: (text: string) =>
      new Promise<void>((resolve) => {
        heard = resolve
        doc.getText('t').insert(doc.getText('t').length, text)
      }),
    /** The server acknowledges everything; noted on the device when it resolves. */
    acknowledge: async () => {
      copy.noteSaved(made)
      await copy.close()
    },
    close: () => copy.close(),
  }
}

function updateOf(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

async function twoTabs() {
  const protocolId = `two-tabs-${++visits}`
  const a = await openTab(protocolId)
  const b = await openTab(protocolId)
  await a.write('not acknowledged ')
  await b.write('acknowledged ')
  await b.acknowledge()
  await a.close()
  const waiting = await unsavedOnDevice(ME)
  const next = await openTab(protocolId)
  await next.acknowledge()
  await wipeDeviceCopies(ME)
  return { waiting, found: next.found, text: next.text() }
}

async function nextVisit() {
  const protocolId = `next-visit-${++visits}`
  const first = await openTab(protocolId)
  await first.write('one ')
  await first.write('two ')
  await first.close()
  const second = await openTab(protocolId)
  await second.acknowledge()
  const waiting = await unsavedOnDevice(ME)
  const third = await openTab(protocolId)
  await third.close()
  await wipeDeviceCopies(ME)
  return { found: second.found, waiting, foundAgain: third.found, text: third.text() }
}

async function rescuedShelf() {
  for (const [id, userId] of [
    ['1', ME],
    ['2', ME],
    ['3', 'somebody else'],
  ] as const) {
    const text = { en: 'words', ru: '' }
    const rescue = { reason: 'document_rules', at: 1, bytes: updateOf('words'), text } as const
    await browserShelf.put({ ...rescue, id, userId, protocolId: 'p' })
  }
  const tab = await openTab(`rescued-${++visits}`)
  await tab.write('waits ')
  await tab.close()
  const before = await unsavedOnDevice(ME)
  await wipeDeviceCopies(ME)
  const after = await unsavedOnDevice(ME)
  const others = await unsavedOnDevice('somebody else')
  await wipeDeviceCopies('somebody else')
  return { before, after, others }
}

/** A copy as it was stored while "saved" was one mark up to a key. */
async function storedByMark() {
  const name = `by-mark-${++visits}`
  const db = await openDatabase(name, (fresh) => {
    fresh.createObjectStore('rows', { autoIncrement: true })
    fresh.createObjectStore('notes')
  })
  const transaction = db.transaction(['rows', 'notes'], 'readwrite')
  const done = completed(transaction)
  for (const text of ['a', 'b', 'c']) {
    transaction.objectStore('rows').add({ update: updateOf(text), changes: 1 })
  }
  transaction.objectStore('notes').put(2, 'savedUpTo')
  await done
  db.close()

  const store = new IndexedDbStore(name)
  const { saved, unsaved } = await store.open()
  store.close()
  await deleteDatabase(name)
  return { saved: saved.length, unsaved: unsaved.map(({ changes }) => changes) }
}

/** Many rows that the server has, building upon a change that it has not acknowledged. */
async function merging() {
  const name = `merging-${++visits}`
  const store = new IndexedDbStore(name)
  await store.open()
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < 251; i++) doc.getText('t').insert(i, '.')
  const [mine, ...others] = updates
  if (mine) await store.append({ update: mine, changes: 1 })
  for (const update of others) await store.append({ update, changes: 0 })
  await store.markSaved([await store.append({ update: updateOf(''), changes: 1 })])
  const rows = await countRows(name)

  store.close()
  const { saved, unsaved } = await store.open()
  store.close()
  await deleteDatabase(name)
  const read = new Y.Doc()
  for (const update of [...saved, ...unsaved.map(({ update }) => update)]) {
    Y.applyUpdate(read, update)
  }
  return { rows, unsaved: unsaved.length, length: read.getText('t').length }
}

async function countRows(name: string): Promise<number> {
  const db = await openDatabase(name, () => {})
  const count = await resultOf(db.transaction('rows').objectStore('rows').count())
  db.close()
  return count
}

Object.assign(globalThis, { device: { twoTabs, nextVisit, rescuedShelf, storedByMark, merging } })
