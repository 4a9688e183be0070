import type { ClientSession } from 'mongoose'
import { MailItem } from '../../models/mail'
import type { Mail } from '../../shared/mails'
import type { Ports } from '../ports'

/**
 * Put a letter into the outbox, in the transaction of what it tells of; it leaves soon after the
 * commit, once or, should the other side's answer be lost, twice with the same Message-ID.
 */
export async function queueMail(
  { clock }: Pick<Ports, 'clock'>,
  { to, lang, template, values }: Mail,
  session: ClientSession,
): Promise<void> {
  const at = clock.now()
  const row = { to, lang, template, values, status: 'waiting' as const, nextAt: at, at }
  await MailItem.create([row], { session })
}
