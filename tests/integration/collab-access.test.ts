import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { SCHEMA_VERSION } from '../../shared/editor/content'
import {
  acked,
  createCollabWorld,
  firstText,
  heardOf,
  newId,
  type Raw,
  rawWithDoc,
  stateOf,
  until,
} from '../fixtures/collab'

const world = await createCollabWorld()

/** Says that access changed and waits until it has been heard: the bus is never in a hurry. */
async function announce(fact: { userId: string; partnershipId?: string }) {
  let isHeard = false
  const stop = world.bus.subscribe('access:changed', () => {
    isHeard = true
  })
  world.bus.publish('access:changed', fact)
  await until('heard', () => isHeard)
  stop()
}

describe('access to live documents', () => {
  it('C21 refuses a reader’s change and leaves the document as it was', async () => {
    const at = await world.room()
    const before = await stateOf(world, at)
    const edits: ((doc: Y.Doc) => unknown)[] = [
      (doc) => firstText(doc).insert(0, 'x'),
      (doc) => firstText(doc).delete(0, 1),
      (doc) => firstText(doc).format(0, 2, { bold: {} }),
    ]
    for (const edit of edits) {
      for (const step of [1, 2] as const) {
        const client = await rawWithDoc(world, at, world.person('read'))
        client.send(client.change(edit), step)
        await until('closed', () => client.closed() !== undefined)
        expect(client.closed()?.code).toBe(4403)
      }
    }
    expect(await stateOf(world, at)).toBe(before)
  })

  it('C21 tolerates a reader’s step 2 that adds nothing, deletions included', async () => {
    const at = await world.room()
    const writer = await rawWithDoc(world, at, world.person())
    writer.send(writer.change(() => firstText(writer.doc).delete(0, 2)))
    await until('stored', () => acked(writer) === 1)
    const reader = await rawWithDoc(world, at, world.person('read'))
    reader.send(Y.encodeStateAsUpdate(reader.doc), 1)
    await until('acknowledged', () => acked(reader) === 1)
    expect(reader.closed()).toBeUndefined()
  })

  it('C21 lets a stock reader in and keeps it in', async () => {
    const at = await world.room()
    const writer = world.join(at, world.person())
    const reader = world.join(at, world.person('read'))
    await until('in', () => reader.provider.synced && writer.provider.synced)
    firstText(writer.doc).format(0, 2, { bold: {} })
    firstText(writer.doc).format(0, 2, { bold: null })
    firstText(writer.doc).insert(0, 'for you ')
    await until('shown', () => reader.text() === 'for you Hello')
    expect(reader.provider.wsconnected).toBe(true)
  })

  it('C25 refuses before the upgrade who may not come in', async () => {
    const at = await world.room()
    expect((await world.raw(at, null)).status).toBe(401)
    expect((await world.raw(at, world.person('nothing'))).status).toBe(404)
    expect((await world.raw(newId(), world.person())).status).toBe(404)
    for (const id of [
      '__proto__',
      'ABCDEFABCDEFABCDEFABCDEF',
      '..%2f..',
      at.room.slice(1),
      `${at.room}/`,
    ]) {
      expect((await world.raw(id, world.person())).status, id).toBe(400)
    }
  })

  it('C25 answers unknown and foreign documents with the same bytes', async () => {
    const at = await world.room()
    const stranger = world.person('nothing')
    const answer = async (id: string) => {
      const { connect } = await import('node:net')
      const { hostname, port } = new URL(world.base)
      return new Promise<string>((resolve) => {
        const socket = connect(Number(port), hostname)
        let heard = ''
        socket.on('data', (bytes) => {
          heard += bytes
        })
        socket.on('close', () => resolve(heard))
        socket.write(
          `GET /collab/${id} HTTP/1.1\r\nHost: x\r\nCookie: as=${stranger.userId}\r\nConnection: Upgrade\r\n` +
            'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
        )
      })
    }
    const foreign = await answer(at.room)
    expect(foreign).toContain('404')
    expect(await answer(newId())).toBe(foreign)
  })

  it('C26 asks an older editor to reload', async () => {
    const at = await world.room()
    const old = await world.raw(at, world.person(), `?ack=1&v=${SCHEMA_VERSION - 1}`)
    await until('closed', () => old.closed() !== undefined)
    expect(old.closed()).toEqual({ code: 4426, reason: 'outdated_editor' })
    const current = await rawWithDoc(world, at, world.person(), `?ack=1&v=${SCHEMA_VERSION}`)
    expect(current.closed()).toBeUndefined()
  })

  it('C43 takes one person’s edits in nobody else’s session', async () => {
    const at = await world.room()
    const who = world.person()
    const foreign = await world.raw(at, who, `?ack=1&user=${newId()}`)
    await until('closed', () => foreign.closed() !== undefined)
    expect(foreign.closed()).toEqual({ code: 4401, reason: 'unauthenticated' })
    const own = await rawWithDoc(world, at, who, `?ack=1&user=${who.userId}`)
    expect(own.closed()).toBeUndefined()
  })

  it('C29 ends a person’s quietest socket when there are more than twenty', async () => {
    const at = await world.room()
    const who = world.person()
    const sockets: Raw[] = []
    for (let i = 0; i < 21; i++) sockets.push(await world.raw(at, who))
    await until('one ended', () => sockets.some((one) => one.closed() !== undefined))
    expect(sockets.flatMap((one) => one.closed() ?? [])).toEqual([
      { code: 4429, reason: 'too_many_requests' },
    ])
  })

  it('C30 ends the sockets of a withdrawn member within two seconds', async () => {
    const at = await world.room()
    const who = world.person()
    const client = await rawWithDoc(world, at, who)
    who.may = 'nothing'
    const since = performance.now()
    await announce({ userId: who.userId, partnershipId: at.partnership })
    client.send(client.change(() => firstText(client.doc).insert(0, 'too late ')))
    await until('closed', () => client.closed() !== undefined)
    expect(performance.now() - since).toBeLessThan(2_000)
    expect(client.closed()?.code).toBe(4410)
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('Hello')
  })

  it('C30 tells a member that the document is gone', async () => {
    const at = await world.room()
    const who = Object.assign(world.person(), { memberOf: at.partnership })
    const client = await rawWithDoc(world, at, who)
    world.rooms.delete(at.room)
    await announce({ userId: who.userId })
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4404)
  })

  it('C30 turns writing off and on again without ending the socket', async () => {
    const at = await world.room()
    const who = world.person()
    const client = await rawWithDoc(world, at, who)
    client.send(client.change(() => firstText(client.doc).insert(0, 'before ')))
    await until('stored', () => acked(client) === 1)
    who.may = 'read'
    await announce({ userId: who.userId })
    client.send(Y.encodeStateAsUpdate(client.doc), 1)
    await until('tolerated', () => acked(client) === 2)
    who.may = 'write'
    await announce({ userId: who.userId })
    client.send(client.change(() => firstText(client.doc).insert(0, 'again ')))
    await until('stored', () => acked(client) === 3)
    who.may = 'read'
    await announce({ userId: who.userId })
    client.send(client.change(() => firstText(client.doc).insert(0, 'after ')))
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4403)
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('again before Hello')
  })

  it('C30 ends the sockets of an ended session, and no others', async () => {
    const at = await world.room()
    const [who, other] = [world.person(), world.person()]
    const [mine, theirs] = [await rawWithDoc(world, at, who), await rawWithDoc(world, at, other)]
    world.bus.publish('session:ended', { sessionId: who.sessionId, userId: who.userId })
    await until('closed', () => mine.closed() !== undefined)
    expect(mine.closed()?.code).toBe(4401)
    expect(theirs.closed()).toBeUndefined()
  })

  it('C30 finds out by itself when nobody said that access changed', async () => {
    const own = await createCollabWorld({ timings: { recheckMs: 50, sweepMs: 20 } })
    const at = await own.room()
    const who = own.person()
    const client = await rawWithDoc(own, at, who)
    who.signedIn = false
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4401)
    expect(heardOf(client, 'denied')).toEqual([{ kind: 'denied', code: 'unauthenticated' }])
  })
})
