import { type ClientSession, Types } from 'mongoose'
import { Upload, type UploadRow } from '../../models/upload'
import { AppError } from '../../shared/errors'

/** A writer that has said nothing for so long has gone, milliseconds. */
const LEASE_MS = 8_000
const RENEW_MS = 2_500

type Kept = Partial<Pick<UploadRow, 'offset' | 'sniffed' | 'expiresAt'>>

/** The right to write to an upload: one writer at a time, over all processes. */
export type Lease = {
  by: string
  /** The row as it was when the lease began. */
  row: UploadRow
  /** Something has come; a lease on which nothing comes is not kept. */
  touch(): void
  /**
   * Move the durable end, still being the writer.
   *
   * @throws AppError `upload_busy` if another one is by now
   */
  keep(change?: Kept): Promise<void>
  /**
   * The same as the fence of a write: in its transaction, so that whoever takes over comes before or
   * after it, never in between.
   *
   * @throws AppError `upload_busy` if another one is by now
   */
  fence(session: ClientSession): Promise<void>
  end(): Promise<void>
}

/**
 * Become the writer of an upload. Times are the database's own, so that clocks of processes may differ.
 *
 * @throws AppError `upload_busy` while another one writes, `not_found` if it has gone or is not open
 */
export async function takeLease(uploadId: Types.ObjectId): Promise<Lease> {
  const by = String(new Types.ObjectId())
  const taken = await Upload.collection.updateOne(
    {
      _id: uploadId,
      state: 'open',
      $or: [{ lease: null }, { $expr: { $lt: ['$lease.until', '$$NOW'] } }],
    },
    [{ $set: leased(by) }],
  )
  const row = await Upload.findById(uploadId).lean()
  if (row?.state !== 'open') throw new AppError('not_found')
  if (taken.modifiedCount === 0) throw new AppError('upload_busy')

  let touchedAt = performance.now()
  const mine = { _id: uploadId, state: 'open', 'lease.by': by }
  const keep = async (change: Kept = {}, session?: ClientSession) => {
    const kept = await Upload.collection.updateOne(
      mine,
      [{ $set: { ...change, ...leased(by) } }],
      session ? { session } : {},
    )
    if (kept.matchedCount === 0) throw new AppError('upload_busy')
  }
  const timer = setInterval(() => {
    if (performance.now() - touchedAt < LEASE_MS) keep().catch(() => {})
  }, RENEW_MS)
  return {
    by,
    row,
    touch() {
      touchedAt = performance.now()
    },
    keep: (change) => keep(change),
    fence: (session) => keep({}, session),
    async end() {
      clearInterval(timer)
      // what cannot be given back ends by itself
      await Upload.collection
        .updateOne({ _id: uploadId, 'lease.by': by }, { $set: { lease: null } })
        .catch(() => {})
    },
  }
}

function leased(by: string) {
  return { lease: { by, until: { $add: ['$$NOW', LEASE_MS] } } }
}
