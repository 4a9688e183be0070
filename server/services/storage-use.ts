import type { ClientSession, Types } from 'mongoose'
import { FileRemoval } from '../../models/file-removal'
import { StorageUse } from '../../models/storage-use'
import { AppError } from '../../shared/errors'
import { PARTNERSHIP_MAX_BYTES } from '../../shared/schemas/resources'
import type { Ports } from '../ports'

/**
 * Set bytes aside for a file, in the transaction of what they are for.
 *
 * @throws AppError `storage_full`
 */
export async function reserveBytes(
  session: ClientSession,
  partnership: Types.ObjectId,
  bytes: number,
): Promise<void> {
  const use = await StorageUse.findOneAndUpdate(
    { _id: partnership },
    { $inc: { bytes } },
    { session, upsert: true, returnDocument: 'after' },
  ).lean()
  if ((use?.bytes ?? 0) > PARTNERSHIP_MAX_BYTES) throw new AppError('storage_full')
}

/**
 * A file's bytes are not wanted any more: give them back and write down that they are to be removed,
 * in the transaction of the fact; `removeFile` follows the commit, and the sweep what was missed.
 */
export async function releaseFile(
  session: ClientSession,
  {
    partnership,
    key,
    bytes,
    at,
  }: { partnership: Types.ObjectId; key: string; bytes: number; at: Date },
): Promise<void> {
  await StorageUse.updateOne({ _id: partnership }, { $inc: { bytes: -bytes } }, { session })
  await FileRemoval.updateOne({ _id: key }, { $set: { at } }, { session, upsert: true })
}

/** Remove what `releaseFile` has written down; doing it twice is no error. */
export async function removeFile({ storage }: Ports, key: string): Promise<void> {
  await storage.remove(key)
  await FileRemoval.deleteOne({ _id: key })
}

/** The same behind the answer: whoever gave the file up does not wait, and what fails is swept. */
export function removeFileSoon(ports: Ports, key: string): void {
  removeFile(ports, key).catch((error: unknown) => {
    ports.log.warn({ err: error, key }, 'a file could not be removed yet')
  })
}

/** Remove what was written down longer ago, by a process that has not come to it. */
export async function removeLeftFiles(ports: Ports, before: Date): Promise<number> {
  let removed = 0
  for await (const { _id } of FileRemoval.find({ at: { $lt: before } })
    .lean()
    .cursor()) {
    try {
      await removeFile(ports, _id)
      removed++
    } catch (error) {
      ports.log.error({ err: error, key: _id }, 'removing a file failed')
    }
  }
  return removed
}
