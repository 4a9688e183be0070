import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { ProtocolProvider, type Stop } from '../../app/features/editor/provider/protocol-provider'
import { SyncTracker } from '../../app/features/editor/provider/sync-status'
import { ERRORS } from '../../shared/errors'
import {
  FakeSocket,
  type FakeWorld,
  fakeWorld,
  settle,
  socket,
  textOf,
  write,
} from './provider-fakes'

const ROOM = '65a0000000000000000000aa'
const open: ProtocolProvider[] = []

afterEach(() => {
  for (const provider of open.splice(0)) {
    provider.destroy()
    provider.doc.destroy()
  }
})

function line(world: FakeWorld = fakeWorld(), caret = true) {
  const doc = new Y.Doc()
  const tracker = new SyncTracker(world.timers)
  const holder: { provider?: ProtocolProvider } = {}
  doc.on('update', (_update, origin) => {
    if (!holder.provider?.isServer(origin)) tracker.changed()
  })
  const provider = new ProtocolProvider({
    protocolId: ROOM,
    userId: 'me',
    doc,
    tracker,
    caret,
    world,
  })
  holder.provider = provider
  open.push(provider)
  const stops: Stop[] = []
  provider.on('stopped', (stop) => stops.push(stop))
  provider.connect()
  return { doc, tracker, provider, world, stops, key: () => tracker.getSnapshot().key }
}

const problem = (status: number, code: string) => async () =>
  new Response(JSON.stringify({ code }), { status })

