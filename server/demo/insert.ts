import { type Model, mongo, type Types } from 'mongoose'
import { TAKEN } from '../services/transaction'

/**
 * Insert the rows that are not there yet; what is there stays as it is. A row whose place somebody has
 * taken meanwhile (they asked, opened, were told of the same) is theirs.
 */
export async function insertMissing<T extends { _id: Types.ObjectId }>(
  model: Model<T>,
  rows: readonly T[],
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ _id }) => _id)
  const known = await model
    .find({ _id: { $in: ids } }, { _id: 1 })
    .lean<{ _id: Types.ObjectId }[]>()
  const there = new Set(known.map(({ _id }) => String(_id)))
  const missing = rows.filter(({ _id }) => !there.has(String(_id)))
  if (missing.length === 0) return
  try {
    await model.insertMany(missing, { ordered: false, throwOnValidationError: true })
  } catch (error) {
    if (!isOnlyDuplicates(error)) throw error
  }
}

function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false
  const { writeErrors } = error
  const all = Array.isArray(writeErrors) ? writeErrors : [writeErrors]
  return all.length > 0 && all.every(({ code }) => code === TAKEN)
}
