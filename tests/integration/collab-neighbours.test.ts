import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  acked,
  firstText,
  frame,
  heardOf,
  logOf,
  rawWithDoc,
  textOf,
  until,
} from '../fixtures/collab'
import { createTestRelays } from '../fixtures/test-relay'
import { createDatabaseOfWorlds } from '../fixtures/two-worlds'

type Client = Awaited<ReturnType<typeof rawWithDoc>>

/** What a client has heard, applied to its document. */
function catchUp(client: Client): string {
  for (const { payload } of heardOf(client, 'update')) Y.applyUpdate(client.doc, payload)
  return textOf(client.doc)
}

async function write(client: Client, words: readonly string[]): Promise<void> {
  for (const word of words) {
    const before = acked(client)
    catchUp(client)
    client.send(client.change(() => firstText(client.doc).insert(0, word)))
    await until('acknowledged', () => acked(client) > before)
  }
}

const words = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `|${name}${i}|`)

async function expectAll(clients: readonly Client[], all: readonly string[]): Promise<void> {
  for (const client of clients) {
    await until(
      'everything came',
      () => all.every((word) => catchUp(client).includes(word)),
      10_000,
    )
    expect(client.doc.store.pendingStructs).toBeNull()
  }
  const [first, ...others] = clients.map(({ doc }) => Y.encodeSnapshot(Y.snapshot(doc)))
  for (const other of others) expect(Buffer.from(other).equals(first ?? Buffer.alloc(0))).toBe(true)
}

describe('several processes', () => {
  it.each([
    ['in order', (m: unknown, pass: (m: never) => void) => pass(m as never)],
    [
      'twice',
      (m: unknown, pass: (m: never) => void) => {
        pass(m as never)
        pass(m as never)
      },
    ],
    [
      'in any order',
      (m: unknown, pass: (m: never) => void) =>
        void setTimeout(() => pass(m as never), Math.random() * 30),
    ],
    [
      'one in three',
      (m: unknown, pass: (m: never) => void) => {
        if (Math.random() < 0.33) pass(m as never)
      },
    ],
    ['never', () => {}],
  ])('C70 show what another one stored, when its rows are told %s', async (_how, treat) => {
    const relays = createTestRelays()
    relays.treat(treat)
    const [one, two] = await createDatabaseOfWorlds(relays, { lookMs: 200 })
    const at = await one.room()
    two.rooms.set(at.room, at)
    const a = await rawWithDoc(one, at, one.person())
    const b = await rawWithDoc(two, at, two.person())
    await Promise.all([write(a, words('a', 12)), write(b, words('b', 12))])
    await expectAll([a, b], [...words('a', 12), ...words('b', 12)])
    const seqs = (await logOf(one, at)).map(({ _id }) => _id.seq)
    expect(seqs).toEqual(seqs.map((_, i) => i + 1))
  })

  it('C70 read from the log what was lost, as soon as the next row is told', async () => {
    const relays = createTestRelays()
    let rows = 0
    relays.treat((message, pass) => {
      if (message.kind !== 'row' || ++rows !== 2) pass(message)
    })
    const [one, two] = await createDatabaseOfWorlds(relays, { lookMs: 60_000 })
    const at = await one.room()
    two.rooms.set(at.room, at)
    const a = await rawWithDoc(one, at, one.person())
    const b = await rawWithDoc(two, at, two.person())
    await write(a, words('a', 5))
    await expectAll([b], words('a', 5))
  })

  it('C71 find in the log what nobody told of, also without a relay', async () => {
    const [one, two] = await createDatabaseOfWorlds(null, { lookMs: 40 })
    const at = await one.room()
    two.rooms.set(at.room, at)
    const a = await rawWithDoc(one, at, one.person())
    const b = await rawWithDoc(two, at, two.person())
    await write(a, ['|only here|'])
    await expectAll([b], ['|only here|'])
  })

  it('C72 show who is in the room elsewhere, until they leave or their process is gone', async () => {
    const relays = createTestRelays()
    const [one, two] = await createDatabaseOfWorlds(relays, {
      presenceMs: 10,
      repeatMs: 50,
      goneMs: 400,
    })
    const at = await one.room()
    two.rooms.set(at.room, at)
    const anna = one.person()
    const a = await rawWithDoc(one, at, anna)
    const b = await rawWithDoc(two, at, two.person())
    const state = JSON.stringify({ cursor: 1, user: { name: 'forged' } })
    a.socket.send(frame.awareness({ client: a.doc.clientID, clock: 1, state }))
    const stateAt = (client: Client) =>
      heardOf(client, 'awareness')
        .flatMap(({ entries }) => entries)
        .findLast((entry) => entry.client === a.doc.clientID)?.state
    await until('seen elsewhere', () => Boolean(stateAt(b)))
    expect(stateAt(b)?.user).toEqual({
      userId: anna.userId,
      name: 'Анна',
      initials: 'А',
      tone: 'a',
    })
    // a newcomer sees who has been there for long
    const late = await rawWithDoc(two, at, two.person())
    await until('seen by a newcomer', () => Boolean(stateAt(late)))
    // the relay falls silent, as when the process was killed
    relays.treat(() => {})
    await until('gone', () => stateAt(b) === null)
    relays.treat((message, pass) => pass(message))
    await until('seen again', () => Boolean(stateAt(b)))
    a.socket.close()
    await until('left', () => stateAt(b) === null)
  })

  it('C73 read a document again that differs from another one after the same row', async () => {
    const relays = createTestRelays()
    const [one, two] = await createDatabaseOfWorlds(relays, { compareMs: 50 })
    const at = await one.room()
    two.rooms.set(at.room, at)
    const a = await rawWithDoc(one, at, one.person())
    const b = await rawWithDoc(two, at, two.person())
    await write(a, ['|before|'])
    await expectAll([b], ['|before|'])
    relays.treat((message, pass) => {
      pass(message.kind === 'hash' ? { ...message, hash: 'another' } : message)
    })
    await write(a, ['|again|'])
    await until('read again', () => b.closed() !== undefined || a.closed() !== undefined)
    relays.treat((message, pass) => pass(message))
    const fresh = await rawWithDoc(two, at, two.person())
    expect(textOf(fresh.doc)).toContain('|again|')
  })
})
