import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate, isHeavy, type Verdict } from '../../server/collab/check'
import { decodeStateVector, decodeUpdate } from '../../server/collab/decode'
import { awarenessFrame, readFrame, updateFrame } from '../../server/collab/frames'
import { HEAVY_DELETES, HEAVY_STRUCTS, MAX_STATE_ENTRIES } from '../../server/collab/limits'
import { Presence, type Present } from '../../server/collab/presence'
import { Refusal } from '../../server/collab/refusal'
import { BODY_ROOT } from '../../shared/editor/content'
import { bilingual, list, p, replicaOf, table } from '../fixtures/bilingual'
import { firstText, frame } from '../fixtures/collab'
import { createDice, fingerprint } from '../fixtures/collab-editor'
import { hostileFrames } from '../fixtures/hostile-frames'
import { runs } from '../setup/runs'

/** What it gives, or that it was refused; any other error is a failure. */
function orRefused<T>(read: () => T): T | 'refused' {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return 'refused'
    throw error
  }
}

/** The bytes inside a larger buffer, with something else before and behind them. */
function embedded(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length + 64).fill(1)
  larger.set(bytes, 32)
  return larger.subarray(32, 32 + bytes.length)
}

const payload = fc.uint8Array({ maxLength: 300 })
const message = fc.oneof(
  fc.tuple(fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>, payload).map(([step, bytes]) => ({
    kind: (['step1', 'step2', 'update'] as const)[step],
    payload: bytes,
    bytes: frame.sync(step, bytes),
  })),
  fc.constant({
    kind: 'query-awareness' as const,
    payload: new Uint8Array(),
    bytes: Uint8Array.of(3),
  }),
)

describe('the wire', () => {
  it('C63 reads back every message, and refuses every other length of it', () => {
    fc.assert(
      fc.property(message, payload, ({ kind, payload, bytes }, more) => {
        const read = readFrame(bytes)
        expect(read.kind).toBe(kind)
        if (read.kind === 'step1') expect(read.vector).toEqual(payload)
        else if (read.kind !== 'query-awareness') expect(read.update).toEqual(payload)
        for (let length = 0; length < bytes.length; length++) {
          expect(orRefused(() => readFrame(bytes.slice(0, length)))).toBe('refused')
        }
        if (more.length > 0) {
          expect(orRefused(() => readFrame(Uint8Array.of(...bytes, ...more)))).toBe('refused')
        }
      }),
      runs(1_000),
    )
  })

  it('C63 reads arbitrary bytes or refuses them, and the same within a larger buffer', () => {
    const doc = bilingual([p('a', 'One'), list([p('b', 'Two')])])
    const whole = Y.encodeStateAsUpdate(doc)
    const bent = fc
      .tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length))
      .map(([at, byte, length]) => {
        const copy = whole.slice()
        copy[at] = byte
        return copy.subarray(0, length)
      })
    fc.assert(
      fc.property(fc.oneof(payload, bent, bent.map(updateFrame)), (bytes) => {
        for (const read of [
          (given: Uint8Array) => readFrame(given),
          (given: Uint8Array) => decodeUpdate(given),
          (given: Uint8Array) => decodeStateVector(given, MAX_STATE_ENTRIES),
        ]) {
          const alone = orRefused(() => read(bytes.slice()))
          expect(orRefused(() => read(embedded(bytes)))).toEqual(alone)
        }
      }),
      runs(5_000),
    )
  })

  it('C63 reads every state vector as Yjs does', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2 ** 31 - 1)), {
      selector: ([client]) => client,
      maxLength: 50,
    })
    fc.assert(
      fc.property(entries, (list) => {
        const bytes = encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, list.length)
          for (const n of list.flat()) encoding.writeVarUint(encoder, n)
        })
        expect(decodeStateVector(bytes, MAX_STATE_ENTRIES)).toEqual(Y.decodeStateVector(bytes))
      }),
      runs(1_000),
    )
  })

  it('C63 takes presence or refuses it, and shows what it took as JSON that can be read', () => {
    const state = fc.oneof(
      fc.json({ maxDepth: 20 }),
      fc.string(),
      fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
    )
    const entry = fc.record({ client: fc.nat(9), clock: fc.nat(99), state })
    const update = fc.oneof(
      payload,
      fc.array(entry, { maxLength: 4 }).map((entries) => {
        const read = readFrame(awarenessFrame(entries))
        return read.kind === 'awareness' ? read.update : new Uint8Array()
      }),
    )
    fc.assert(
      fc.property(fc.array(update, { maxLength: 5 }), (updates) => {
        const presence = new Presence(1_000_000, () => undefined)
        for (const bytes of updates) orRefused(() => presence.take(somebody, bytes))
        const shown = presence.frame()
        presence.destroy()
        if (!shown) return
        const read = readFrame(shown)
        expect(read.kind).toBe('awareness')
      }),
      runs(1_000),
    )
  })
})

const somebody: Present = {
  user: 'u',
  identity: () => ({ userId: 'u', name: 'Анна', initials: 'А', tone: 'a' }),
  mayPoint: () => true,
  joined: false,
  write: () => {},
}

