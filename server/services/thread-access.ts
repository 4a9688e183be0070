import { Thread, type ThreadRow } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Operation } from '../../shared/policy'
import type { Ports } from '../ports'
import { demand } from './access'

/**
 * The row, if the actor may do that with it; every way to a thread goes through here.
 *
 * @param partnershipId when the address names one, the thread must belong to it
 * @throws AppError `not_found`, `forbidden`
 */
export async function findThread(
  actor: Actor,
  operation: Operation,
  threadId: string,
  partnershipId?: string,
): Promise<ThreadRow> {
  const filter = partnershipId ? { partnership: partnershipId } : {}
  const row = await Thread.findOne({ _id: threadId, ...filter }).lean()
  if (!row) throw new AppError('not_found')
  demand(actor, operation, { partnershipId: String(row.partnership) })
  return row
}

/**
 * May the actor hear this thread live? Asked at every joining.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function admitToThread(
  _ports: Ports,
  actor: Actor,
  threadId: string,
): Promise<{ partnershipId: string }> {
  const row = await findThread(actor, 'live:thread', threadId)
  return { partnershipId: String(row.partnership) }
}
