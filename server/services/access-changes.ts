import { type ClientSession, Types } from 'mongoose'
import { AccessChange } from '../../models/access-change'
import type { Ports } from '../ports'
import { inTransaction } from './transaction'

/** Of whom something changed, and where: in one partnership, everywhere, or one session's end. */
export type AccessOf =
  | { userId: string; partnershipId?: string }
  | { userId: string; sessionId: string }

/**
 * The one way to change what somebody may do: the change and the word of it are one transaction, so
 * that no process misses it (docs/decisions/0016); it is announced once it has committed. Every open
 * socket of theirs acts on it within two seconds.
 *
 * @param change may run more than once and touches nothing but the database, with the session given
 */
export async function changeAccess<T>(
  { bus }: Pick<Ports, 'bus'>,
  of: AccessOf,
  change: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const id = new Types.ObjectId()
  const value = await inTransaction(async (session) => {
    const value = await change(session)
    await record(id, of, session)
    return value
  })
  const { userId } = of
  if ('sessionId' in of) {
    bus.publish('session:ended', { sessionId: of.sessionId, userId, change: String(id) })
  } else {
    const { partnershipId } = of
    bus.publish('access:changed', { userId, partnershipId, change: String(id) })
  }
  return value
}

async function record(_id: Types.ObjectId, of: AccessOf, session: ClientSession): Promise<void> {
  const where =
    'sessionId' in of
      ? { kind: 'session', session: new Types.ObjectId(of.sessionId) }
      : {
          kind: 'access',
          ...(of.partnershipId ? { partnership: new Types.ObjectId(of.partnershipId) } : {}),
        }
  const row = { at: '$$NOW', user: new Types.ObjectId(of.userId), ...where }
  // a pipeline: the time is the database's
  await AccessChange.collection.updateOne({ _id }, [{ $set: row }], { upsert: true, session })
}
