import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openStore } from '../../server/collab/persistence'
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
import { runs } from '../setup/runs'

const world = await createCollabWorld()

/** Sends one change and expects it to be refused, stored nowhere and shown to nobody. */
function expectRefused(code: number, edit: (doc: Y.Doc) => unknown): Promise<void> {
  return expectBytesRefused(code, ({ change }) => change(edit))
}

async function expectBytesRefused(
  code: number,
  attack: (client: Awaited<ReturnType<typeof rawWithDoc>>) => Uint8Array,
): Promise<void> {
  const at = await world.room()
  const before = await stateOf(world, at)
  const client = await rawWithDoc(world, at, world.person())
  client.send(attack(client))
  await until(`closed with ${code}`, () => client.closed() !== undefined)
  expect(client.closed()?.code).toBe(code)
  expect(await stateOf(world, at)).toBe(before)
  expect(acked(client)).toBe(0)
}

const body = (doc: Y.Doc) => doc.getXmlFragment(BODY_ROOT.en)
const firstBlock = (doc: Y.Doc) => {
  const [block] = body(doc).toArray()
  if (!(block instanceof Y.XmlElement)) throw new Error('no block')
  return block
}

describe('frames', () => {
  it('C12 refuses a frame that writes the ledger', async () => {
    await expectRefused(4403, (doc) => doc.getMap('ledger').set('u1|en>ru', { state: 'reviewed' }))
    await expectRefused(4403, (doc) => doc.getMap('meta').set('schemaVersion', 99))
    await expectRefused(4403, (doc) => doc.getMap('meta').delete('schemaVersion'))
  })

  it('C13 refuses a frame that writes another root', async () => {
    await expectRefused(1008, (doc) => doc.getMap('notes').set('a', 1))
    await expectRefused(1008, (doc) =>
      doc.getXmlFragment('body:fr').push([new Y.XmlElement('paragraph')]),
    )
    await expectRefused(1008, (doc) => doc.getText('__proto__').insert(0, 'x'))
  })

  it.each<[string, (doc: Y.Doc) => void]>([
    ['an unknown node', (doc) => body(doc).push([new Y.XmlElement('script')])],
    ['a text node as an element', (doc) => body(doc).push([new Y.XmlElement('text')])],
    ['a node in the wrong place', (doc) => firstBlock(doc).push([new Y.XmlElement('table')])],
    ['text outside a block', (doc) => body(doc).push([new Y.XmlText('loose')])],
    ['an unknown attribute', (doc) => firstBlock(doc).setAttribute('onclick', 'x')],
    ['a forbidden attribute value', (doc) => firstBlock(doc).setAttribute('uid', 'a b<c>')],
    ['a value that is no string', (doc) => firstBlock(doc).setAttribute('unit', { a: 1 } as never)],
    ['an unknown mark', (doc) => firstText(doc).format(0, 2, { highlight: {} })],
    [
      'a mark with an unknown attribute',
      (doc) => firstText(doc).format(0, 2, { bold: { style: 'x' } }),
    ],
    [
      'an embed in text',
      (doc) => firstText(doc).insertEmbed(0, { image: 'http://169.254.169.254/' }),
    ],
    ['a map in a body', (doc) => body(doc).push([new Y.Map() as never])],
    ['an attribute of a text', (doc) => firstText(doc).setAttribute('uid', 'u')],
  ])('C14 refuses %s', async (_what, attack) => {
    await expectRefused(4422, attack)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:x',
    '\tjavascript:x',
    'data:text/html,x',
    '//evil',
    'file:///etc',
  ])('C15 refuses a link to %j', async (href) => {
    await expectRefused(4422, (doc) => firstText(doc).format(0, 2, { link: { href } }))
  })

  it('C15 takes a link to https', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const link = {
      href: 'https://who.int/',
      target: null,
      rel: 'noopener',
      class: null,
      title: null,
    }
    client.send(client.change((doc) => firstText(doc).format(0, 2, { link })))
    await until('acknowledged', () => acked(client) === 1)
  })

  it('C16 answers a gap with its own step 1 and acknowledges only after the step 2', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    client.change((doc) => firstText(doc).insert(0, 'lost '))
    client.send(client.change((doc) => firstText(doc).insert(0, 'kept ')))
    await until('asked for everything', () => heardOf(client, 'step1').length === 2)
    // This one builds upon nothing that is missing, but to acknowledge it would be to acknowledge the gap.
    client.send(client.change((doc) => firstText(doc).delete(10, 5)))
    client.socket.send(frame.sync(0, Y.encodeStateVector(client.doc)))
    await until('everything was read', () => heardOf(client, 'step2').length === 2)
    expect(acked(client)).toBe(0)
    client.send(Y.encodeStateAsUpdate(client.doc, heardOf(client, 'step1')[1]?.payload), 1)
    await until('all acknowledged', () => acked(client) === 3)
    expect(heardOf(client, 'step1')).toHaveLength(2)
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('kept lost ')
  })

  it('C16 ends a socket that sends gap after gap', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    for (let i = 0; i < 4; i++) {
      client.change((doc) => firstText(doc).insert(0, 'a'))
      client.send(
        client.change((doc) => firstText(doc).insert(0, 'b')),
        1,
      )
    }
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4409)
  })

  it('C17 refuses structs under a client id of another user', async () => {
    const at = await world.room()
    const victim = await rawWithDoc(world, at, world.person())
    victim.send(victim.change((doc) => firstText(doc).insert(0, 'mine ')))
    await until('the victim wrote', () => acked(victim) === 1)
    const thief = await rawWithDoc(world, at, world.person())
    thief.doc.clientID = victim.doc.clientID
    thief.send(thief.change((doc) => firstText(doc).insert(0, 'forged ')))
    await until('closed', () => thief.closed() !== undefined)
    expect(thief.closed()?.code).toBe(1008)
    victim.send(victim.change((doc) => firstText(doc).insert(0, 'still ')))
    await until('the victim writes on', () => acked(victim) === 2)
    const content = await world.collab.live.read(at)
    expect(content.blocks.en[0]?.text).toBe('still mine Hello')
  })

  it('C17 refuses structs under the server’s own client ids', async () => {
    await expectRefused(1008, (doc) => {
      doc.clientID = 1 // what first contents are written by
      firstText(doc).insert(0, 'forged')
    })
  })

  it('C17 keeps client ids bound after the room left memory', async () => {
    const own = await createCollabWorld({ timings: { idleMs: 30 } })
    const at = await own.room()
    const victim = await rawWithDoc(own, at, own.person())
    victim.send(victim.change((doc) => firstText(doc).insert(0, 'mine ')))
    await until('the victim wrote', () => acked(victim) === 1)
    victim.socket.close()
    await until('the room left memory', () => own.collab.stats().rooms === 0)
    // From the snapshot on, the rows that name the client are not read any more.
    const { snapshots } = openStore(own.db)
    await until('compacted', async () => (await snapshots.countDocuments()) === 1, 15_000)
    const thief = await rawWithDoc(own, at, own.person())
    thief.doc.clientID = victim.doc.clientID
    thief.send(thief.change((doc) => firstText(doc).insert(0, 'forged ')))
    await until('closed', () => thief.closed() !== undefined)
    expect(thief.closed()?.code).toBe(1008)
  })

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['bytes after the end', (bytes) => new Uint8Array([...bytes, 0])],
    ['an update cut short', (bytes) => bytes.slice(0, -2)],
    ['random bytes', () => new Uint8Array([9, 9, 9, 9])],
    ['a count that nothing follows', () => new Uint8Array([255, 255, 255, 255, 15])],
    ['an endless number', () => new Uint8Array(20).fill(255)],
  ])('C18 refuses %s', async (_what, spoil) => {
    await expectBytesRefused(1007, ({ doc, change }) => {
      change(() => firstText(doc).insert(0, 'x'))
      return spoil(Y.encodeStateAsUpdate(doc))
    })
  })

  it('C18 refuses messages that are not exactly one', async () => {
    const at = await world.room()
    const good = frame.sync(0, Y.encodeStateVector(new Y.Doc()))
    for (const bytes of [
      new Uint8Array(),
      new Uint8Array([...good, ...good]),
      new Uint8Array([0, 3, 0]),
      new Uint8Array([0, 2, 255, 255, 255, 127]),
    ]) {
      const client = await world.raw(at, world.person())
      client.socket.send(bytes)
      await until('closed', () => client.closed() !== undefined)
      expect(client.closed()?.code).toBe(1007)
    }
  })

  it('C18 stays alive and unchanged under arbitrary bytes', { timeout: 60_000 }, async () => {
    const at = await world.room()
    const before = await stateOf(world, at)
    const valid = Y.encodeStateAsUpdate(changed())
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 100 }).map((payload) => frame.sync(2, payload)),
      fc.uint8Array({ maxLength: 100 }).map((payload) => frame.sync(0, payload)),
      fc.tuple(fc.nat(valid.length - 1), fc.nat(255)).map(([at, byte]) => {
        const bent = valid.slice()
        bent[at] = byte
        return frame.sync(2, bent)
      }),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const client = await world.raw(at, world.person('read'))
        client.socket.send(sent)
        client.socket.close()
        await until('gone', () => client.closed() !== undefined)
      }),
      runs(300),
    )
    expect(await stateOf(world, at)).toBe(before)
  })

  it('C19 refuses what is nested too deep', async () => {
    await expectBytesRefused(1008, () =>
      forgedAttribute((encoder) => {
        for (let i = 0; i < 5_000; i++) {
          encoding.writeUint8(encoder, 117)
          encoding.writeVarUint(encoder, 1)
        }
        encoding.writeUint8(encoder, 126)
      }),
    )
    await expectRefused(1008, (doc) => {
      let list = new Y.XmlElement('bulletList')
      body(doc).push([list])
      for (let i = 0; i < 40; i++) {
        const item = new Y.XmlElement('listItem')
        list.push([item])
        list = new Y.XmlElement('bulletList')
        item.push([list])
      }
    })
  })

  it('C19 refuses ids and clocks out of range', async () => {
    await expectRefused(1008, (doc) => {
      doc.clientID = 2 ** 40
      firstText(doc).insert(0, 'x')
    })
    await expectBytesRefused(1008, () => forged(7, 2 ** 31))
  })

  it('C20 refuses sub-documents', async () => {
    await expectRefused(1008, (doc) => {
      firstBlock(doc).setAttribute('uid', new Y.Doc() as never)
    })
  })

  it('C31 says which update was refused, after it has stored the ones before', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change((doc) => firstText(doc).insert(0, 'good ')))
    client.send(client.change((doc) => doc.getMap('ledger').set('x', 1)))
    client.send(client.change((doc) => firstText(doc).insert(0, 'late ')))
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()).toEqual({ code: 4403, reason: 'forbidden' })
    expect(acked(client)).toBe(1)
    expect(heardOf(client, 'refused')).toEqual([{ kind: 'refused', frame: 2, code: 'forbidden' }])
    expect(heardOf(client, 'denied')).toEqual([{ kind: 'denied', code: 'forbidden' }])
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('good Hello')
  })

  it('C31 tells stock clients by the auth message alone', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person(), '')
    client.send(client.change((doc) => doc.getMap('ledger').set('x', 1)))
    await until('closed', () => client.closed() !== undefined)
    expect(heardOf(client, 'refused')).toEqual([])
    expect(heardOf(client, 'denied')).toEqual([{ kind: 'denied', code: 'forbidden' }])
  })
})

function changed(): Y.Doc {
  const doc = new Y.Doc()
  body(doc).push([new Y.XmlElement('paragraph')])
  firstBlock(doc).push([new Y.XmlText('some text')])
  return doc
}

/** An update of one struct: a paragraph's attribute whose value the caller writes. */
function forgedAttribute(writeValue: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    for (const n of [1, 1, 77, 0]) encoding.writeVarUint(encoder, n)
    encoding.writeUint8(encoder, 8 | 32)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'body:en')
    encoding.writeVarString(encoder, 'uid')
    encoding.writeVarUint(encoder, 1)
    writeValue(encoder)
    encoding.writeVarUint(encoder, 0)
  })
}

/** An update that begins at any clock. */
function forged(client: number, clock: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const n of [1, 1, client, clock]) encoding.writeVarUint(encoder, n)
    encoding.writeUint8(encoder, 4)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'body:en')
    encoding.writeVarString(encoder, 'x')
    encoding.writeVarUint(encoder, 0)
  })
}
