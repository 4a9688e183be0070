import type { ClientSession } from 'mongoose'
import { Upload } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'

/** Of one person, in all partnerships: files that have not arrived, and bytes set aside for them. */
const MOST_UNFINISHED = 50
export const MOST_UNFINISHED_BYTES = 1_000_000_000

/**
 * Whoever begins much and sends little keeps room from everybody else.
 *
 * @throws AppError `too_many_requests`
 */
export async function demandFew(
  session: ClientSession,
  actor: Actor,
  length: number,
  now: Date,
): Promise<void> {
  const mine = { user: actor.userId, state: 'open' as const, expiresAt: { $gt: now } }
  const unfinished = await Upload.find(mine, { length: 1 })
    .limit(MOST_UNFINISHED)
    .session(session)
    .lean()
  const bytes = unfinished.reduce((sum, row) => sum + row.length, length)
  if (unfinished.length >= MOST_UNFINISHED || bytes > MOST_UNFINISHED_BYTES)
    throw new AppError('too_many_requests', { seconds: '3600' })
}
