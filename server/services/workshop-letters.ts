import { type ClientSession, Types } from 'mongoose'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { LocalizedText } from '../../shared/languages'
import type { AlsoTold, Mail, MailValues } from '../../shared/mails'
import type { NotificationKind } from '../../shared/schemas/notifications'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import { toNameView } from './names'
import { type Recorded, recordNotices } from './notify'
import {
  type Addressee,
  type Home,
  homeOf,
  isOfIt,
  membersTo,
  participantsTo,
  staffOf,
} from './workshop-addressees'
import { politeTime } from './workshop-hours'
import { correctUnsent, type Unheard, withdrawUnsent } from './workshop-unsent'

/** What participants are told of a workshop as a whole. */
export type News = 'announced' | 'changed' | 'cancelled'

export type NewsOf = {
  /** User who did it, who is told nothing. */
  by: Types.ObjectId | string | null
  /** Of a cancellation. */
  reason?: string
  /** Of a change: how it was planned before, where time or place are others now. */
  was?: { startsAt: Date; place?: LocalizedText }
}

const KINDS = {
  announced: 'workshop_announced',
  changed: 'workshop_changed',
  cancelled: 'workshop_cancelled',
} as const satisfies Record<News, NotificationKind>

/** A workshop as it is now, and how it was planned before. */
export type Told = { row: WorkshopRow; was?: NewsOf['was'] }

/**
 * Tell of a workshop in the transaction of what happened to it: of a new one the members of its
 * audience and its staff, of a change or a cancellation whoever is registered, invited as a guest, waits
 * for a place, runs it or speaks there. Letters wait for the morning and for the end of holidays; those
 * who would get theirs too late get it at once.
 *
 * @param row as it is now
 * @returns what is to be announced after the commit (`announceNotices`)
 */
export async function tellParticipants(
  ports: Pick<Ports, 'clock'>,
  row: WorkshopRow,
  what: News,
  news: NewsOf,
  session: ClientSession,
): Promise<Recorded> {
  if (what !== 'announced') return tellOfSeries(ports, [{ row, ...news }], what, news, session)
  return tellAnnounced(ports, [row], news, session)
}

/**
 * Announce workshops, several of one series together: to each member who is meant by any of them one
 * notice, and one letter with all dates that are meant for them.
 *
 * @param rows earliest first
 */
export async function tellAnnounced(
  ports: Pick<Ports, 'clock'>,
  rows: readonly WorkshopRow[],
  { by }: NewsOf,
  session: ClientSession,
): Promise<Recorded> {
  const [first] = rows
  if (!first) return []
  const now = ports.clock.now()
  const home = await homeOf(first, session)
  const author = by ? await User.findById(by, { name: 1 }).session(session).lean() : null
  const name = author ? toNameView(author.name) : null
  const theirs = new Map<string, { reader: Addressee; rows: WorkshopRow[] }>()
  for (const row of rows) {
    const audience = await membersTo(row, home, { cadres: row.audience }, session)
    const staff = await membersTo(row, home, { users: staffOf(row) }, session)
    const everybody = new Map([...audience, ...staff].map((each) => [each.email, each]))
    for (const reader of [...everybody.values()].filter(({ user }) => !isBy(user, by))) {
      const known = theirs.get(reader.email)
      theirs.set(reader.email, { reader, rows: [...(known?.rows ?? []), row] })
    }
  }
  const letters = [...theirs.values()].flatMap(({ reader, rows: mine }) => {
    // what has begun is not announced any more
    const [main, ...others] = mine.filter(({ startsAt }) => startsAt > now)
    if (!main) return []
    const also = others.map((row) => toAlso({ row }))
    const values = { ...aboutFor(main, home, reader), by: name, also }
    const start = { template: 'workshop-announced' as const, to: reader.email, lang: reader.lang }
    return { mail: { ...start, values }, at: politeTime(now, reader, main.startsAt) ?? now }
  })
  await queueMails(letters, session)
  const notices: Recorded[] = []
  for (const row of rows) {
    const firsts = [...theirs.values()].filter(({ rows: [mine] }) => mine === row)
    const [several, one] = [true, false].map((isSeries) =>
      firsts.filter((each) => each.rows.length > 1 === isSeries).map(({ reader }) => reader),
    )
    const about = { row, event: eventOf(row, 'announced'), by, at: now }
    const [kind, series] = [KINDS.announced, 'workshop_series_announced' as const]
    notices.push(await noteFor({ ...about, kind }, one ?? [], session))
    notices.push(await noteFor({ ...about, kind: series }, several ?? [], session))
  }
  return notices.flat()
}

