import { setTimeout as wait } from 'node:timers/promises'
import { Binary, type Db } from 'mongodb'
import { keyOf, openStore } from '../../../server/collab/persistence'
import { isSame } from '../oracle'
import type { Random } from '../random'
import type { Scenario } from '../scenario'
import { settle } from '../settle'
import type { FaultRoom } from '../world'

const SAVED_LIMIT_MS = 10_000
/** A room that has not been shown by then is closed. */
const SHOWN_LIMIT_MS = 700

type Damage = 'bent row' | 'missing row' | 'bent chunk' | 'missing chunk'

/** What was stored is not what is read: the room is whole, or closed; the others do not feel it. */
function damaged(damage: Damage): Scenario {
  return {
    name: `stored-${damage.replace(' ', '-')}`,
    fault: 'F22',
    world: (random) => ({
      compactRows: damage.endsWith('chunk') ? random.int(5, 15) : random.pick([5, 20, 500]),
    }),
    inject: async ({ enough }) => {
      await enough
      return true
    },
    async afterwards({ world, random }) {
      await settle(world, SAVED_LIMIT_MS)
      const node = world.node(0)
      await node.stop()
      const room = random.pick(world.rooms)
      const mend = await harm(world.db, room, damage, random)
      await node.start()
      const visitor = world.visitor(room, node)
      visitor.start()
      await wait(SHOWN_LIMIT_MS)
      const truth = room.clients[0]
      const isWhole = truth !== undefined && isSame(visitor.doc, truth.doc)
      if (visitor.doc.store.clients.size > 0 && !isWhole) {
        world.found.storage.push(`a ${damage}: what was shown is not the whole document`)
      }
      if (visitor.isOpen && !isWhole) world.found.storage.push(`a ${damage}: served without a word`)
      // what was read past stays as it is
      if (visitor.isOpen) room.isLost = true
      else await mend()
      visitor.close()
    },
  }
}

/** @returns a function that undoes it */
async function harm(db: Db, { at }: FaultRoom, damage: Damage, random: Random) {
  const store = openStore(db)
  const { p, room } = keyOf(at)
  const own = { '_id.p': p, '_id.room': room }
  if (damage.endsWith('row')) {
    const rows = await store.log.find(own).sort({ _id: 1 }).toArray()
    // nothing tells that there was a last row, if nothing came after it
    const row = random.pick(damage === 'missing row' && rows.length > 1 ? rows.slice(0, -1) : rows)
    const { _id } = row
    if (damage === 'missing row') {
      await store.log.deleteOne({ _id })
      return () => store.log.insertOne(row)
    }
    await store.log.updateOne({ _id }, { $set: { u: bent(row.u, random) } })
    return () => store.log.updateOne({ _id }, { $set: { u: row.u } })
  }
  const chunks = await store.chunks.find(own).toArray()
  if (chunks.length === 0) return async () => {}
  const chunk = random.pick(chunks)
  const { _id } = chunk
  if (damage === 'missing chunk') {
    await store.chunks.deleteOne({ _id })
    return () => store.chunks.insertOne(chunk)
  }
  await store.chunks.updateOne({ _id }, { $set: { data: bent(chunk.data, random) } })
  return () => store.chunks.updateOne({ _id }, { $set: { data: chunk.data } })
}

/** One bit is another. */
function bent(stored: Binary, random: Random): Binary {
  const bytes = Buffer.from(stored.value())
  const i = random.int(0, bytes.length - 1)
  bytes[i] = (bytes[i] ?? 0) ^ (1 << random.int(0, 7))
  return new Binary(bytes)
}

export const STORED_SCENARIOS: readonly Scenario[] = (
  ['bent row', 'missing row', 'bent chunk', 'missing chunk'] as const
).map(damaged)
