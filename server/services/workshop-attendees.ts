import { type ClientSession, Types } from 'mongoose'
import { Institution } from '../../models/institution'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { grantFor, type Role } from '../../shared/policy'
import type { AttendeeView } from '../../shared/room-views'
import type { PersonName } from '../../shared/views'
import type { RoomRole } from '../../shared/workshops'
import { toNameView } from './names'
import { isTaken } from './transaction'
import { participantOf } from './workshop-access'

type Named = Pick<WorkshopRow, '_id' | 'partnership' | 'facilitators'>
type Facing = Pick<
  WorkshopParticipantRow,
  '_id' | 'user' | 'guest' | 'side' | 'presenter' | 'interpreter'
>

/**
 * The actor's place among the participants, made when they first come; idempotent, also for two tabs
 * at once. A guest has one already.
 *
 * @throws AppError `not_found`
 */
export async function participantFor(
  actor: Pick<Actor, 'userId' | 'guest'>,
  workshop: WorkshopRow,
  now: Date,
  session?: ClientSession,
): Promise<WorkshopParticipantRow> {
  const mine = participantOf(actor, workshop._id)
  const known = await WorkshopParticipant.findOne(mine)
    .session(session ?? null)
    .lean()
  if (known) return known
  if (actor.guest) throw new AppError('not_found')
  const { partnership } = workshop
  const membership = await Membership.findOne({ partnership, user: actor.userId }).lean()
  const fields = {
    partnership,
    registration: 'none' as const,
    cadre: membership?.cadre ?? null,
    side: membership?.side ?? null,
    institution: await institutionOf(partnership, membership?.side),
    createdAt: now,
  }
  try {
    const row = await WorkshopParticipant.findOneAndUpdate(
      { workshop: workshop._id, user: new Types.ObjectId(actor.userId) },
      { $setOnInsert: fields },
      {
        upsert: true,
        returnDocument: 'after',
        setDefaultsOnInsert: true,
        session: session ?? null,
      },
    ).lean()
    if (row) return row
  } catch (error) {
    // a twin was quicker
    if (!isTaken(error) || session) throw error
  }
  const row = await WorkshopParticipant.findOne(mine).lean()
  if (!row) throw new AppError('not_found')
  return row
}

async function institutionOf(partnership: Types.ObjectId, side: Types.ObjectId | undefined) {
  if (!side) return null
  const row = await Partnership.findById(partnership, { sides: 1 }).lean()
  const lead = row?.sides.find(({ _id }) => _id.equals(side))?.institution
  const institution = lead && (await Institution.findById(lead, { name: 1 }).lean())
  return institution?.name ?? null
}

/**
 * Participants as the room shows them; those without a row any more are left out.
 *
 * @param ids participants; repeated and missing ones are taken care of
 * @returns by participant id
 */
export async function attendeesById(
  workshop: Named,
  ids: readonly (Types.ObjectId | string | null | undefined)[],
): Promise<ReadonlyMap<string, AttendeeView>> {
  const wanted = [...new Set(ids.flatMap((id) => (id ? String(id) : [])))]
  if (wanted.length === 0) return new Map()
  const rows = await WorkshopParticipant.find(
    { _id: { $in: wanted }, workshop: workshop._id },
    { user: 1, guest: 1, side: 1, presenter: 1, interpreter: 1 },
  ).lean()
  return toAttendees(workshop, rows)
}

/** Participants' rows as the room shows them, by participant id. */
export async function toAttendees(
  workshop: Named,
  rows: readonly Facing[],
): Promise<ReadonlyMap<string, AttendeeView>> {
  const users = rows.flatMap(({ user }) => user ?? [])
  const { partnership } = workshop
  const [people, memberships, home] = await Promise.all([
    User.find({ _id: { $in: users } }, { name: 1 }).lean(),
    Membership.find({ partnership, user: { $in: users } }, { user: 1, role: 1, status: 1 }).lean(),
    Partnership.findById(partnership, { 'sides._id': 1, 'sides.tone': 1 }).lean(),
  ])
  const names = new Map(people.map(({ _id, name }) => [String(_id), toNameView(name)]))
  const tones = new Map(home?.sides.map(({ _id, tone }) => [String(_id), tone]))
  const roles = new Map(
    memberships.flatMap(({ user, role, status }) =>
      status === 'active' ? [[String(user), role] as const] : [],
    ),
  )
  return new Map(
    rows.map((row) => {
      const user = row.user ? String(row.user) : null
      const name = (user && names.get(user)) || guestName(row.guest?.name ?? '')
      const view: AttendeeView = {
        id: String(row._id),
        userId: user,
        name,
        tone: tones.get(String(row.side)) ?? null,
        role: roleOf(workshop, row, user ? roles.get(user) : undefined),
      }
      return [view.id, view]
    }),
  )
}

function roleOf(workshop: Named, row: Facing, role: Role | undefined): RoomRole {
  const isNamed = workshop.facilitators.some((user) => row.user?.equals(user))
  const grant = role ? grantFor(role, 'workshop:facilitate') : '-'
  if (grant === '+' || (grant === 'o' && isNamed)) return 'facilitator'
  if (row.presenter) return 'presenter'
  return row.interpreter ? 'interpreter' : 'participant'
}

/** What a guest wrote as one line: the last word is the family name. */
export function guestName(line: string): PersonName {
  const words = line.split(' ')
  return words.length < 2
    ? { given: line, family: '' }
    : { given: words.slice(0, -1).join(' '), family: words.at(-1) ?? '' }
}