/**
 * The same of several workshops of one series that were changed or cancelled together: a notice of
 * each, and one letter a person about all that are theirs. Letters about them that have not left yet say
 * how it is now, or do not leave; nobody is told by a letter that what they have not heard of is different.
 *
 * @param told earliest first
 */
export async function tellOfSeries(
  ports: Pick<Ports, 'clock'>,
  told: readonly Told[],
  what: 'changed' | 'cancelled',
  { by, reason = '' }: NewsOf,
  session: ClientSession,
): Promise<Recorded> {
  const [first] = told
  if (!first) return []
  const now = ports.clock.now()
  const home = await homeOf(first.row, session)
  const theirs = new Map<string, { reader: Addressee; told: Told[] }>()
  const notices: Recorded[] = []
  const reviseUnsent = what === 'cancelled' ? withdrawUnsent : correctUnsent
  for (const each of told) {
    const { row } = each
    const everybody = await concerned(row, home, session)
    const to = everybody.filter(({ user }) => !isBy(user, by))
    const unsent = await reviseUnsent(row, session, now)
    for (const reader of to) {
      const unheard = unsent.get(reader.email)
      if (unheard && (isNews(unheard, reader) || (unheard.changed && what === 'changed'))) continue
      const known = theirs.get(reader.email)
      const mine = asHeard(each, what === 'cancelled' ? unheard : undefined)
      theirs.set(reader.email, { reader, ...known, told: [...(known?.told ?? []), mine] })
    }
    const about = { row, kind: KINDS[what], event: eventOf(row, what), by, at: now }
    notices.push(await noteFor(about, to, session))
  }
  const letters = [...theirs.values()].flatMap(({ reader, told: [main, ...others] }) => {
    if (!main) return []
    const values = { ...aboutFor(main.row, home, reader), also: others.map(toAlso) }
    const start = { to: reader.email, lang: reader.lang }
    const mail: Mail =
      what === 'cancelled'
        ? { ...start, template: 'workshop-cancelled', values: { ...values, reason } }
        : { ...start, template: 'workshop-changed', values: { ...values, was: wasOf(main) } }
    // somebody about to come in vain is woken
    return { mail, at: politeTime(now, reader, soonestOf([main, ...others])) ?? now }
  })
  await queueMails(letters, session)
  return notices.flat()
}

/** Who has a place has heard of it, unless somebody gave it to them this night. */
function isNews({ invited, placed }: Unheard, { hasPlace }: Concerned): boolean {
  return placed || (invited && !hasPlace)
}

/** With the time that its reader knows. */
function asHeard(told: Told, unheard: Unheard | undefined): Told {
  if (!unheard?.was) return told
  return { ...told, row: { ...told.row, startsAt: new Date(unheard.was) } }
}

function isBy(user: Types.ObjectId | null, by: NewsOf['by']): boolean {
  return by !== null && String(user) === String(by)
}

function eventOf({ _id, rev }: WorkshopRow, what: News): string {
  return `workshop ${_id} ${what} ${what === 'changed' ? rev : ''}`.trim()
}

function wasOf({ was }: Told): { startsAt: string; place: LocalizedText | null } | null {
  return was ? { startsAt: was.startsAt.toISOString(), place: was.place ?? null } : null
}