describe('ProtocolProvider', () => {
  it('asks for acknowledgements and names its grammar', () => {
    line()
    expect(socket().url).toBe(`wss://twin.example/collab/${ROOM}?ack=1&v=1&user=me`)
  })

  it('is saved once its answer to the server’s state is committed', () => {
    const { key } = line()
    socket().openAndAsk()
    expect(socket().kinds.filter((kind) => kind.startsWith('step'))).toEqual(['step1', 'step2'])
    expect(key()).toBe('saving')
    socket().ack(1)
    expect(key()).toBe('saved')
  })

  it('counts answers and updates from one again on every connection', () => {
    const { doc, tracker, world, key } = line()
    socket().openAndAsk()
    write(doc, 'one')
    write(doc, 'two')
    socket().ack(2)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saving', pending: 1 })
    socket().end(1006)
    write(doc, 'three')
    expect(tracker.waiting).toBe(2)
    world.timers.pass(1_000)
    socket().openAndAsk()
    expect(key()).toBe('saving')
    write(doc, 'four')
    socket().ack(1)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saving', pending: 1 })
    socket().ack(2)
    expect(key()).toBe('saved')
    expect(textOf(socket().received)).toEqual(['one', 'two', 'three', 'four'])
  })

  it('leaves changes made before the server has asked to the one answer', () => {
    const { doc } = line()
    socket().open()
    write(doc, 'early')
    expect(socket().kinds).not.toContain('update')
    socket().openAndAsk()
    expect(socket().kinds.filter((kind) => kind === 'step2')).toHaveLength(1)
    expect(textOf(socket().received)).toEqual(['early'])
  })

  it('does not send the server’s own changes back, nor count them', () => {
    const { tracker } = line()
    const server = new Y.Doc()
    socket().openAndAsk(server)
    socket().ack(1)
    server.on('update', (update) => socket().update(update))
    write(server, 'from far')
    expect(socket().kinds).not.toContain('update')
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saved', pending: 0 })
  })

  it('waits longer after each failure, up to 30 s, and starts over once something is committed', async () => {
    const { world } = line()
    const waits: number[] = []
    for (let i = 0; i < 9; i++) {
      socket().end(1006)
      await settle()
      waits.push(world.timers.next)
      world.timers.pass(world.timers.next)
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    socket().openAndAsk()
    socket().ack(1)
    socket().end(1006)
    expect(world.timers.next).toBe(500)
  })

  it('leaves y-websocket no loop of its own', async () => {
    line()
    socket().openAndAsk()
    socket().end(1006)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('varies its waits, so that many do not come back in step', async () => {
    const world = fakeWorld()
    world.random = () => 0
    line(world)
    socket().end(1006)
    await settle()
    expect(world.timers.next).toBe(250)
  })

  it('tries at once when the network is back', async () => {
    const { world } = line()
    socket().end(1006)
    await settle()
    const before = FakeSocket.all.length
    world.events instanceof EventTarget && world.events.dispatchEvent(new Event('online'))
    expect(FakeSocket.all).toHaveLength(before + 1)
  })

  it('gives the socket up when the device has lost its network, and goes on trying', () => {
    const { world, key } = line()
    socket().openAndAsk()
    socket().ack(1)
    const before = FakeSocket.all.length
    world.events instanceof EventTarget && world.events.dispatchEvent(new Event('offline'))
    expect(key()).toBe('offline')
    world.timers.pass(500)
    expect(FakeSocket.all).toHaveLength(before + 1)
  })

  it('gives up an attempt that does not open', async () => {
    const { world, key } = line()
    const first = socket()
    world.timers.pass(20_000)
    await settle()
    expect(key()).toBe('offline')
    world.timers.pass(500)
    expect(socket()).not.toBe(first)
  })

  const AFTER_OPEN = [
    [4401, 'pause', 'unauthenticated'],
    [4426, 'pause', 'outdated_editor'],
    [4403, 'drop', 'forbidden'],
    [4412, 'cleaned', 'document_cleaned'],
    [4413, 'drop', 'document_full'],
    [4422, 'drop', 'document_rules'],
    [1003, 'drop', 'unsupported_frame'],
    [1007, 'drop', 'malformed_frame'],
    [1008, 'drop', 'frame_policy'],
    [1009, 'drop', 'frame_too_large'],
    [4410, 'withdrawn', 'access_ended'],
    [4404, 'withdrawn', 'not_found'],
  ] as const

  it.each(AFTER_OPEN)('stops after a close with %i: %s, %s', (code, verdict, reason) => {
    const { stops, world, tracker } = line()
    socket().openAndAsk()
    socket().end(code)
    expect(stops).toMatchObject([{ verdict, reason }])
    expect(tracker.getSnapshot()).toMatchObject({ key: 'refused', reason })
    const sockets = FakeSocket.all.length
    world.timers.pass(120_000)
    expect(FakeSocket.all).toHaveLength(sockets)
  })

  it.each([undefined, 1000, 1001, 1006, 1011, 1012, 1013, 4409, 4429, 4999])(
    'tries again after a close with %s',
    (code) => {
      const { stops, world } = line()
      socket().openAndAsk()
      socket().end(code)
      const sockets = FakeSocket.all.length
      world.timers.pass(10_000)
      expect(stops).toEqual([])
      expect(FakeSocket.all).toHaveLength(sockets + 1)
    },
  )

  it('knows what to do about every code that can close a live document', () => {
    const closing = Object.entries(ERRORS).flatMap(([code, row]) => ('close' in row ? [code] : []))
    const retried = ['too_many_requests', 'resync_required', 'restarting', 'document_unavailable']
    expect([...AFTER_OPEN.map(([, , reason]) => reason), ...retried].sort()).toEqual(closing.sort())
  })

  it('waits at least 10 s when the server has had too many requests', () => {
    const { world } = line()
    socket().openAndAsk()
    socket().end(4429)
    expect(world.timers.next).toBe(10_000)
  })

  it.each([
    [0, 0],
    [0.5, 2_500],
    [1, 5_000],
  ])('comes back within 5 s after a restart, not with all the others: %f', (share, wait) => {
    const world = fakeWorld()
    world.random = () => share
    line(world)
    socket().openAndAsk()
    socket().end(1012)
    expect(world.timers.next).toBe(wait)
  })

  it('backs off as ever when the server is not up again by then', async () => {
    const { world } = line()
    socket().openAndAsk()
    socket().end(1012)
    world.timers.pass(world.timers.next)
    socket().end(1006)
    await settle()
    expect(world.timers.next).toBe(1_000)
  })

  it('says why the line is down when the server did', () => {
    const { tracker } = line()
    socket().openAndAsk()
    socket().end(1013)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'offline', reason: 'document_unavailable' })
  })

  it('takes a third gap in a row for a spoilt document', () => {
    const { stops, world } = line()
    for (let i = 0; i < 3; i++) {
      expect(stops).toEqual([])
      socket().openAndAsk()
      socket().end(4409)
      if (i < 2) world.timers.pass(world.timers.next)
    }
    expect(stops).toMatchObject([{ verdict: 'drop', reason: 'resync_required', isOfFrame: true }])
  })

  it('stops at a refused frame without waiting for the close', () => {
    const { stops, key } = line()
    socket().openAndAsk()
    socket().refuse(1, 'document_rules')
    expect(stops).toEqual([{ verdict: 'drop', reason: 'document_rules', isOfFrame: true }])
    expect(key()).toBe('refused')
  })

  it('stops at a refusal it has no word for', () => {
    const { stops } = line()
    socket().openAndAsk()
    socket().refuse(1, 'constructor')
    expect(stops).toEqual([{ verdict: 'drop', reason: 'unexpected', isOfFrame: true }])
  })

  it.each([
    [401, 'unauthenticated', 'pause', 'unauthenticated'],
    [403, 'forbidden', 'withdrawn', 'forbidden'],
    [403, 'access_ended', 'withdrawn', 'access_ended'],
    [404, 'not_found', 'withdrawn', 'not_found'],
  ] as const)(
    'asks why the door was shut and stops: %i %s',
    async (status, code, verdict, reason) => {
      const { stops, world } = line(fakeWorld(problem(status, code)))
      socket().end(1006)
      await settle()
      expect(world.asked).toEqual([`https://twin.example/api/v1/protocols/${ROOM}/collab-access`])
      expect(stops).toEqual([{ verdict, reason, isOfFrame: false }])
    },
  )

  it.each([
    ['access is granted', async () => new Response('{}', { status: 200 })],
    ['the server is busy', problem(503, 'unavailable')],
    ['a portal answers instead', async () => new Response('<html>', { status: 403 })],
    ['nobody answers', undefined],
  ])('goes on trying when %s', async (_name, answer) => {
    const { stops, world } = line(fakeWorld(answer))
    socket().end(1006)
    await settle()
    expect(stops).toEqual([])
    expect(world.timers.next).toBe(500)
  })

  it('goes on with the same document after signing in', async () => {
    const { doc, provider, key } = line()
    socket().openAndAsk()
    write(doc, 'kept')
    socket().end(4401)
    expect(key()).toBe('refused')
    provider.connect()
    socket().openAndAsk()
    socket().ack(1)
    expect(key()).toBe('saved')
    expect(textOf(socket().received)).toEqual(['kept'])
  })

  it('sends its own presence and nobody else’s', () => {
    const { provider } = line()
    socket().openAndAsk()
    const other = line(fakeWorld())
    expect(other.provider.awareness.clientID).not.toBe(provider.awareness.clientID)
    const presence = () => socket().kinds.filter((kind) => kind === '1').length
    socket().openAndAsk()
    const before = presence()
    other.provider.awareness.setLocalStateField('cursor', { at: 1 })
    expect(presence()).toBe(before + 1)
    other.provider.awareness.emit('update', [{ added: [7], updated: [], removed: [] }, 'far'])
    expect(presence()).toBe(before + 1)
  })

  it('shows no caret of who may not have one', () => {
    const { provider } = line(fakeWorld(), false)
    socket().openAndAsk()
    provider.awareness.setLocalStateField('cursor', { at: 'secret' })
    const said = socket()
      .sent.map((frame) => new TextDecoder().decode(frame))
      .join('')
    expect(said).toContain('{}')
    expect(said).not.toContain('secret')
  })

  it('sends presence at most every 5 s when the browser saves data, the last one', () => {
    const world = fakeWorld()
    world.saveData = true
    const { provider } = line(world)
    socket().openAndAsk()
    const sent = () => socket().sent.filter((frame) => frame[0] === 1)
    provider.awareness.setLocalStateField('cursor', 1)
    world.timers.pass(0)
    const before = sent().length
    for (let i = 2; i < 9; i++) provider.awareness.setLocalStateField('cursor', i)
    world.timers.pass(4_999)
    expect(sent()).toHaveLength(before)
    world.timers.pass(1)
    expect(sent()).toHaveLength(before + 1)
    expect(new TextDecoder().decode(sent().at(-1))).toContain('{"cursor":8}')
  })

  it('closes its socket and forgets every appointment when it is destroyed', async () => {
    const { provider, tracker, world } = line()
    socket().openAndAsk()
    provider.destroy()
    tracker.destroy()
    await settle()
    expect(socket().readyState).toBe(FakeSocket.CLOSED)
    expect(world.timers.open).toBe(0)
    const sockets = FakeSocket.all.length
    world.events instanceof EventTarget && world.events.dispatchEvent(new Event('online'))
    expect(FakeSocket.all).toHaveLength(sockets)
  })

  it.each(['while it waits', 'while it asks why'])(
    'opens nothing more if destroyed %s',
    async (when) => {
      const { provider, tracker, world } = line()
      socket().end(1006)
      if (when === 'while it waits') await settle()
      provider.destroy()
      tracker.destroy()
      await settle()
      world.timers.pass(60_000)
      expect([FakeSocket.all.length, world.timers.open]).toEqual([1, 0])
    },
  )
})
