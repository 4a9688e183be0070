import { Types } from 'mongoose'
import { AuditEntry } from '../../models/audit-entry'
import type { Ports } from '../ports'
import { recordAudit, recordOnce } from './audit'

/** Failed sign-ins of one account that are told one by one within an hour. */
const TOLD_MOST = 20
const HOUR_MS = 3_600_000

/**
 * Somebody failed to sign in. However many guess, an account has few rows for an hour (UTC): the first
 * ones each, and one that says there were more. Those of no account share theirs.
 *
 * @param by whose account it was tried on; null: nobody's
 */
export async function recordFailedSignIn(
  ports: Pick<Ports, 'clock'>,
  by: string | null,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  const kind = 'sign-in:failed'
  const hour = Math.floor(ports.clock.now().getTime() / HOUR_MS)
  const told = await AuditEntry.countDocuments({
    partnership: null,
    kind,
    by: by ? new Types.ObjectId(by) : null,
    at: { $gte: new Date(hour * HOUR_MS) },
  }).limit(TOLD_MOST)
  if (told < TOLD_MOST) return recordAudit(ports, { kind, by, detail })
  const last = { kind, by, detail: { ...detail, more: 'hour' } } as const
  await recordOnce(ports, last, [by ?? '-', String(hour)])
}
