import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { AuditEntry } from '../../models/audit-entry'
import type { AuditFact } from '../../shared/audit'
import type { Ports } from '../ports'
import { isTaken } from './transaction'

/**
 * Write a fact into the record. Pass the session of the transaction that the fact is made in, so that
 * there is neither the one without the other.
 *
 * @param fact ids and codes only: the record never holds the text of documents
 */
export async function recordAudit(
  { clock }: Pick<Ports, 'clock'>,
  fact: AuditFact,
  session?: ClientSession,
): Promise<void> {
  await AuditEntry.create([toRow(fact, clock.now())], session ? { session } : {})
}

/**
 * Write a fact that is told once however often it happens: the row's id follows from `key`, so that
 * two who tell it at once tell it once.
 *
 * @param key what makes it the same fact, such as who, what and the day
 */
export async function recordOnce(
  { clock }: Pick<Ports, 'clock'>,
  fact: AuditFact,
  key: readonly string[],
): Promise<void> {
  const digest = createHash('sha256')
    .update(`${fact.kind} ${key.join(' ')}`)
    .digest('hex')
  const _id = new Types.ObjectId(digest.slice(0, 24))
  if (await AuditEntry.exists({ _id })) return
  try {
    await AuditEntry.create([{ _id, ...toRow(fact, clock.now()) }])
  } catch (error) {
    // somebody else has just told it
    if (!isTaken(error)) throw error
  }
}

function toRow({ kind, partnershipId, by, subject = {}, detail = {} }: AuditFact, at: Date) {
  return {
    partnership: partnershipId ? new Types.ObjectId(partnershipId) : null,
    kind,
    by: by ? new Types.ObjectId(by) : null,
    subject,
    detail,
    at,
  }
}
