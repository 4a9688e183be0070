import { type ClientSession, Types } from 'mongoose'
import { AccessChange } from '../../models/access-change'
import type { Ports } from '../ports'
import { inTransaction } from './transaction'

/** Of whom something changed, and where: in one partnership, everywhere, or one session's end. */
export type AccessOf =
  | { userId: string; partnershipId?: string }
  | { userId: string; sessionId: string }

/** Said within a change: somebody else's access changes by it, too. */
export type TellAlso = (of: AccessOf) => void

/**
 * The one way to change what somebody may do: the change and the word of it are one transaction, so
 * that no process misses it (docs/decisions/0016); it is announced once it has committed. Every open
 * socket of theirs acts on it within two seconds.
 *
 * @param change may run more than once and touches nothing but the database, with the session given,
 *   and names whom else it changes something for
 */
export async function changeAccess<T>(
  { bus }: Pick<Ports, 'bus'>,
  of: AccessOf,
  change: (session: ClientSession, also: TellAlso) => Promise<T>,
): Promise<T> {
  let told: { id: Types.ObjectId; of: AccessOf }[] = []
  const tell = (of: AccessOf) => void told.push({ id: new Types.ObjectId(), of })
  const value = await inTransaction(async (session) => {
    told = []
    tell(of)
    const value = await change(session, tell)
    for (const each of told) await record(each.id, each.of, session)
    return value
  })
  for (const each of told) announce(bus, each.id, each.of)
  return value
}

function announce(bus: Ports['bus'], id: Types.ObjectId, of: AccessOf): void {
  const { userId } = of
  if ('sessionId' in of) {
    bus.publish('session:ended', { sessionId: of.sessionId, userId, change: String(id) })
  } else {
    const { partnershipId } = of
    bus.publish('access:changed', { userId, partnershipId, change: String(id) })
  }
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
