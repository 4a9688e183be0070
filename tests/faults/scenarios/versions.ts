import { Binary, type Db } from 'mongodb'
import * as Y from 'yjs'
import { keyOf, openStore } from '../../../server/collab/persistence'
import { sha256 } from '../../../server/collab/sha256'
import type { RoomAddress } from '../../../server/ports'
import { SCHEMA_VERSION } from '../../../shared/editor/content'
import type { Scenario } from '../scenario'

/** Stock clients beside new ones, in rooms whose snapshot an earlier server wrote. */
const mixed: Scenario = {
  name: 'mixed-versions',
  fault: 'F19',
  world: (random) => ({
    mixed: true,
    prepare: writeOldSnapshot,
    compactRows: random.pick([10, 500]),
  }),
  async inject({ world, random, enough }) {
    if (random.chance(0.5)) {
      await world.node(0).kill()
      await world.audit('of mixed versions')
      await world.node(0).start()
    }
    await enough
    return true
  },
}

/** Version 2: the state in version 2 of the encoding, as it is. */
async function writeOldSnapshot(db: Db, at: RoomAddress, doc: Y.Doc): Promise<void> {
  const store = openStore(db)
  const key = keyOf(at)
  const encoded = Y.encodeStateAsUpdateV2(doc)
  const _id = { ...key, gen: 1, seq: 1, node: 'an-earlier-one' }
  await store.chunks.insertOne({ _id: { ..._id, i: 0 }, data: new Binary(encoded) })
  await store.snapshots.insertOne({
    _id,
    v: 2,
    chunks: 1,
    sv: new Binary(Y.encodeStateVector(doc)),
    dsHash: sha256(Y.encodeSnapshot(Y.snapshot(doc))),
    sha256: sha256(encoded),
    bytes: encoded.length,
    schemaVersion: SCHEMA_VERSION,
    at: new Date(),
  })
  await store.rooms.updateOne({ _id: key.room }, { $set: { snapSeq: 1 } })
}

export const VERSION_SCENARIOS: readonly Scenario[] = [mixed]
