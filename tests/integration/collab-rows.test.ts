import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import {
  acked,
  createCollabWorld,
  firstText,
  frame,
  heardOf,
  rawWithDoc,
  stateOf,
  until,
} from '../fixtures/collab'
import { numbers } from '../fixtures/collab-editor'

/** Hostile messages one by one, by their row in the list of hostile inputs. */

const world = await createCollabWorld()
type Client = Awaited<ReturnType<typeof rawWithDoc>>

async function expectClosed(code: number, say: (client: Client) => Uint8Array): Promise<void> {
  const at = await world.room()
  const before = await stateOf(world, at)
  const client = await rawWithDoc(world, at, world.person())
  client.socket.send(say(client))
  await until(`closed with ${code}`, () => client.closed() !== undefined, 15_000)
  expect(client.closed()?.code).toBe(code)
  expect(await stateOf(world, at)).toBe(before)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
}

const text = (value: string) =>
  encoding.encode((encoder) => encoding.writeVarString(encoder, value))
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** An update of one struct at the end of the English body. */
function one(kind: number, content: Uint8Array, client = 77, clock = 0, sub?: string): Uint8Array {
  const info = Uint8Array.of(sub === undefined ? kind : kind | 32)
  const parent = joined(numbers(1), text(BODY_ROOT.en), sub === undefined ? numbers() : text(sub))
  const struct = joined(numbers(1, 1, client, clock), info, parent, content, numbers(0))
  return frame.sync(2, struct)
}

const nested = (depth: number) =>
  joined(
    numbers(1),
    ...Array.from({ length: depth }, () => Uint8Array.of(117, 1)),
    Uint8Array.of(126),
  )

/** A link whose value is written as it is. */
function link({ doc }: Client, json: Uint8Array): Uint8Array {
  const { client, clock } = firstText(doc)._start?.id ?? { client: 0, clock: 0 }
  const struct = joined(numbers(1, 1, 77, 0), Uint8Array.of(6 | 128), numbers(client, clock))
  return frame.sync(2, joined(struct, text('link'), json, numbers(0)))
}

