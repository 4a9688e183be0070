import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DeviceCopy } from '../../app/features/editor/provider/device-copy'
import { HandTimers, MemoryStore, settle } from './provider-fakes'

/** A document whose own changes are numbered, with its copy on `store`. */
async function visit(store: MemoryStore) {
  const doc = new Y.Doc()
  const timers = new HandTimers()
  let made = 0
  const copy = new DeviceCopy(
    store,
    () => ({ update: Y.encodeStateAsUpdate(doc), changes: made, upTo: made }),
    { kept: () => {}, failed: () => {} },
    timers,
  )
  await copy.load(doc, (unsaved) => {
    for (const { changes } of unsaved) made += changes
    return made
  })
  doc.on('update', (update: Uint8Array) => copy.keep({ update, changes: 1 }, ++made))
  return {
    copy,
    timers,
    write: (text: string) => doc.getText('t').insert(0, text),
    /** Gives a note that waits its time. */
    note: async () => {
      timers.pass(1_000)
      await settle()
    },
  }
}

const waiting = async (store: MemoryStore) =>
  (await store.open()).unsaved.map(({ changes }) => changes)

describe('DeviceCopy', () => {
  it('notes a change as saved that the server acknowledged before the device had stored it', async () => {
    const store = new MemoryStore()
    let stored = () => {}
    store.gate = () =>
      new Promise((resolve) => {
        stored = resolve
      })
    const { copy, write, note } = await visit(store)
    write('word')
    copy.noteSaved(1)
    await note()
    expect(store.rows).toEqual([])
    stored()
    await settle()
    await note()
    expect(store.rows).toHaveLength(1)
    expect(await waiting(store)).toEqual([])
  })

  it('does not note a change that was stored after an acknowledgement of earlier ones', async () => {
    const store = new MemoryStore()
    const { copy, write, note } = await visit(store)
    write('acknowledged')
    copy.noteSaved(1)
    write('not yet')
    await settle()
    await note()
    expect(await waiting(store)).toEqual([1])
  })

  it('notes what an earlier visit left once an acknowledgement covers it, and not before', async () => {
    const store = new MemoryStore()
    const first = await visit(store)
    first.write('one')
    await settle()
    first.write('two')
    await settle()
    await first.copy.close()

    const second = await visit(store)
    second.copy.noteSaved(0)
    await second.note()
    expect(await waiting(store)).toEqual([1, 1])
    second.copy.noteSaved(2)
    await second.note()
    expect(await waiting(store)).toEqual([])
  })

  it('leaves another tab’s change unsaved when its own is acknowledged', async () => {
    const store = new MemoryStore()
    const a = await visit(store)
    const b = await visit(store)
    a.write('not acknowledged')
    await settle()
    b.write('acknowledged')
    await settle()
    b.copy.noteSaved(1)
    await b.note()
    expect(store.rows).toHaveLength(2)
    expect(await waiting(store)).toEqual([1])
    a.copy.noteSaved(1)
    await a.note()
    expect(await waiting(store)).toEqual([])
  })

  it('notes later what the device would not note at once', async () => {
    const store = new MemoryStore()
    const { copy, write, note } = await visit(store)
    const markSaved = store.markSaved.bind(store)
    store.markSaved = async () => {
      store.markSaved = markSaved
      throw new DOMException('full', 'QuotaExceededError')
    }
    write('one')
    await settle()
    copy.noteSaved(1)
    await note()
    expect(await waiting(store)).toEqual([1])
    await copy.close()
    expect(await waiting(store)).toEqual([])
  })
})
