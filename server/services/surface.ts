import type { AuditFact } from '../../shared/audit'
import type { Ports } from '../ports'
import { recordAudit } from './audit'

/**
 * One more write from a network address, whoever is behind it.
 *
 * @throws AppError `too_many_requests` with `seconds`
 */
export async function admitWrite({ limits }: Ports, address: string): Promise<void> {
  await limits.take('address-write', address)
}

/** What a door turned away, for the programme's record. The door sees to it that these are few. */
export async function noteRefusal(
  ports: Ports,
  fact: Pick<AuditFact, 'kind' | 'by' | 'detail'>,
): Promise<void> {
  await recordAudit(ports, fact)
}