describe('hostile messages', () => {
  it.each<[string, number, (client: Client) => Uint8Array]>([
    ['row 14: nothing', 1007, () => new Uint8Array()],
    ['row 20: a number that does not end', 1007, () => new Uint8Array(30).fill(128)],
    ['row 20: a number too large', 1007, () => new Uint8Array(20).fill(255)],
    ['row 22: an unknown kind of sync', 1007, () => numbers(0, 99, 0)],
    ['row 24: a state vector of 2^32 authors', 1007, () => frame.sync(0, numbers(2 ** 32))],
    ['row 24: one cut short', 1007, () => frame.sync(0, numbers(2, 1, 1))],
    ['row 24: one with an author twice', 1007, () => frame.sync(0, numbers(2, 7, 1, 7, 2))],
    ['row 27: a length of 2^31-1', 1007, () => numbers(0, 2, 2 ** 31 - 1)],
    ['row 27: a length of 2^53-1', 1007, () => numbers(0, 2, Number.MAX_SAFE_INTEGER)],
    ['row 28: 2^32 authors', 1007, () => frame.sync(2, numbers(2 ** 32))],
    ['row 28: 2^32 structs', 1008, () => frame.sync(2, numbers(1, 2 ** 32, 1, 0))],
    ['row 29: content of kind 11', 1007, () => one(11, numbers(1))],
    ['row 29: content of kind 31', 1007, () => one(31, numbers(1))],
    ['row 29: a type of kind 7', 1007, () => one(7, numbers(7))],
    ['row 29: a type of kind 300', 1007, () => one(7, numbers(300))],
    ['row 30: a client id of 2^32', 1008, () => one(4, text('x'), 2 ** 32)],
    ['row 30: a clock of 2^53-1', 1008, () => one(4, text('x'), 77, Number.MAX_SAFE_INTEGER)],
    [
      'row 30: something gone of length 2^31',
      1008,
      () => frame.sync(2, numbers(1, 1, 77, 0, 0, 2 ** 31, 0)),
    ],
    ['row 33: a value nested 500 deep', 1008, () => one(8, nested(500), 77, 0, 'uid')],
    ['row 33: a value nested 100,000 deep', 1008, () => one(8, nested(100_000), 77, 0, 'uid')],
    [
      'row 35: the key __proto__ in a value',
      1008,
      () =>
        one(
          8,
          joined(numbers(1), Uint8Array.of(118, 1), text('__proto__'), Uint8Array.of(126)),
          77,
          0,
          'uid',
        ),
    ],
    ['row 35: an attribute named constructor', 4422, () => one(8, nested(1), 77, 0, 'constructor')],
    ['row 36: a mark of broken JSON', 1007, (client) => link(client, text('{"href":'))],
    ['row 36: a mark that is nothing', 1007, (client) => link(client, text('undefined'))],
    [
      'row 37: text that is no UTF-8',
      1007,
      () => one(4, joined(numbers(2), Uint8Array.of(0xc0, 0x80))),
    ],
    [
      'row 39: a deletion of length 2^53-1',
      1008,
      () => frame.sync(2, numbers(0, 1, 1, 1, 0, Number.MAX_SAFE_INTEGER)),
    ],
    [
      'row 39: more deletions than a frame may have',
      1008,
      () => frame.sync(2, numbers(0, 1, 1, 100_001)),
    ],
    ['row 44: two messages in one', 1007, () => joined(numbers(3), numbers(3))],
    ['row 55: presence cut short', 1007, () => numbers(1, 3, 1, 5, 1)],
    ['row 55: 2^32 presences', 1008, () => numbers(1, 5, 2 ** 32 - 1).slice(0, 7)],
    ['row 55: presence that is not JSON', 1007, ({ doc }) => said(doc, 'undefined')],
    ['row 56: presence that is true', 1008, ({ doc }) => said(doc, 'true')],
    [
      'row 59: more presences than a stock client repeats',
      1008,
      ({ doc }) =>
        frame.awareness(
          ...Array.from({ length: 1_001 }, (_, i) => ({
            client: doc.clientID + i,
            clock: 1,
            state: '{}',
          })),
        ),
    ],
  ])('C67 refuses %s', async (_what, code, say) => {
    await expectClosed(code, say)
  })

  it('C67 answers row 23: a state vector of 2,000 authors nobody knows', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person('read'))
    const authors = Array.from({ length: 2_000 }, (_, i) => [i + 9, 1]).flat()
    client.socket.send(frame.sync(0, numbers(2_000, ...authors)))
    await until('answered', () => heardOf(client, 'step2').length === 2)
  })

  it.each<[string, Uint8Array]>([
    ['row 32: beside what is not there', Uint8Array.of(1, 1, 77, 0, 0x84, 99, 5, 1, 97, 0)],
    ['row 32: beside itself', Uint8Array.of(1, 1, 77, 0, 0x84, 77, 0, 1, 97, 0)],
    ['row 32: within itself', numbers(1, 1, 77, 0, 4, 0, 77, 0, 1, 97, 0)],
    ['row 39: a deletion of an author nobody knows', numbers(0, 1, 99, 1, 0, 3)],
  ])('C67 keeps nothing of %s, and asks for everything', async (_what, update) => {
    const at = await world.room()
    const before = await stateOf(world, at)
    const client = await rawWithDoc(world, at, world.person())
    client.send(update)
    await until('asked', () => heardOf(client, 'step1').length === 2)
    expect(acked(client)).toBe(0)
    expect(await stateOf(world, at)).toBe(before)
  })

  it('C67 takes row 43, version 2 of the encoding, for nothing that it is not', async () => {
    const at = await world.room()
    const before = await stateOf(world, at)
    const client = await rawWithDoc(world, at, world.person())
    client.change((doc) => firstText(doc).insert(0, 'x'))
    client.send(Y.encodeStateAsUpdateV2(client.doc))
    await until('refused', () => client.closed() !== undefined)
    expect([1007, 1008]).toContain(client.closed()?.code)
    expect(await stateOf(world, at)).toBe(before)
  })

  it('C67 ignores rows 42 and 45: what is known comes again, as it was or changed', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const words = ['one ', 'two ', 'three '].map((word) =>
      client.change((doc) => firstText(doc).insert(0, word)),
    )
    for (const update of words) client.send(update)
    await until('stored', () => acked(client) === 3)
    const before = await stateOf(world, at)
    for (const update of words) client.send(update)
    client.send(Uint8Array.from(words[0] ?? [], (byte) => (byte === 111 ? 112 : byte)))
    await until('acknowledged', () => acked(client) === 7)
    expect(await stateOf(world, at)).toBe(before)
  })

  it('C67 hands row 64, a caret at nothing, on to others as it is', async () => {
    const at = await world.room()
    const [liar, other] = [
      await rawWithDoc(world, at, world.person()),
      await rawWithDoc(world, at, world.person()),
    ]
    const cursor = { anchor: { item: { client: 1, clock: 2 ** 40 } }, head: { tname: 'none' } }
    liar.socket.send(said(liar.doc, JSON.stringify({ cursor })))
    await until('heard', () =>
      heardOf(other, 'awareness').some(({ entries }) => entries.some(({ state }) => state?.cursor)),
    )
    expect(other.closed()).toBeUndefined()
  })
})

const said = (doc: Y.Doc, state: string) =>
  frame.awareness({ client: doc.clientID, clock: 1, state })
