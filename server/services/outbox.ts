import { Types } from 'mongoose'
import { MailItem, type MailRow } from '../../models/mail'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { LetterView, OutboxPage } from '../../shared/outbox-views'
import type { Ports } from '../ports'
import { demand } from './access'
import { recordAudit } from './audit'
import { letterOf, READABLE_MS } from './mail-delivery'
import { inTransaction } from './transaction'

const PAGE = 30
/** Of nobody's partnership: the programme alone. */
const PROGRAMME = { partnershipId: '' }

/**
 * The letters of the last 30 days, newest first: to whom and what became of them, never what they say.
 *
 * @param at.before id of the last letter of the page before
 * @throws AppError `not_found` for anybody but the programme; `invalid_input` for a malformed `before`
 */
export async function listLetters(
  { mailer, clock }: Ports,
  actor: Actor,
  at: { before?: string | undefined } = {},
): Promise<OutboxPage> {
  demand(actor, 'system:inspect', PROGRAMME)
  const rows = await MailItem.find(olderThan(at.before), { values: 0 })
    .sort({ _id: -1 })
    .limit(PAGE + 1)
    .lean<MailRow[]>()
  const shown = rows.slice(0, PAGE)
  return {
    keeps: mailer.keeps,
    items: shown.map((row) => ({
      id: String(row._id),
      to: row.to,
      template: row.template,
      lang: row.lang,
      status: row.status,
      tries: row.tries,
      at: row.at.toISOString(),
      ...(row.sentAt ? { sentAt: row.sentAt.toISOString() } : {}),
      ...(row.status === 'waiting' && row.tries > 0 ? { nextAt: row.nextAt.toISOString() } : {}),
      ...(row.failure && row.status !== 'sent' ? { failure: row.failure } : {}),
      isReadable: mailer.keeps && isKept(row, clock.now()),
    })),
    next: rows.length > PAGE ? String(shown.at(-1)?._id) : null,
  }
}

/**
 * What a letter says, where letters stay on this machine because no mail server is configured. Who
 * reads one may sign in by it, so the record tells of every reading.
 *
 * @throws AppError `not_found` for anybody but the programme, where letters are sent, and a day after
 *   it was written
 */
export async function readLetter(
  ports: Ports,
  actor: Actor,
  letterId: string,
): Promise<LetterView> {
  demand(actor, 'system:inspect', PROGRAMME)
  if (!ports.mailer.keeps || !Id.safeParse(letterId).success) throw new AppError('not_found')
  return inTransaction(async (session) => {
    const row = await MailItem.findById(letterId).session(session).lean<MailRow>()
    if (!row || !isKept(row, ports.clock.now())) throw new AppError('not_found')
    const { id, to, lang, subject, text } = await letterOf(row, ports.publicUrl())
    const by = actor.userId
    await recordAudit(ports, { kind: 'mail:read', by, subject: { mail: letterId } }, session)
    return { id, to, lang, subject, text }
  })
}

function isKept({ status, sentAt }: MailRow, now: Date): boolean {
  return status === 'sent' && sentAt !== undefined && now.getTime() - sentAt.getTime() < READABLE_MS
}

function olderThan(before: string | undefined) {
  if (before === undefined) return {}
  if (!Id.safeParse(before).success) throw new AppError('invalid_input', { before: 'invalid' })
  return { _id: { $lt: new Types.ObjectId(before) } }
}
