import mongoose, { type ClientSession } from 'mongoose'
import { AuditEntry } from '../../models/audit-entry'
import { AuditSeal } from '../../models/audit-seal'
import { underLock } from '../../models/lock'
import type { Ports } from '../ports'
import { chainOf, EMPTY, type Head, INSTALLATION, link } from './audit-chain'
import { inTransaction } from './transaction'

/** Rows that one transaction seals. */
const BATCH = 500

/**
 * Chain the rows that wait for it, in the order of their time; what commits late gets a later place.
 * One process at a time does it, and a head that has moved meanwhile undoes the whole step.
 *
 * @returns how many rows were sealed
 * @throws Error if there are sealed rows but no head: somebody has taken it away
 */
export async function sealRecord({ clock }: Pick<Ports, 'clock'>): Promise<number> {
  // idle most of the time: one look at the first entry of an index
  if (!(await AuditEntry.exists({ seq: null }))) return 0
  return underLock(mongoose.connection, 'audit-seal', async () => {
    let total = 0
    for (;;) {
      const sealed = await inTransaction((session) => sealBatch(clock.now(), session))
      total += sealed
      if (sealed < BATCH) return total
    }
  })
}

async function sealBatch(at: Date, session: ClientSession): Promise<number> {
  const rows = await AuditEntry.find({ seq: null })
    .sort({ at: 1, _id: 1 })
    .limit(BATCH)
    .session(session)
    .lean()
  if (rows.length === 0) return 0
  const before = await headsOf([INSTALLATION, ...rows.map(chainOf)], session)
  const heads = new Map(before)
  const advance = (chain: string, row: (typeof rows)[number]): Head => {
    const next = link(heads.get(chain) ?? EMPTY, row)
    heads.set(chain, next)
    return next
  }
  const writes = rows.map((row) => {
    const { seq, hash } = advance(INSTALLATION, row)
    const { seq: ownSeq, hash: ownHash } = advance(chainOf(row), row)
    const filter = { _id: row._id, seq: null }
    return { updateOne: { filter, update: { $set: { seq, hash, ownSeq, ownHash } } } }
  })
  const { modifiedCount } = await AuditEntry.collection.bulkWrite(writes, { session })
  if (modifiedCount !== rows.length) throw new Error('rows of the record were sealed twice')
  for (const [_id, { seq, hash }] of heads) {
    const next = { seq, hash, at }
    const from = before.get(_id)
    if (!from) {
      await AuditSeal.create([{ _id, ...next }], { session })
      continue
    }
    const moved = await AuditSeal.updateOne({ _id, seq: from.seq }, { $set: next }, { session })
    if (moved.matchedCount === 0) throw new Error('the head of the record has moved')
  }
  return rows.length
}

async function headsOf(
  chains: readonly string[],
  session: ClientSession,
): Promise<Map<string, Head>> {
  const found = await AuditSeal.find({ _id: { $in: [...new Set(chains)] } })
    .session(session)
    .lean()
  const heads = new Map(found.map(({ _id, seq, hash }) => [_id, { seq, hash }] as const))
  if (!heads.has(INSTALLATION) && (await AuditEntry.exists({ seq: 1 }).session(session))) {
    throw new Error('the record has sealed rows but no head')
  }
  return heads
}
