import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { compactDocument, rehearseUpdate } from '../../server/collab/heavy-jobs'
import { unpackNow } from '../../server/collab/persistence-packed'
import { MAX_UNPACKED_BYTES } from '../../shared/collab/wire'
import { bilingual, list, p, table } from '../fixtures/bilingual'
import { firstText, until } from '../fixtures/collab'
import { heavyWork } from '../fixtures/heavy'
import { slowUpdate } from '../fixtures/hostile'

const sample = () => bilingual([p('a', 'One two'), list([p('l', 'Item')]), table([p('t', 'Cell')])])

/** What somebody writes, update by update. */
function written(doc: Y.Doc, words: readonly string[]): Uint8Array[] {
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  for (const word of words) firstText(doc).insert(0, word)
  firstText(doc).format(0, 3, { bold: {} })
  firstText(doc).delete(1, 2)
  return updates
}

const stateOf = (doc: Y.Doc) => Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString('hex')

function unpacked(packed: Uint8Array | undefined): Y.Doc {
  const doc = new Y.Doc()
  if (packed) Y.applyUpdate(doc, unpackNow({ v: 3, bytes: packed }))
  return doc
}

describe('heavy work', { timeout: 30_000 }, () => {
  it('C50 puts a document together in a thread, from nothing, from a packed state and from an older one', async () => {
    const heavy = heavyWork()
    const doc = sample()
    const [v2, first] = [Y.encodeStateAsUpdateV2(doc), Y.encodeStateAsUpdate(doc)]
    const updates = written(doc, ['three ', 'four '])
    const whole = await heavy.compact(null, [first, ...updates])
    expect(whole).toEqual(compactDocument(null, [first, ...updates]))
    expect(stateOf(unpacked(whole?.packed))).toBe(stateOf(doc))
    expect(whole?.sv).toEqual(Y.encodeStateVector(doc))
    expect(whole?.bytes).toBe(Y.encodeStateAsUpdate(doc).length)
    const seed = compactDocument(null, [first])
    const bases = [
      { v: 2, bytes: v2 },
      { v: 3, bytes: seed?.packed ?? new Uint8Array() },
    ] as const
    for (const base of bases) {
      expect(stateOf(unpacked((await heavy.compact(base, updates))?.packed))).toBe(stateOf(doc))
    }
    // What was handed over is still there.
    expect(first.length).toBeGreaterThan(0)
    expect(updates.every(({ length }) => length > 0)).toBe(true)
  })

  it('C50 refuses parts that do not make a whole document', async () => {
    const doc = sample()
    const first = Y.encodeStateAsUpdate(doc)
    const [one, two] = written(doc, ['three ', 'four '])
    if (!one || !two) throw new Error('nothing was written')
    const heavy = heavyWork()
    expect(await heavy.compact(null, [first, two])).toBeUndefined()
    expect(await heavy.compact({ v: 2, bytes: first }, [one])).toBeUndefined()
    expect(await heavy.compact({ v: 3, bytes: first }, [one])).toBeUndefined()
    expect(await heavy.compact(null, [first, Uint8Array.of(1, 2, 3)])).toBeUndefined()
    expect(await heavy.compact(null, [first, one, two])).toBeDefined()
  })

  it('C51 unpacks no more than a document may be', async () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(MAX_UNPACKED_BYTES + 1)))
    expect(bomb.length).toBeLessThan(100_000)
    expect(() => unpackNow({ v: 3, bytes: bomb })).toThrow()
    expect(compactDocument({ v: 3, bytes: bomb }, [])).toBeUndefined()
  })

  it('C50 ends a job that takes too long together with its thread; the next one has another', async () => {
    const heavy = heavyWork({ compactMs: 1_000 })
    const doc = sample()
    const state = Y.encodeStateAsUpdate(doc)
    const slow = slowUpdate(firstText(doc), 8_000)
    const [endless, next] = [heavy.compact(null, [state, slow]), heavy.compact(null, [state])]
    expect(await endless).toBeUndefined()
    expect(await next).toEqual(compactDocument(null, [state]))
  })

  it('C50 does rehearsals before compactions that wait, and what somebody waits for before others', async () => {
    const heavy = heavyWork()
    const doc = sample()
    const state = Y.encodeStateAsUpdate(doc)
    const order: string[] = []
    const note = (name: string) => () => order.push(name)
    // the thread is up: what waits for it long on a busy machine grows old, and comes first
    await heavy.compact(null, [state])
    await Promise.all([
      heavy.compact(null, [state]).then(note('running')),
      heavy.compact(null, [state]).then(note('compaction')),
      heavy.compact(null, [state], 'urgent').then(note('copy')),
      heavy.rehearse(state, state).then(note('rehearsal')),
    ])
    expect(order).toEqual(['running', 'rehearsal', 'copy', 'compaction'])
  })

  it('C50 has no thread before it is needed, when it is idle and when it is closed', async () => {
    const heavy = heavyWork({ idleMs: 50 })
    const state = Y.encodeStateAsUpdate(sample())
    expect(heavy.hasThread).toBe(false)
    const one = heavy.compact(null, [state])
    expect(heavy.hasThread).toBe(true)
    expect(await one).toBeDefined()
    await until('idle', () => !heavy.hasThread)
    const [two, three] = [heavy.compact(null, [state]), heavy.rehearse(state, state)]
    await heavy.close()
    expect([await two, await three, heavy.hasThread]).toEqual([undefined, 'restarting', false])
    expect(await heavy.rehearse(state, state)).toBe('restarting')
  })

  it('C50 answers when the thread breaks down; the next job has another', async () => {
    const heavy = heavyWork({ memoryMb: 40 })
    const state = Y.encodeStateAsUpdate(sample())
    const large = new Y.Doc()
    for (const word of ['a', 'b', 'c']) large.getMap('words').set(word, word.repeat(10_000_000))
    expect(await heavy.compact(null, [Y.encodeStateAsUpdate(large)])).toBeUndefined()
    expect(await heavy.compact(null, [state])).toEqual(compactDocument(null, [state]))
  })

  it('C50 answers when the thread cannot start', async () => {
    const heavy = heavyWork({ startMs: 0 })
    const state = Y.encodeStateAsUpdate(sample())
    const answers = [heavy.rehearse(state, state), heavy.compact(null, [state])]
    expect(await Promise.all(answers)).toEqual(['document_unavailable', undefined])
  })

  it('C56 lets an update pass that takes no longer than a frame may', async () => {
    const heavy = heavyWork()
    const doc = sample()
    const state = Y.encodeStateAsUpdate(doc)
    const updates = written(doc, ['three '])
    for (const update of updates.slice(0, 1)) expect(await heavy.rehearse(state, update)).toBeNull()
    // What is known already, or builds upon what is not here, is the room's to judge.
    expect(await heavy.rehearse(state, state)).toBeNull()
    expect(await heavy.rehearse(state, updates[2] ?? state)).toBeNull()
  })

  it('C56 gives the reason of what no document may take', async () => {
    const heavy = heavyWork()
    const doc = sample()
    const state = Y.encodeStateAsUpdate(doc)
    expect(await heavy.rehearse(state, Uint8Array.of(1, 2, 3))).toBe('malformed_frame')
    const copy = new Y.Doc()
    Y.applyUpdate(copy, state)
    const [update] = writtenBy(copy, () => {
      copy.getXmlFragment('body:en').insert(0, [new Y.XmlElement('script')])
    })
    expect(await heavy.rehearse(state, update ?? state)).toBe('document_rules')
  })

  it('C56 refuses what takes too long', async () => {
    const heavy = heavyWork({ rehearseMs: 20_000 })
    const doc = sample()
    const state = Y.encodeStateAsUpdate(doc)
    const slow = slowUpdate(firstText(doc), 1_500)
    expect(rehearseUpdate(state, slow)).toBe('frame_policy')
    expect(await heavy.rehearse(state, slow)).toBe('frame_policy')
  })

  it('C56 lets what does not end be tried once more', async () => {
    const heavy = heavyWork({ rehearseMs: 1_000 })
    const doc = sample()
    const state = Y.encodeStateAsUpdate(doc)
    const [one, other] = [slowUpdate(firstText(doc), 12_000), slowUpdate(firstText(doc), 12_001)]
    expect(await heavy.rehearse(state, one)).toBe('document_unavailable')
    expect(await heavy.rehearse(state, other)).toBe('document_unavailable')
    expect(await heavy.rehearse(state, one)).toBe('frame_policy')
    // It did not take the next one with it.
    const [update] = written(doc, ['three '])
    expect(await heavy.rehearse(state, update ?? state)).toBeNull()
  })
})

function writtenBy(doc: Y.Doc, change: () => void): Uint8Array[] {
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  change()
  return updates
}
