import mongoose, { type ClientSession } from 'mongoose'

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

/** MongoDB's answer where another row is in the way that must be the only one (`DuplicateKey`). */
export function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11_000
}
