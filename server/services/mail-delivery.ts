import { MailItem, type MailRow } from '../../models/mail'
import { User } from '../../models/user'
import type { Mail } from '../../shared/mails'
import type { Letter, MailAnswer, Ports } from '../ports'
import { filesWith } from './letter-files'
import { writeLetter } from './letters'

/** How long a sender has a letter to itself; longer than any attempt takes, milliseconds. */
export const LEASE_MS = 2 * 60_000
/** Between attempts: the first, doubled each time, up to the longest, milliseconds. */
const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 6 * 3_600_000
/** A letter that has found no way out for so long is given up, milliseconds. */
const GIVEN_UP_MS = 2 * 86_400_000
/** How long a letter can be read where it stays on this machine, milliseconds. */
export const READABLE_MS = 86_400_000

/** What became of one letter; `none`: nothing is due. `away`: the line is to blame, not the letter. */
export type Delivery = 'none' | 'sent' | 'failed' | 'later' | 'away'

/**
 * Send the letter that has been due longest, if any. A process that ends in the middle leaves a lease
 * behind; once that is over the letter goes again, with the same Message-ID.
 */
export async function deliverNext(ports: Ports): Promise<Delivery> {
  const row = await claim(ports.clock.now())
  if (!row) return 'none'
  const letter = await written(ports, row)
  if (!letter) return failed(ports, row, 'not_written')
  const answer = await sendBy(ports, letter)
  if (answer.taken) {
    await settle(row, {
      status: 'sent',
      sentAt: ports.clock.now(),
      // codes and links are for their reader alone; what stays here is read here, for a day
      ...(ports.mailer.keeps ? {} : { values: {} }),
    })
    return 'sent'
  }
  if (answer.isFinal) return failed(ports, row, answer.code)
  const nextAt = new Date(ports.clock.now().getTime() + waitAfter(row.tries))
  if (nextAt >= givenUpAt(row)) return failed(ports, row, answer.code)
  await settle(row, { status: 'waiting', nextAt, failure: answer.code })
  return /^\d/.test(answer.code) ? 'later' : 'away'
}

/**
 * Take the words out of letters that were kept to be read here, a day after they were written, and
 * their files with them: they hold codes and links.
 *
 * @returns how many rows held words until now
 */
export async function sweepLetters({ clock, mailer }: Ports): Promise<{ letters: number }> {
  const before = new Date(clock.now().getTime() - READABLE_MS)
  const old = { status: 'sent' as const, sentAt: { $lt: before }, values: { $ne: {} } }
  const { modifiedCount } = await MailItem.updateMany(old, { $set: { values: {} } })
  await mailer.forget(before)
  return { letters: modifiedCount }
}

/** One process has it until the lease is over; who has come too late sees the new `nextAt`. */
function claim(now: Date): Promise<MailRow | null> {
  return MailItem.findOneAndUpdate(
    { status: { $in: ['waiting', 'sending'] }, nextAt: { $lte: now } },
    {
      $set: { status: 'sending', nextAt: new Date(now.getTime() + LEASE_MS) },
      $inc: { tries: 1 },
    },
    { sort: { nextAt: 1 }, returnDocument: 'after' },
  ).lean<MailRow>()
}

/** Null for what cannot be written: values of an earlier version, or a template that is gone. */
async function written({ publicUrl, log }: Ports, row: MailRow): Promise<Letter | null> {
  try {
    return await letterOf(row, publicUrl())
  } catch (error) {
    log.error({ err: error, mail: String(row._id), template: row.template }, 'unwritable letter')
    return null
  }
}

/** The letter of a row, in the language and time zone of whoever gets it. */
export async function letterOf(row: MailRow, publicUrl: string): Promise<Letter> {
  const reader = await User.findOne({ email: row.to }, { timeZone: 1 }).lean()
  const { to, lang, template, values } = row
  // the rows are written by `queueMail` alone, which takes nothing else
  const mail = { to, lang, template, values } as unknown as Mail
  const at = { id: String(row._id), publicUrl, timeZone: reader?.timeZone ?? 'UTC' }
  return { ...writeLetter(mail, at), files: await filesWith(mail, publicUrl) }
}

async function sendBy({ mailer, log }: Ports, letter: Letter): Promise<MailAnswer> {
  try {
    return await mailer.send(letter)
  } catch (error) {
    log.error({ err: error, mail: letter.id }, 'a letter could not be handed over')
    return { taken: false, isFinal: false, code: 'line' }
  }
}

async function failed({ log }: Ports, row: MailRow, failure: string): Promise<Delivery> {
  log.warn({ mail: String(row._id), template: row.template, failure }, 'a letter was given up')
  await settle(row, { status: 'failed', failure, values: {} })
  return 'failed'
}

/** Only by whoever holds the lease: an answer that comes after it is over changes nothing. */
async function settle({ _id, nextAt }: MailRow, fields: Partial<MailRow>): Promise<void> {
  await MailItem.updateOne({ _id, status: 'sending', nextAt }, { $set: fields })
}

/** Doubling, up to a fifth longer or shorter, so that what failed together is not tried together. */
function waitAfter(tries: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS)
  return Math.round(wait * (0.8 + Math.random() * 0.4))
}

/** What holds for minutes only is worth nothing to somebody who gets it later. */
function givenUpAt({ at, values }: MailRow): Date {
  const holds = typeof values.minutes === 'number' ? values.minutes * 60_000 : GIVEN_UP_MS
  return new Date(at.getTime() + Math.min(holds, GIVEN_UP_MS))
}
