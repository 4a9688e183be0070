import type { ClientSession, Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { NotificationKind } from '../../shared/schemas/notifications'
import { LOBBY_MS } from '../../shared/workshops'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import { announceNotices, type Recorded } from './notify'
import { remindTasks } from './outcome-tasks'
import { inTransaction } from './transaction'
import {
  type Addressee,
  type Home,
  homeOf,
  isOfIt,
  membersTo,
  participantsTo,
  staffOf,
} from './workshop-addressees'
import { minutesOf } from './workshop-attendance'
import { participantFor } from './workshop-attendees'
import { askDuePromises } from './workshop-followups'
import { nudgeForgotten } from './workshop-forgotten'
import { politeTime, reminderTime } from './workshop-hours'
import { aboutFor, noteFor } from './workshop-letters'
import { holdWorkshop } from './workshop-places'
import { sendLeftGuestsAway } from './workshop-without-guests'

const HOUR_MS = 3_600_000
/** Reminders come so long before the beginning, milliseconds; guests' second one as the room opens. */
const DAY_BEFORE_MS = 24 * HOUR_MS
const HOUR_BEFORE_MS = HOUR_MS
/** A reminder comes up to half a day before it is due, where that is at night. */
const LOOK_AHEAD_MS = DAY_BEFORE_MS + 12 * HOUR_MS
/** Somebody may reopen what was closed too early. */
const AFTER_MS = HOUR_MS / 2
/** Who could not be told for so long is not told any more; holidays are waited for elsewhere. */
const AFTER_AT_MOST_MS = 7 * 24 * HOUR_MS
/** Workshops read at a time. */
const PAGE = 50
/** What is kept of the question how it was. */
const AFTER = 'after'
/** People told in one turn: the next turn goes on. */
const MOST_TOLD = 500

/** Something that one participant is to be told once; `name` is what is kept of it. */
type Telling = {
  name: string
  template: 'workshop-reminder' | 'workshop-after'
  kind: NotificationKind
  mail: boolean
  notice: boolean
  /** When the letter leaves. */
  at: Date
}

/**
 * Tell everybody what is due: of what begins soon, of what has ended, three months later, and of tasks
 * whose day comes. Each thing is told once, whoever runs this and however often; what a turn does not get
 * to, the next does.
 *
 * @returns how many were told
 */
export async function remindDue(ports: Ports): Promise<{ told: number }> {
  const now = ports.clock.now()
  let told = 0
  for await (const workshop of comingUp(now)) {
    if (told >= MOST_TOLD) break
    await seatStaff(workshop, now)
    told += await tell(ports, workshop, MOST_TOLD - told, (row, reader) =>
      beforehand(workshop, row, reader, now),
    )
  }
  for await (const workshop of justOver(now)) {
    if (told >= MOST_TOLD) break
    told += await tell(
      ports,
      workshop,
      MOST_TOLD - told,
      (row, reader) => afterwards(workshop, row, reader, now),
      NOT_TOLD_AFTER,
    )
  }
  told += await sendLeftGuestsAway(ports, MOST_TOLD - told)
  told += await nudgeForgotten(ports, MOST_TOLD - told)
  told += await askDuePromises(ports, MOST_TOLD - told)
  told += await remindTasks(ports, MOST_TOLD - told)
  return { told }
}

function comingUp(now: Date): AsyncIterable<WorkshopRow> {
  const until = new Date(now.getTime() + LOOK_AHEAD_MS)
  return byPages({ status: 'announced', startsAt: { $gt: now, $lte: until } })
}

function justOver(now: Date): AsyncIterable<WorkshopRow> {
  const [from, until] = [AFTER_AT_MOST_MS, AFTER_MS].map((ms) => new Date(now.getTime() - ms))
  return byPages({
    status: 'closed',
    // the index; none lasts for weeks
    startsAt: { $gt: new Date(now.getTime() - 2 * AFTER_AT_MOST_MS), $lte: now },
    closedAt: { $gte: from, $lte: until },
  })
}

async function* byPages(which: object): AsyncGenerator<WorkshopRow> {
  let last: Types.ObjectId | null = null
  for (;;) {
    const after: object = last ? { _id: { $gt: last } } : {}
    const rows: WorkshopRow[] = await Workshop.find({ ...which, ...after })
      .sort({ _id: 1 })
      .limit(PAGE)
      .lean()
    yield* rows
    last = rows.at(-1)?._id ?? null
    if (rows.length < PAGE) return
  }
}

/** Those who run it or speak there are reminded too; what they were told is kept where everybody's is. */
async function seatStaff(workshop: WorkshopRow, now: Date): Promise<void> {
  const staff = await membersTo(workshop, await homeOf(workshop), { users: staffOf(workshop) })
  for (const { user } of staff) await participantFor({ userId: String(user) }, workshop, now)
}

/** What is due of the two reminders: in their lists at the hour itself, as a letter never at night. */
function beforehand(
  workshop: WorkshopRow,
  row: WorkshopParticipantRow,
  reader: Addressee,
  now: Date,
): Telling[] {
  const { startsAt, announcedAt } = workshop
  const runs = staffOf(workshop).some((user) => row.user?.equals(user))
  if (row.registration !== 'registered' && !runs) return []
  const second = row.guest ? LOBBY_MS : HOUR_BEFORE_MS
  const dueOf = (ms: number) => new Date(startsAt.getTime() - ms)
  const since = (runs ? announcedAt : row.registeredAt) ?? row.createdAt
  const start = startsAt.toISOString()
  const all = [
    { word: 'day', due: dueOf(DAY_BEFORE_MS), over: dueOf(second) },
    { word: 'hour', due: dueOf(second), over: startsAt },
  ].flatMap(({ word, due, over }) => {
    const evening = reminderTime(due, reader)
    const about = { template: 'workshop-reminder', kind: 'workshop_reminder', at: now } as const
    return [
      { ...about, name: `mail ${word} ${start}`, mail: true, notice: false, from: evening, over },
      { ...about, name: `here ${word} ${start}`, mail: false, notice: !row.guest, from: due, over },
    ]
  })
  return (
    all
      .filter(({ mail, notice }) => mail || notice)
      .filter(({ from, over }) => from <= now && now < over)
      // who registered after that knows
      .filter(({ from }) => since <= from)
      .filter(({ name }) => !row.told.includes(name))
      .map(({ from: _, over: __, ...telling }) => telling)
  )
}

/** To those who were there: what is left to do. Of a certificate is told when there is one. */
function afterwards(
  workshop: WorkshopRow,
  row: WorkshopParticipantRow,
  reader: Addressee,
  now: Date,
): Telling[] {
  const name = AFTER
  if (minutesOf(row, workshop) === 0 || row.told.includes(name)) return []
  const about = { template: 'workshop-after', kind: 'workshop_after' } as const
  return [{ ...about, name, mail: true, notice: !row.guest, at: politeTime(now, reader) ?? now }]
}

/** Who was there, or is said to have been, and has not been asked how it was. */
const NOT_TOLD_AFTER = {
  told: { $ne: AFTER },
  $or: [{ 'stays.0': { $exists: true } }, { correction: { $ne: null } }],
}

/**
 * @param most how many may still be told in this turn
 * @param which of its participants something may be due to
 */
async function tell(
  ports: Ports,
  workshop: WorkshopRow,
  most: number,
  dueFor: (row: WorkshopParticipantRow, reader: Addressee) => Telling[],
  which: object = {},
): Promise<number> {
  if (most <= 0) return 0
  const { _id, partnership } = workshop
  const all = await WorkshopParticipant.find({ ...which, workshop: _id, partnership }).lean()
  // guests of what is planned without them hear of that and of nothing else
  const rows = all.filter((row) => isOfIt(row) && (workshop.guests || !row.guest))
  if (rows.length === 0) return 0
  const home = await homeOf(workshop)
  const readers = await participantsTo(workshop, home, rows)
  let told = 0
  for (const row of rows) {
    const reader = readers.get(String(row._id))
    if (!reader) continue
    for (const telling of dueFor(row, reader)) {
      if (told >= most) return told
      const recorded = await inTransaction((session) =>
        tellOne(ports, { workshop, home, row, reader, telling }, session),
      )
      if (!recorded) continue
      announceNotices(ports.bus, recorded)
      told++
    }
  }
  return told
}

/** Null where another process, or an earlier turn, has told it, or where it is true no more. */
async function tellOne(
  ports: Ports,
  {
    workshop,
    home,
    row,
    reader,
    telling,
  }: {
    workshop: WorkshopRow
    home: Home
    row: WorkshopParticipantRow
    reader: Addressee
    telling: Telling
  },
  session: ClientSession,
): Promise<Recorded | null> {
  const { name, template, kind, mail, notice, at } = telling
  const { _id, partnership, status, startsAt } = workshop
  // cancelled or moved while others were being told
  const held = await holdWorkshop({ _id, partnership, status, startsAt }, session)
  if (!held || (row.guest && !held.guests)) return null
  const { modifiedCount } = await WorkshopParticipant.updateOne(
    { _id: row._id, workshop: workshop._id, registration: row.registration, told: { $ne: name } },
    { $push: { told: name } },
    { session },
  )
  if (modifiedCount === 0) return null
  const values = aboutFor(workshop, home, reader)
  const letter = { template, to: reader.email, lang: reader.lang, values }
  await queueMails(mail ? [{ mail: letter, at }] : [], session)
  if (!notice) return []
  const event = `workshop ${workshop._id} ${name}`
  const about = { row: workshop, kind, event, by: null, at: ports.clock.now() }
  return noteFor(about, [reader], session)
}
