import type { RoomKey, SnapshotRow, Store } from './persistence'

/** Chunks without a manifest are what a killed process left, once they are so old, milliseconds. */
export const ORPHAN_MS = 3_600_000

/** Manifest first: what is left without one is no snapshot. */
export async function removeSnapshots(
  store: Store,
  old: readonly Pick<SnapshotRow, '_id' | 'chunks'>[],
): Promise<void> {
  for (const { _id, chunks } of old) {
    await store.snapshots.deleteOne({ _id })
    await store.chunks.deleteMany({ _id: { $gte: { ..._id, i: 0 }, $lt: { ..._id, i: chunks } } })
  }
}

/** Chunks of a room that no snapshot has: whoever wrote them was killed before the manifest. */
export async function removeOrphans(store: Store, { p, room }: RoomKey, now: Date): Promise<void> {
  const range = {
    $gte: { p, room, gen: 0, seq: 0, node: '', i: 0 },
    $lt: { p, room, gen: Number.MAX_SAFE_INTEGER, seq: 0, node: '', i: 0 },
  }
  const old = await store.chunks
    .find(
      { _id: range, at: { $lt: new Date(now.getTime() - ORPHAN_MS) } },
      { projection: { _id: 1 } },
    )
    .toArray()
  for (const { _id } of old) {
    const { i: _i, ...snapshot } = _id
    const found = await store.snapshots.findOne({ _id: snapshot }, { projection: { _id: 1 } })
    if (!found) await store.chunks.deleteOne({ _id })
  }
}
