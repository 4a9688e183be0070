import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import { AppError } from '../../shared/errors'
import {
  acked,
  createCollabWorld,
  firstText,
  heardOf,
  rawWithDoc,
  textOf,
  until,
} from '../fixtures/collab'

const world = await createCollabWorld({ timings: { settleMs: 50 } })

describe('live documents', () => {
  it('C1 brings stock clients to the same text', async () => {
    const at = await world.room()
    const a = world.join(at, world.person())
    const b = world.join(at, world.person())
    await until('both have the seed', () => a.text() === 'Hello' && b.text() === 'Hello')
    firstText(a.doc).insert(5, ' from A')
    firstText(b.doc).insert(0, 'B: ')
    firstText(a.doc, 'ru').insert(6, '!')
    await until('converged', () => a.text() === 'B: Hello from A' && b.text() === a.text())
    await until('the other language too', () => b.text('ru') === 'Привет!')
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('B: Hello from A')
  })

  it('C1 takes what a stock client wrote while it was away', async () => {
    const at = await world.room()
    const a = world.join(at, world.person())
    await until('in', () => a.provider.synced)
    a.provider.disconnect()
    firstText(a.doc).insert(5, ' offline')
    const b = world.join(at, world.person())
    await until('b in', () => b.provider.synced)
    firstText(b.doc).insert(0, 'Online: ')
    a.provider.connect()
    const both = 'Online: Hello offline'
    await until('converged', () => a.text() === both && b.text() === both)
  })

  it('C5 acknowledges a step 2 that adds nothing at once', async () => {
    const at = await world.room()
    const { seq } = { seq: world.collab.stats().rows }
    const client = await rawWithDoc(world, at, world.person())
    client.send(Y.encodeStateAsUpdate(client.doc), 1)
    await until('acknowledged', () => acked(client) === 1)
    expect(world.collab.stats().rows).toBe(seq)
  })

  it('C6 gives a newcomer the whole committed state, and after it every batch once', async () => {
    const at = await world.room()
    const writer = await rawWithDoc(world, at, world.person())
    for (let i = 0; i < 20; i++) {
      writer.send(writer.change(() => firstText(writer.doc).insert(0, `${i} `)))
    }
    const reader = await rawWithDoc(world, at, world.person('read'))
    await until('all stored', () => acked(writer) === 20)
    await until('all shown', () => {
      for (const { payload } of heardOf(reader, 'update')) Y.applyUpdate(reader.doc, payload)
      return textOf(reader.doc) === textOf(writer.doc)
    })
    expect(reader.doc.store.pendingStructs).toBeNull()
    expect(heardOf(writer, 'update')).toEqual([])
  })

  it('C33 gives the later of two blocks with one uid a new one', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    client.send(
      client.change((doc) => {
        const twin = new Y.XmlElement('paragraph')
        twin.setAttribute('uid', 'u1')
        twin.setAttribute('unit', 'other')
        twin.push([new Y.XmlText('twin')])
        doc.getXmlFragment(BODY_ROOT.en).push([twin])
      }),
    )
    await until('stored', () => acked(client) === 1)
    const [first, second] = (await world.collab.live.read(at)).blocks.en
    expect(first?.uid).toBe('u1')
    expect(second?.text).toBe('twin')
    expect(second?.uid).not.toBe('u1')
    await until('shown', () => heardOf(client, 'update').length > 0)
  })

  it('C34 commits an edit of the server before it answers, and shows it', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person('read'))
    const answer = await world.collab.live.edit(at, (doc) => {
      doc.getMap('ledger').set('u1|en>ru', { state: 'reviewed' })
      return 'done'
    })
    expect(answer).toBe('done')
    const stored = await createCollabWorld({ uri: world.uri })
    stored.rooms.set(at.room, at)
    const copy = await rawWithDoc(stored, at, stored.person('read'))
    expect(copy.doc.getMap('ledger').has('u1|en>ru')).toBe(true)
    await until('shown', () => heardOf(client, 'update').length === 1)
  })

  it('C34 writes nothing of an edit that throws', async () => {
    const at = await world.room()
    const refused = world.collab.live.edit(at, () => {
      throw new AppError('text_moved')
    })
    await expect(refused).rejects.toMatchObject({ code: 'text_moved' })
    const halfway = world.collab.live.edit(at, (doc) => {
      firstText(doc).insert(0, 'half ')
      throw new AppError('text_moved')
    })
    await expect(halfway).rejects.toMatchObject({ code: 'text_moved' })
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('Hello')
  })

  it('C35 reads only what is committed', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const rows = world.collab.stats().rows
    client.send(client.change(() => firstText(client.doc).insert(0, 'new ')))
    await until('read', async () => {
      const [block] = (await world.collab.live.read(at)).blocks.en
      if (block?.text === 'new Hello') expect(world.collab.stats().rows).toBeGreaterThan(rows)
      return block?.text === 'new Hello'
    })
  })

  it('C38 tells the services what the document says now and who changed it', async () => {
    const at = await world.room()
    const who = world.person()
    const client = await rawWithDoc(world, at, who)
    for (let i = 0; i < 10; i++) {
      client.send(client.change(() => firstText(client.doc).insert(0, '.')))
    }
    const told = () => world.settled.filter(({ at: { room } }) => room === at.room)
    await until('told', () => told().at(-1)?.content.blocks.en[0]?.text === '..........Hello')
    expect(told().length).toBeLessThan(4)
    expect(told().at(-1)?.by).toBe(who.userId)
  })
})
