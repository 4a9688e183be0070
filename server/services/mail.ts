import type { ClientSession } from 'mongoose'
import { MailItem } from '../../models/mail'
import type { Mail } from '../../shared/mails'
import type { Ports } from '../ports'

/**
 * Put a letter into the outbox, in the transaction of what it tells of; it leaves soon after the
 * commit, once or, should the other side's answer be lost, twice with the same Message-ID.
 */
export async function queueMail(
  ports: Pick<Ports, 'clock'>,
  mail: Mail,
  session: ClientSession,
): Promise<void> {
  await queueMails([{ mail, at: ports.clock.now() }], session)
}

/** The same for several letters, each of which leaves at its own time and not before. */
export async function queueMails(
  letters: readonly { mail: Mail; at: Date }[],
  session: ClientSession,
): Promise<void> {
  if (letters.length === 0) return
  const rows = letters.map(({ mail: { to, lang, template, values }, at }) => {
    return { to, lang, template, values, status: 'waiting' as const, nextAt: at, at }
  })
  await MailItem.insertMany(rows, { session })
}