/** One of several workshops that a letter tells of, beside the one that it is mainly about. */
export function toAlso({ row, was }: Told): AlsoTold {
  const { _id, title, startsAt, mode, place } = row
  const isMoved = was !== undefined && was.startsAt.getTime() !== startsAt.getTime()
  return {
    id: String(_id),
    title: { ...title },
    startsAt: startsAt.toISOString(),
    place: mode === 'virtual' ? null : { ...place },
    was: isMoved ? was.startsAt.toISOString() : null,
  }
}

/** When the first of them begins, or would have begun. */
function soonestOf(told: readonly Told[]): Date {
  const times = told.flatMap(({ row, was }) => [row.startsAt, was?.startsAt ?? row.startsAt])
  return new Date(Math.min(...times.map(Number)))
}

type Concerned = Addressee & { hasPlace: boolean }

/** Guests who have not come yet, and were not told meanwhile that there are none. */
const INVITED = {
  guest: { $ne: null },
  door: 'admitted',
  registration: 'none',
  gaveWay: null,
} as const

/** Whoever holds a place or waits for one, guests who are invited, and those who run it or speak there. */
async function concerned(
  row: WorkshopRow,
  home: Home,
  session: ClientSession,
): Promise<Concerned[]> {
  const rows = await WorkshopParticipant.find(
    {
      workshop: row._id,
      partnership: row.partnership,
      $or: [{ registration: { $in: ['registered', 'waiting'] } }, INVITED],
    },
    { user: 1, guest: 1, door: 1, registration: 1 },
  )
    .session(session)
    .lean()
  // whoever came as a guest is told that there are none any more (`sendGuestsAway`)
  const ofIt = rows.filter((each) => isOfIt(each) && (row.guests || !each.guest))
  const there = await participantsTo(row, home, ofIt, session)
  const staff = await membersTo(row, home, { users: staffOf(row) }, session)
  const all = [
    ...staff.map((each) => ({ ...each, hasPlace: false })),
    ...rows.flatMap(({ _id, registration }) => {
      const reader = there.get(String(_id))
      return reader ? [{ ...reader, hasPlace: registration !== 'none' }] : []
    }),
  ]
  return [...new Map(all.map((each) => [each.email, each])).values()]
}

/** A row in the list of everybody among them who has one; guests have none. */
export function noteFor(
  about: {
    row: Pick<WorkshopRow, '_id' | 'partnership'>
    kind: NotificationKind
    event: string
    by: Types.ObjectId | string | null
    at: Date
  },
  to: readonly Pick<Addressee, 'user'>[],
  session: ClientSession,
): Promise<Recorded> {
  const { row, kind, event, at } = about
  const notice = {
    kind,
    partnership: row.partnership,
    event,
    by: about.by === null ? null : new Types.ObjectId(String(about.by)),
    to: to.flatMap(({ user }) => user ?? []),
    workshop: row._id,
    at,
  }
  return recordNotices([notice], session)
}

/** What every letter about a workshop says of it, to this reader. */
export function aboutFor(
  row: WorkshopRow,
  home: Home,
  reader: Pick<Addressee, 'user' | 'timeZone'>,
): MailValues['workshop-place'] {
  return {
    id: String(row._id),
    title: { ...row.title },
    startsAt: row.startsAt.toISOString(),
    timeZone: reader.timeZone,
    clocks: home.clocks,
    place: row.mode === 'virtual' ? null : { ...row.place },
    virtual: row.mode !== 'on_site',
    oneByOne: row.waitingRoom,
    // a guest has the room and nothing of the workspace
    path: reader.user ? `/partnerships/${home.slug}/workshops/${row._id}` : `/workshops/${row._id}`,
    calendar: `/workshops/${row._id}/event.ics`,
    room: `/workshops/${row._id}`,
  }
}
