import type { ClientSession } from 'mongoose'
import { MailItem, type MailRow } from '../../models/mail'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { AlsoRegistered, AlsoTold, MailTemplate, MailValues } from '../../shared/mails'
import { politeTime } from './workshop-hours'

/** Letters that say when and where a workshop is. */
const TELLING = [
  'guest-invited',
  'workshop-announced',
  'workshop-registered',
  'workshop-admitted',
  'workshop-changed',
  'workshop-place',
  'workshop-reminder',
] as const satisfies readonly MailTemplate[]

/** Letters to those who are of it, worth nothing to whoever is not any more. */
const OF_IT = [
  'guest-invited',
  'workshop-registered',
  'workshop-admitted',
  'workshop-place',
  'workshop-reminder',
] as const satisfies readonly MailTemplate[]
/**
 * One that is on its way may come back and go again, so it is changed with the others; nobody knows
 * whether its reader has it.
 */
const UNSENT = { $in: ['waiting' as const, 'sending' as const] }

/** What somebody does not know yet, as letters about a workshop to them had not left. */
export type Unheard = {
  /** That there is one: they had only been invited. */
  invited: boolean
  /** That somebody gave them a place. */
  placed: boolean
  /** That it was moved: until then it was planned for this time, ISO-8601. */
  was: string | null
  /** A letter about a change waits, and says how it is by now. */
  changed: boolean
}
type Changed = MailValues['workshop-changed']
const NOTHING: Unheard = { invited: false, placed: false, was: null, changed: false }
/** By address. */
type Unsent = ReadonlyMap<string, Unheard>

/**
 * Take what has not left yet of a cancelled workshop out of the outbox, in the transaction of the
 * cancelling: nobody is invited to what does not take place. Other workshops of one letter stay in it.
 */
export async function withdrawUnsent(
  row: WorkshopRow,
  session: ClientSession,
  now: Date,
): Promise<Unsent> {
  const letters = await unsentOf(row, session)
  const unheard = unheardIn(row, letters, now)
  for (const letter of letters) await withdraw(letter, row, session)
  return unheard
}

/**
 * Take what has not left yet to one reader out of the outbox, in the transaction in which they cease to
 * be of the workshop.
 *
 * @returns what waited still, so that they do not know of it
 */
export async function withdrawUnsentTo(
  row: WorkshopRow,
  to: string,
  session: ClientSession,
  templates: readonly MailTemplate[] = OF_IT,
): Promise<MailRow[]> {
  const letters = await unsentOf(row, session, { to, template: { $in: [...templates] } })
  for (const letter of letters) await withdraw(letter, row, session)
  return letters.filter(({ status }) => status === 'waiting')
}

/** Other workshops of one letter stay in it. */
async function withdraw(letter: MailRow, row: WorkshopRow, session: ClientSession): Promise<void> {
  const others = withoutOne(letter, row)
  if (others) return rewrite(letter, others, session)
  await MailItem.deleteOne({ _id: letter._id, status: UNSENT }, { session })
  if (letter.template !== 'guest-invited' || letter.status !== 'waiting') return
  // it was the first: they have not heard of the workshop
  const its = { $eq: letter.to, $type: 'string' as const }
  const theirs = { workshop: row._id, 'guest.email': its, invitedAt: letter.at }
  await WorkshopParticipant.updateOne(theirs, { $set: { invitedAt: null } }, { session })
}

/**
 * Let what has not left yet of a workshop say when and where it is now, in the transaction of the
 * change. Reminders go: another comes in time.
 */
export async function correctUnsent(
  row: WorkshopRow,
  session: ClientSession,
  now: Date,
): Promise<Unsent> {
  const letters = await unsentOf(row, session)
  const unheard = unheardIn(row, letters, now)
  for (const letter of letters) {
    if (letter.template === 'workshop-reminder') {
      await MailItem.deleteOne({ _id: letter._id, status: UNSENT }, { session })
      continue
    }
    await rewrite({ ...letter, nextAt: leavesAt(letter, row, now) }, asItIs(letter, row), session)
  }
  return unheard
}

