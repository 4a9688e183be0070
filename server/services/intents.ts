import type { Types } from 'mongoose'

/**
 * Carry out an intent once, however often and from however many tabs it is sent. What is stored for
 * it already is the answer; when `store` fails, because a twin was quicker or because the outcome of
 * the commit never arrived, what is stored by then decides.
 *
 * @param id given to the new row beforehand, so that one's own is known from a twin's
 * @param find the row of this intent, whoever stored it
 */
export async function once<T extends { _id: Types.ObjectId }>(
  id: Types.ObjectId,
  find: () => Promise<T | null>,
  store: () => Promise<void>,
): Promise<{ row: T; isNew: boolean }> {
  const known = await find()
  if (known) return { row: known, isNew: false }
  let failure: unknown
  try {
    await store()
  } catch (error) {
    failure = error
  }
  const row = await find()
  if (!row) throw failure ?? new Error('stored, and not there')
  return { row, isNew: row._id.equals(id) }
}
