import mongoose, { type ClientSession } from 'mongoose'
import { AppError, isAppError } from '../../shared/errors'

/**
 * All or nothing, retried by the driver on transient errors; `work` may run more than once, so it
 * must not touch anything but the database, and always pass the session on.
 */
export function inTransaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  return mongoose.connection.withSession((session) =>
    session.withTransaction(() => work(session), {
      readConcern: 'majority',
      writeConcern: { w: 'majority', j: true },
    }),
  )
}

/**
 * The same for what there can be only one of: whoever comes second is told.
 *
 * @throws AppError `conflict`
 */
export async function inTransactionOrConflict<T>(
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(work)
  } catch (error) {
    throw isTaken(error) ? new AppError('conflict') : error
  }
}

/**
 * The same for what is saved from a form: whoever sends again what is stored already is not told of a
 * conflict, as only the answer had been lost, or two have written alike.
 *
 * @param isStored whether it says so by now; asked before, and after a conflict
 * @throws AppError `conflict`
 */
export async function inTransactionOnce(
  isStored: () => Promise<boolean>,
  work: (session: ClientSession) => Promise<void>,
): Promise<void> {
  if (await isStored()) return
  try {
    await inTransactionOrConflict(work)
  } catch (error) {
    if (isAppError(error) && error.code === 'conflict' && (await isStored())) return
    throw error
  }
}

/** What MongoDB answers where another row is in the way that must be the only one (`DuplicateKey`). */
export const TAKEN = 11_000

/** Is it that answer? */
export function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === TAKEN
}
