import { type ClientSession, Types } from 'mongoose'
import { Mark } from '../../models/mark'
import { Notification } from '../../models/notification'
import { Protocol, type ProtocolRow } from '../../models/protocol'
import type { Actor } from '../../shared/actor'
import type { Ledger } from '../../shared/editor/content'
import type { MarkInSync } from '../../shared/schemas/protocols'
import type { RoomAddress } from '../ports'
import { baseOf, driftEvent } from './attention'
import { inTransaction } from './transaction'

/** Stands for the hash of a text that is not to be known any more. */
const FORGOTTEN = '-'

/**
 * After a purge: of what was marked and told, only the hashes of what the ledger still holds stay. From
 * the hash of a paragraph a name that stood in it could be found by trying, for the rest of it is known.
 */
export async function forgetHashes(
  at: RoomAddress,
  ledger: Ledger,
  session: ClientSession,
): Promise<void> {
  const known = Object.values(ledger).flatMap(({ src, tgt }) => [src, tgt])
  const place = { partnership: at.partnership, protocol: at.room }
  for (const field of ['sourceHash', 'targetHash'] as const) {
    await Mark.updateMany(
      { ...place, [field]: { $nin: [...known, FORGOTTEN] } },
      { $set: { [field]: FORGOTTEN } },
      { session },
    )
  }
  const events = Object.entries(ledger).map(([key, entry]) =>
    driftEvent(at, key.split('|')[0] ?? '', baseOf(entry)),
  )
  await Notification.collection.updateMany(
    {
      partnership: new Types.ObjectId(at.partnership),
      protocol: new Types.ObjectId(at.room),
      kind: 'drift',
      event: { $nin: events },
    },
    // still one of its kind for whoever was told, by the notice's own id
    [{ $set: { event: { $concat: ['drift ', at.room, ' ', { $toString: '$_id' }] } } }],
    { session },
  )
}

/**
 * The history's row of a mark. Where the document was purged after it was marked, what the person saw
 * is not to be known any more; the protocol's row is written too, so that both come one after the other.
 *
 * @param row as it was before the document was marked
 */
export async function keepMark(
  row: Pick<ProtocolRow, '_id' | 'partnership' | 'notedGen'>,
  { userId }: Pick<Actor, 'userId'>,
  input: MarkInSync,
  at: Date,
): Promise<void> {
  const { unit, from, to, state, clientKey } = input
  const { _id, partnership, notedGen } = row
  await inTransaction(async (session) => {
    const same = { _id, partnership, notedGen: notedGen ?? null }
    const kept = await Protocol.updateOne(same, { $set: { markedAt: at } }, { session })
    const isOf = (hash: string) => (kept.matchedCount === 1 ? hash : FORGOTTEN)
    const sourceHash = isOf(input.sourceHash)
    const targetHash = isOf(input.targetHash)
    const mark = { partnership, protocol: _id, unit, from, to, sourceHash, targetHash, state, at }
    await Mark.updateOne(
      { by: userId, clientKey },
      { $setOnInsert: mark },
      { upsert: true, session },
    )
  })
}
