import { type ClientSession, Types } from 'mongoose'
import { AuditEntry } from '../../models/audit-entry'
import type { AuditFact } from '../../shared/audit'
import type { Ports } from '../ports'

/**
 * Write a fact into the record. Pass the session of the transaction that the fact is made in, so that
 * there is neither the one without the other.
 *
 * @param fact ids and codes only: the record never holds the text of documents
 */
export async function recordAudit(
  { clock }: Pick<Ports, 'clock'>,
  { kind, partnershipId, by, subject = {}, detail = {} }: AuditFact,
  session?: ClientSession,
): Promise<void> {
  const row = {
    partnership: partnershipId ? new Types.ObjectId(partnershipId) : null,
    kind,
    by: by ? new Types.ObjectId(by) : null,
    subject,
    detail,
    at: clock.now(),
  }
  await AuditEntry.create([row], session ? { session } : {})
}
