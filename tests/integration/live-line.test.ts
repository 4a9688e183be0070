import { io } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LiveLine, type Room, type Wire } from '../../app/lib/live-line'
import type { ProtocolChanged } from '../../shared/events'
import { createWorld } from '../setup/world'

/** Bounded, but long enough for a machine with much to do. */
const PATIENCE = { timeout: 5_000 }

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function openLine() {
  const world = await createWorld()
  const { origin } = await world.serve()
  const editor = await world.member('editor')
  const cookie = await world.cookie(editor)
  const wires: Wire[] = []
  const line = new LiveLine(async () => {
    const wire: Wire = io(origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      extraHeaders: { origin, cookie },
    })
    wires.push(wire)
    ends.push(() => wire.disconnect())
    return wire
  })
  const joined = vi.fn()
  const room: Room = {
    key: `partnership ${world.partnershipId}`,
    enter: (wire) => {
      wire.emit('partnership:join', { partnershipId: world.partnershipId }, joined)
    },
    leave: (wire) => {
      wire.emit('partnership:leave', { partnershipId: world.partnershipId }, () => {})
    },
  }
  const rename = async (titleEn: string) => {
    const id = await world.protocol()
    await world.services.protocols.renameProtocol(editor, id, { titleEn, titleRu: '' })
    return id
  }
  return { world, editor, line, room, joined, wires, rename }
}

describe('the line of a tab', () => {
  it('is one, however many listen, and enters each room once', async () => {
    const { line, room, joined, wires, rename } = await openLine()
    const heard = [vi.fn(), vi.fn()]
    for (const hear of heard) ends.push(line.hear('protocol:changed', hear), line.enter(room))
    await vi.waitFor(() => expect(joined).toHaveBeenCalled(), PATIENCE)
    const id = await rename('Twice heard')
    for (const hear of heard) {
      const fact = { protocolId: id, title: { en: 'Twice heard' } }
      await vi.waitFor(
        () => expect(hear).toHaveBeenCalledWith(expect.objectContaining(fact)),
        PATIENCE,
      )
    }
    expect(wires).toHaveLength(1)
    expect(joined).toHaveBeenCalledTimes(1)
  })

  it('tells who begins to listen later the newest fact about each thing', async () => {
    const { line, room, joined, rename } = await openLine()
    const first = vi.fn()
    ends.push(line.hear('protocol:changed', first), line.enter(room))
    await vi.waitFor(() => expect(joined).toHaveBeenCalled(), PATIENCE)
    const id = await rename('Newest')
    const newest = expect.objectContaining({ title: { en: 'Newest' } })
    await vi.waitFor(() => expect(first).toHaveBeenCalledWith(newest), PATIENCE)
    const late: ProtocolChanged[] = []
    ends.push(line.hear('protocol:changed', (fact) => late.push(fact)))
    expect(late.map(({ protocolId, title }) => [protocolId, title])).toEqual([
      [id, { en: 'Newest' }],
    ])
  })

  it('enters its rooms again after a gap, and says that the line was away', async () => {
    const { line, room, joined, wires } = await openLine()
    const seen: boolean[] = []
    ends.push(
      line.watch((connected) => seen.push(connected)),
      line.enter(room),
    )
    await vi.waitFor(() => expect(joined).toHaveBeenCalledTimes(1), PATIENCE)
    wires[0]?.io.engine.close()
    await vi.waitFor(() => expect(joined).toHaveBeenCalledTimes(2), PATIENCE)
    expect(seen).toEqual([false, true, false, true])
  })

  it('calls again after the server has hung up', async () => {
    const { world, editor, line, room, joined } = await openLine()
    ends.push(line.enter(room))
    await vi.waitFor(() => expect(joined).toHaveBeenCalledTimes(1), PATIENCE)
    world.bus.publish('access:changed', { userId: editor.userId })
    await vi.waitFor(() => expect(joined).toHaveBeenCalledTimes(2), { timeout: 10_000 })
  })

  it('is not made anew by everybody at once when a server restarts', async () => {
    vi.useFakeTimers()
    ends.push(() => vi.useRealTimers())
    const called: number[] = []
    const restarted = Date.now()
    const hangUps: ((reason: string) => void)[] = []
    /** What a line needs of a socket that is hung up on. */
    const fake = () => ({
      active: false,
      connected: false,
      on: (event: string, hear: (reason: string) => void) =>
        void (event === 'disconnect' && hangUps.push(hear)),
      onAny: () => {},
      connect: () => void called.push(Date.now() - restarted),
      off: () => {},
      disconnect: () => {},
    })
    for (let n = 0; n < 200; n++) {
      ends.push(new LiveLine(async () => fake() as unknown as Wire).watch(() => {}))
    }
    await vi.advanceTimersByTimeAsync(0)
    for (const hangUp of hangUps) hangUp('io server disconnect')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(called).toHaveLength(200)
    for (let second = 0; second < 5; second++) {
      const inIt = called.filter((at) => Math.floor(at / 1_000) === second)
      expect(inIt.length).toBeLessThan(90)
    }
  })

  it('ends when nobody listens any more', async () => {
    const { line, room, joined, wires } = await openLine()
    const leave = line.enter(room)
    await vi.waitFor(() => expect(joined).toHaveBeenCalled(), PATIENCE)
    leave()
    await vi.waitFor(() => expect(wires[0]?.connected).toBe(false), { timeout: 5_000 })
  })
})
