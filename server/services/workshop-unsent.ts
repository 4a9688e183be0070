import type { ClientSession } from 'mongoose'
import { MailItem, type MailRow } from '../../models/mail'
import type { WorkshopRow } from '../../models/workshop'
import type { AlsoTold, MailTemplate, MailValues } from '../../shared/mails'
import { politeTime } from './workshop-hours'

/** Letters that say when and where a workshop is. */
const TELLING = [
  'workshop-announced',
  'workshop-registered',
  'workshop-changed',
  'workshop-place',
  'workshop-reminder',
] as const satisfies readonly MailTemplate[]

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
  for (const letter of letters) {
    const others = letter.template === 'workshop-changed' ? withoutOne(letter, row) : null
    if (others) await rewrite(letter, others, session)
    else await MailItem.deleteOne({ _id: letter._id, status: 'waiting' }, { session })
  }
  return unheard
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
      await MailItem.deleteOne({ _id: letter._id, status: 'waiting' }, { session })
      continue
    }
    await rewrite({ ...letter, nextAt: leavesAt(letter, row, now) }, asItIs(letter, row), session)
  }
  return unheard
}

function unsentOf({ _id }: WorkshopRow, session: ClientSession): Promise<MailRow[]> {
  const id = String(_id)
  return MailItem.find({
    status: 'waiting',
    template: { $in: TELLING },
    $or: [{ 'values.id': id }, { 'values.also.id': id }],
  })
    .session(session)
    .lean<MailRow[]>()
}

/** What waits for the line alone, and not for the morning, tells its reader what they did themselves. */
function unheardIn({ _id }: WorkshopRow, letters: readonly MailRow[], now: Date): Unsent {
  const unheard = new Map<string, Unheard>()
  for (const { to, template, values, at } of letters) {
    const { invited, placed, was, changed } = unheard.get(to) ?? NOTHING
    const isChange = template === 'workshop-changed'
    unheard.set(to, {
      invited: invited || template === 'workshop-announced',
      placed: placed || (template === 'workshop-registered' && at > now),
      was: was ?? (isChange ? wasIn(values, String(_id)) : null),
      changed: changed || isChange,
    })
  }
  return unheard
}

async function rewrite(
  { _id, nextAt }: MailRow,
  values: object,
  session: ClientSession,
): Promise<void> {
  await MailItem.updateOne({ _id, status: 'waiting' }, { $set: { values, nextAt } }, { session })
}

/** As it would have, but for what begins sooner by now. */
function leavesAt({ nextAt, values }: MailRow, { startsAt }: WorkshopRow, now: Date): Date {
  if (nextAt < startsAt) return nextAt
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
function placeOf({ id, title, startsAt, place, was }: AlsoTold, main: Changed) {
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
  }
}

/** A letter's values with the plan as it is now; what it was before the first change stays said. */
function asItIs({ values }: MailRow, row: WorkshopRow): MailRow['values'] {
  const changed = values as unknown as Changed
  const id = String(row._id)
  const startsAt = row.startsAt.toISOString()
  const title = { ...row.title }
  const place = row.mode === 'virtual' ? null : { ...row.place }
  if (changed.id === id) {
    const virtual = row.mode !== 'on_site'
    const isBack = changed.was?.startsAt === startsAt
    return { ...changed, title, startsAt, place, virtual, ...(isBack ? { was: null } : {}) }
  }
  const also = (changed.also ?? []).map((each) =>
    each.id === id
      ? { ...each, title, startsAt, place, was: each.was === startsAt ? null : each.was }
      : each,
  )
  return { ...changed, also }
}
