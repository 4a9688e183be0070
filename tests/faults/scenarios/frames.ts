import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { HonestClient } from '../client'
import type { Random } from '../random'
import type { Scenario, Stage } from '../scenario'

/** How far a frame may come out of its turn. */
const WINDOW = 50

/** Honest people send frames twice, and somebody says again what one of them said in earlier sessions. */
const replayed: Scenario = {
  name: 'replayed-frames',
  fault: 'F16',
  world: () => ({ repeats: 0.2 }),
  async inject(stage) {
    const { world, random } = stage
    for (let i = 0; i < random.int(2, 4); i++) {
      await wait(random.int(100, 400))
      const of = random.pick(world.clients)
      if (of instanceof HonestClient) await replay(stage, of)
    }
    return true
  },
}

/** On a connection of its own, in the same person's name: in order, out of order, and twice. */
async function replay({ world, random }: Stage, { room, userId, recorded }: HonestClient) {
  const socket = new WebSocket(`${world.node(0).address}/collab/${room}?ack=1`, {
    headers: { cookie: `as=${userId}` },
  })
  const ended = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  await new Promise((resolve) => {
    socket.once('open', resolve)
    socket.once('error', resolve)
  })
  for (const frame of outOfTurn(recorded, random)) {
    if (socket.readyState !== WebSocket.OPEN) break
    socket.send(frame)
    if (random.chance(0.2)) socket.send(frame)
  }
  // it may have been thrown out for its gaps
  await Promise.race([ended, wait(random.int(20, 200))])
  socket.terminate()
}

function outOfTurn(frames: readonly Uint8Array[], random: Random): Uint8Array[] {
  const reach = random.pick([0, 3, WINDOW])
  return frames
    .map((frame, i) => ({ frame, turn: i + random.int(0, reach) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ frame }) => frame)
}

export const FRAME_SCENARIOS: readonly Scenario[] = [replayed]
