import { type ClientSession, Types } from 'mongoose'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { LocalizedText } from '../../shared/languages'
import type { Mail, MailValues } from '../../shared/mails'
import type { NotificationKind } from '../../shared/schemas/notifications'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import { toNameView } from './names'
import { type Recorded, recordNotices } from './notify'
import { type Addressee, type Home, homeOf, membersTo, participantsTo } from './workshop-addressees'
import { politeTime } from './workshop-hours'

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

/**
 * Tell of a workshop in the transaction of what happened to it: of a new one the members of its
 * audience, of a change or a cancellation whoever is registered, waits or runs it. Letters wait for the
 * morning and for the end of holidays; those who would get theirs too late get it at once.
 *
 * @param row as it is now
 * @returns what is to be announced after the commit (`announceNotices`)
 */
export async function tellParticipants(
  ports: Pick<Ports, 'clock'>,
  row: WorkshopRow,
  what: News,
  { by, reason = '', was }: NewsOf,
  session: ClientSession,
): Promise<Recorded> {
  const now = ports.clock.now()
  const home = await homeOf(row, session)
  const everybody =
    what === 'announced'
      ? await membersTo(row, home, { cadres: row.audience }, session)
      : await concerned(row, home, session)
  const to = everybody.filter(({ user }) => by === null || String(user) !== String(by))
  const author = by ? await User.findById(by, { name: 1 }).session(session).lean() : null
  const mailTo = (reader: Addressee): Mail => {
    const values = aboutFor(row, home, reader)
    const start = { to: reader.email, lang: reader.lang }
    if (what === 'announced') {
      const name = author ? toNameView(author.name) : null
      return { ...start, template: 'workshop-announced', values: { ...values, by: name } }
    }
    if (what === 'cancelled') {
      return { ...start, template: 'workshop-cancelled', values: { ...values, reason } }
    }
    const before = was ? { startsAt: was.startsAt.toISOString(), place: was.place ?? null } : null
    return { ...start, template: 'workshop-changed', values: { ...values, was: before } }
  }
  const soonest = was && was.startsAt < row.startsAt ? was.startsAt : row.startsAt
  const letters = to.map((reader) => ({
    mail: mailTo(reader),
    // somebody about to come in vain is woken
    at: politeTime(now, reader, soonest) ?? now,
  }))
  // what has begun is not announced any more
  await queueMails(what === 'announced' && row.startsAt <= now ? [] : letters, session)
  const event = `workshop ${row._id} ${what} ${what === 'changed' ? row.rev : ''}`.trim()
  return noteFor({ row, kind: KINDS[what], event, by, at: now }, to, session)
}

/** Whoever holds a place or waits for one, and those who run it. */
async function concerned(
  row: WorkshopRow,
  home: Home,
  session: ClientSession,
): Promise<Addressee[]> {
  const rows = await WorkshopParticipant.find(
    {
      workshop: row._id,
      partnership: row.partnership,
      registration: { $in: ['registered', 'waiting'] },
    },
    { user: 1, guest: 1 },
  )
    .session(session)
    .lean()
  const there = await participantsTo(row, home, rows, session)
  const facilitators = await membersTo(row, home, { users: row.facilitators }, session)
  const all = [...there.values(), ...facilitators]
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
    // a guest has the room and nothing of the workspace
    path: reader.user ? `/partnerships/${home.slug}/workshops/${row._id}` : `/workshops/${row._id}`,
    calendar: `/workshops/${row._id}/event.ics`,
    room: `/workshops/${row._id}`,
  }
}
