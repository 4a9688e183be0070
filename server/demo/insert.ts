import type { Model, Types } from 'mongoose'

/** Insert the rows that are not there yet; what is there stays as it is. */
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
  if (missing.length > 0) await model.insertMany(missing, { ordered: false })
}