function unsentOf(
  { _id }: WorkshopRow,
  session: ClientSession,
  which: { to?: string; template: object } = { template: { $in: TELLING } },
): Promise<MailRow[]> {
  const id = String(_id)
  return MailItem.find({
    ...which,
    status: UNSENT,
    $or: [{ 'values.id': id }, { 'values.also.id': id }],
  })
    .session(session)
    .lean<MailRow[]>()
}

/** What waits for the line alone, and not for the morning, tells its reader what they did themselves. */
function unheardIn({ _id }: WorkshopRow, letters: readonly MailRow[], now: Date): Unsent {
  const unheard = new Map<string, Unheard>()
  for (const { to, template, values, at, status } of letters) {
    // by now they may have it
    if (status === 'sending') continue
    const { invited, placed, was, changed } = unheard.get(to) ?? NOTHING
    const isChange = template === 'workshop-changed'
    unheard.set(to, {
      invited: invited || template === 'workshop-announced' || template === 'guest-invited',
      // a guest who is let in has asked for it: of the end of it they are told in any case
      placed: placed || (template === 'workshop-registered' && at > now),
      was: was ?? (isChange ? wasIn(values, String(_id)) : null),
      changed: changed || isChange,
    })
  }
  return unheard
}

async function rewrite(
  { _id, nextAt, status }: MailRow,
  values: object,
  session: ClientSession,
): Promise<void> {
  // of what is on its way the time is its sender's lease
  const fields = status === 'sending' ? { values } : { values, nextAt }
  await MailItem.updateOne({ _id, status }, { $set: fields }, { session })
}

/** As it would have, but for what begins sooner by now. */
function leavesAt(
  { nextAt, values, template }: MailRow,
  { startsAt }: WorkshopRow,
  now: Date,
): Date {
  if (nextAt < startsAt || template === 'guest-invited') return nextAt
  const { timeZone } = values as unknown as Changed
  return politeTime(now, { timeZone, country: '' }, startsAt) ?? now
}

/** When a letter about a change says that it had been planned for. */
function wasIn(values: MailRow['values'], id: string): string | null {
  const changed = values as unknown as Changed
  if (changed.id === id) return changed.was?.startsAt ?? null
  return changed.also?.find((each) => each.id === id)?.was ?? null
}

/** The same letter about its other workshops; null where there are none. */
function withoutOne({ values }: MailRow, { _id }: WorkshopRow): Changed | null {
  const changed = values as unknown as Changed
  const id = String(_id)
  const also = (changed.also ?? []).filter((each) => each.id !== id)
  if (changed.id !== id) return { ...changed, also }
  const [first, ...others] = also
  return first ? { ...changed, ...placeOf(first, changed), also: others } : null
}

/** Another workshop of the series as what a letter is mainly about. */
function placeOf(other: AlsoTold | AlsoRegistered, main: Changed) {
  const { id, title, startsAt, place, was } = other
  const its = (path: string) => path.replace(main.id, id)
  return {
    id,
    title,
    startsAt,
    place,
    was: was ? { startsAt: was, place: null } : null,
    path: its(main.path),
    calendar: its(main.calendar),
    room: its(main.room),
    ...('waiting' in other ? { waiting: other.waiting } : {}),
  }
}

/** A letter's values with the plan as it is now; what it was before the first change stays said. */
function asItIs({ values, template }: MailRow, row: WorkshopRow): MailRow['values'] {
  const changed = values as unknown as Changed
  const id = String(row._id)
  const startsAt = row.startsAt.toISOString()
  const title = { ...row.title }
  if (template === 'guest-invited') return { ...values, workshop: title, startsAt }
  const place = row.mode === 'virtual' ? null : { ...row.place }
  if (changed.id === id) {
    const virtual = row.mode !== 'on_site'
    const isBack = changed.was?.startsAt === startsAt
    const now = { title, startsAt, place, virtual, oneByOne: row.waitingRoom }
    return { ...changed, ...now, ...(isBack ? { was: null } : {}) }
  }
  const also = (changed.also ?? []).map((each) =>
    each.id === id
      ? { ...each, title, startsAt, place, was: each.was === startsAt ? null : each.was }
      : each,
  )
  return { ...changed, also }
}