function verdictOf(bytes: Uint8Array, doc: Y.Doc): Verdict | 'refused' {
  return orRefused(() => {
    const update = decodeUpdate(bytes)
    const author = { user: 'u', write: true, ownerOf: () => undefined }
    return update ? checkUpdate(update, doc, author) : { kind: 'gap' }
  })
}

const everything = () =>
  bilingual([
    p('a', 'One and more'),
    list([p('b', 'Two')], [p('c', 'Three')]),
    table([p('d', 'Four')]),
  ])

describe('checking against what Yjs does', () => {
  it('C64 says of every update what applying it will do', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const dice = createDice(seed)
        const server = everything()
        const others = [replicaOf(server), replicaOf(server)]
        for (let round = 0; round < 6; round++) {
          const writer = dice.pick([others[0] ?? server, others[1] ?? server])
          const frames = hostileFrames(dice, writer, [server.clientID])
          const updates = frames.slice(0, 5).flatMap((bytes) => {
            const read = orRefused(() => readFrame(bytes))
            return read !== 'refused' && (read.kind === 'update' || read.kind === 'step2')
              ? [read.update]
              : []
          })
          const whole = Y.encodeStateAsUpdate(writer, Y.encodeStateVector(server))
          for (const update of [...updates, whole]) compare(update, server)
        }
      }),
      runs(160),
    )
  })

  it('C64 takes no bytes that Yjs cannot read', () => {
    const doc = everything()
    const whole = Y.encodeStateAsUpdate(doc)
    const bent = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 3 })
    fc.assert(
      fc.property(bent, (bends) => {
        const copy = whole.slice()
        for (const [at, byte] of bends) copy[at] = byte
        const ours = orRefused(() => decodeUpdate(copy))
        if (ours === 'refused' || !ours) return
        const theirs = Y.decodeUpdate(copy)
        const structs = ours.groups.flatMap((group) => group.structs)
        expect(structs.map(({ client, clock, length }) => [client, clock, length])).toEqual(
          theirs.structs.map(({ id, length }) => [id.client, id.clock, length]),
        )
      }),
      runs(3_000),
    )
  })

  it('C65 tries on a copy what has many structs or deletions, not what people type', () => {
    const typed = everything()
    const author = { user: 'a', write: true, ownerOf: () => undefined }
    const judge = (change: (doc: Y.Doc) => void, doc = typed) => {
      const copy = replicaOf(doc)
      const before = Y.encodeStateVector(copy)
      copy.transact(() => change(copy))
      const decoded = decodeUpdate(Y.encodeStateAsUpdate(copy, before))
      return decoded && isHeavy(checkUpdate(decoded, doc, author), decoded)
    }
    expect(judge((doc) => firstText(doc).insert(0, 'a long paste '.repeat(500)))).toBe(false)
    expect(
      judge((doc) => {
        for (let i = 0; i < HEAVY_STRUCTS + 1; i++) firstText(doc).insert(0, 'x')
      }),
    ).toBe(true)
    const long = bilingual([p('a', 'ab'.repeat(2 * HEAVY_DELETES))])
    expect(
      judge((doc) => {
        for (let i = 0; i < HEAVY_DELETES + 1; i++) firstText(doc).delete(i, 1)
      }, long),
    ).toBe(true)
  })

  it('C66 refuses a frame that would have to pass too much at one place', () => {
    const doc = bilingual([p('a', 'One')])
    const busy = replicaOf(doc)
    const updates: Uint8Array[] = []
    // backwards, so that no letter joins another
    busy.transact(() => {
      for (let i = 0; i < 21_000; i++) firstText(busy).insert(1, 'x')
    })
    const late = replicaOf(doc)
    late.on('update', (update: Uint8Array) => updates.push(update))
    firstText(late).insert(1, 'between')
    expect(verdictOf(updates[0] ?? new Uint8Array(), doc)).toMatchObject({ kind: 'change' })
    expect(verdictOf(updates[0] ?? new Uint8Array(), busy)).toBe('refused')
    // whoever has heard of them writes on
    const { length } = updates
    Y.applyUpdate(late, Y.encodeStateAsUpdate(busy))
    firstText(late).insert(1, 'on')
    expect(verdictOf(updates.at(-1) ?? new Uint8Array(), busy)).toMatchObject({ kind: 'gap' })
    expect(updates.length).toBeGreaterThan(length)
  })
})

/** The verdict, and then what comes of it. */
function compare(update: Uint8Array, server: Y.Doc): void {
  const verdict = verdictOf(update, server)
  if (verdict === 'refused' || verdict.kind === 'gap') return
  // what is known is never integrated again: Yjs would wait for what its repetition pretends to need
  const fresh = Y.diffUpdate(update, Y.encodeStateVector(server))
  const before = contentOf(server)
  Y.applyUpdate(server, verdict.kind === 'change' && !verdict.overlaps ? update : fresh)
  expect(server.store.pendingStructs).toBeNull()
  expect(server.store.pendingDs).toBeNull()
  if (verdict.kind === 'nothing') expect(contentOf(server)).toBe(before)
  else expect(contentOf(server)).not.toBe(before)
}

const contentOf = (doc: Y.Doc) => fingerprint(doc) + doc.getXmlFragment(BODY_ROOT.en).toString()
