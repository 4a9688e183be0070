import { Visit } from '../../models/visit'
import type { Actor } from '../../shared/actor'

/** A visit ends when so long nobody looked, milliseconds. */
export const VISIT_GAP_MS = 30 * 60_000

/**
 * Note that the actor looks at a partnership now.
 *
 * @returns the end of the visit before this one; null on the first
 */
export async function noteVisit(
  actor: Actor,
  partnershipId: string,
  now: Date,
): Promise<Date | null> {
  const who = { partnership: partnershipId, user: actor.userId }
  const known = await Visit.findOneAndUpdate(
    who,
    { $setOnInsert: { lastAt: now, previousAt: null } },
    { upsert: true, returnDocument: 'before' },
  ).lean()
  if (!known) return null
  const { lastAt, previousAt } = known
  if (now.getTime() - lastAt.getTime() < VISIT_GAP_MS) {
    await Visit.updateOne(who, { $max: { lastAt: now } })
    return previousAt
  }
  // of two tabs opened at once the second finds nothing to change: the visit began with the first
  await Visit.updateOne({ ...who, lastAt }, { $set: { lastAt: now, previousAt: lastAt } })
  return lastAt
}
