import * as Y from 'yjs'
import { restoreContent } from '../../shared/editor/restore'
import { AppError } from '../../shared/errors'
import type { KeptCopy, LiveDocuments, RoomAddress } from '../ports'
import { keyOf, type SnapshotId, type Store } from './persistence'
import { readSnapshot } from './persistence-load'
import { unpack } from './persistence-packed'
import { keptCopies } from './persistence-snapshot'

/** The copies that were kept before mass deletions, for people: listed, and restored as new edits. */
export function createCopies(
  store: Store,
  edit: (at: RoomAddress, change: (doc: Y.Doc, gen: number) => void) => Promise<void>,
): Pick<LiveDocuments, 'copies' | 'restore'> {
  return {
    async copies(at) {
      const head = await store.rooms.findOne({ _id: keyOf(at).room })
      const kept = head ? await keptCopies(store, at, head.gen) : []
      return kept.map(
        (row): KeptCopy => ({ id: idOf(row._id), at: row.at, bytes: row.unpacked ?? row.bytes }),
      )
    },
    async restore(at, copyId) {
      const { gen, state } = await readCopy(store, at, copyId)
      await edit(at, (doc, now) => {
        // the document may have begun anew since, without what the copy holds
        if (now !== gen) throw new AppError('not_found')
        restoreContent(doc, state)
      })
    },
  }
}

/** @returns the document as it was, version 1 of the encoding, and its generation */
async function readCopy(
  store: Store,
  at: RoomAddress,
  copyId: string,
): Promise<{ gen: number; state: Uint8Array }> {
  const _id = snapshotOf(at, copyId)
  const [row, head] = await Promise.all([
    _id && store.snapshots.findOne({ _id, kept: 'mass-delete' }),
    store.rooms.findOne({ _id: keyOf(at).room }),
  ])
  // one of an earlier generation holds what was taken out
  if (!row || row._id.gen !== head?.gen) throw new AppError('not_found')
  const stored = await readSnapshot(store, row)
  if (!stored) throw new AppError('document_unavailable')
  const bytes = await unpack(stored)
  const state = stored.v === 2 ? Y.convertUpdateFormatV2ToV1(bytes) : bytes
  return { gen: row._id.gen, state }
}

function idOf({ gen, seq, node }: SnapshotId): string {
  return `${gen}.${seq}.${node}`
}

function snapshotOf(at: RoomAddress, copyId: string): SnapshotId | undefined {
  const [, gen, seq, node] = /^(\d{1,9})\.(\d{1,15})\.([0-9a-f-]{1,40})$/.exec(copyId) ?? []
  if (!gen || !seq || !node) return undefined
  return { ...keyOf(at), gen: Number(gen), seq: Number(seq), node }
}
