import { type ClientSession, type PipelineStage, Types } from 'mongoose'
import { Institution } from '../../models/institution'
import { Membership, type MembershipRow } from '../../models/membership'
import { Partnership, type PartnershipRow } from '../../models/partnership'
import { User, type UserRow } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { grantFor, type Role } from '../../shared/policy'
import type { AttendeeView } from '../../shared/room-views'
import type { PersonName } from '../../shared/views'
import type { RoomRole } from '../../shared/workshops'
import { toNameView } from './names'
import { together } from './together'
import { isTaken } from './transaction'
import { isPresenter, participantOf } from './workshop-access'

type Named = Pick<WorkshopRow, '_id' | 'partnership' | 'facilitators' | 'agenda'>
type Facing = Pick<
  WorkshopParticipantRow,
  '_id' | 'user' | 'guest' | 'side' | 'presenter' | 'interpreter' | 'roleNamed'
>

/**
 * The actor's place among the participants, made when they first come; idempotent, also for two tabs
 * at once. A guest has one already.
 *
 * @param id of the place, where it is made now
 * @throws AppError `not_found`
 */
export async function participantFor(
  actor: Pick<Actor, 'userId' | 'guest'>,
  workshop: WorkshopRow,
  now: Date,
  session?: ClientSession,
  id?: Types.ObjectId,
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
    ...(id ? { _id: id } : {}),
    partnership,
    registration: 'none' as const,
    cadre: membership?.cadre ?? null,
    side: membership?.side ?? null,
    institution: await together(`institution of ${partnership} ${membership?.side}`, () =>
      institutionOf(partnership, membership?.side),
    ),
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

/** Who participants are beside what their own rows say. */
type Around = {
  users: readonly Pick<UserRow, '_id' | 'name'>[]
  memberships: readonly Pick<MembershipRow, 'user' | 'role'>[]
  home: { sides: Pick<PartnershipRow['sides'][number], '_id' | 'tone'>[] } | null | undefined
}
const ROLES = { presenter: 1, interpreter: 1, roleNamed: 1 } as const
const TONES = { 'sides._id': 1, 'sides.tone': 1 } as const

/**
 * Participants as the room shows them; those without a row any more are left out. Every change of a room
 * needs one or two of them, so that all there is about them comes in one answer.
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
  const { _id, partnership } = workshop
  type Found = Facing & Pick<Around, 'users' | 'memberships'> & { homes: [Around['home']] }
  const rows = await WorkshopParticipant.aggregate<Found>([
    { $match: { _id: { $in: wanted.map((id) => new Types.ObjectId(id)) }, workshop: _id } },
    { $project: { partnership: 1, user: 1, guest: 1, side: 1, ...ROLES } },
    lookUp('users', ['user', '_id'], [{ $project: { name: 1 } }]),
    lookUp(
      'memberships',
      ['user', 'user'],
      [{ $match: { partnership, status: 'active' } }, { $project: { user: 1, role: 1 } }],
    ),
    lookUp('partnerships', ['partnership', '_id'], [{ $project: TONES }], 'homes'),
  ])
  return toViews(workshop, rows, {
    users: rows.flatMap(({ users }) => users),
    memberships: rows.flatMap(({ memberships }) => memberships),
    home: rows[0]?.homes[0],
  })
}

function lookUp(
  from: 'users' | 'memberships' | 'partnerships',
  [localField, foreignField]: [string, string],
  pipeline: PipelineStage.Lookup['$lookup']['pipeline'],
  as: string = from,
): PipelineStage.Lookup {
  return { $lookup: { from, localField, foreignField, pipeline: pipeline ?? [], as } }
}

/** Participants' rows as the room shows them, by participant id. */
export async function toAttendees(
  workshop: Named,
  rows: readonly Facing[],
): Promise<ReadonlyMap<string, AttendeeView>> {
  const users = rows.flatMap(({ user }) => user ?? [])
  const { partnership } = workshop
  const active = { partnership, user: { $in: users }, status: 'active' as const }
  const [people, memberships, home] = await Promise.all([
    User.find({ _id: { $in: users } }, { name: 1 }).lean(),
    Membership.find(active, { user: 1, role: 1 }).lean(),
    Partnership.findById(partnership, TONES).lean(),
  ])
  return toViews(workshop, rows, { users: people, memberships, home })
}

function toViews(
  workshop: Named,
  rows: readonly Facing[],
  { users, memberships, home }: Around,
): ReadonlyMap<string, AttendeeView> {
  const names = new Map(users.map(({ _id, name }) => [String(_id), toNameView(name)]))
  const tones = new Map(home?.sides.map(({ _id, tone }) => [String(_id), tone]))
  const roles = new Map(memberships.map(({ user, role }) => [String(user), role]))
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

/** Rows that are looked up next, by workshop. */
const asked = new Map<string, Facing[]>()

/** One participant's row as the room shows it: those who come in at once are looked up together. */
export async function toAttendee(workshop: Named, row: Facing): Promise<AttendeeView> {
  const name = `attendees of ${workshop._id}`
  asked.set(name, [...(asked.get(name) ?? []), row])
  const views = await together(name, () => {
    const rows = asked.get(name) ?? []
    asked.delete(name)
    return toAttendees(workshop, rows)
  })
  return views.get(String(row._id)) as AttendeeView
}

function roleOf(workshop: Named, row: Facing, role: Role | undefined): RoomRole {
  const isNamed = workshop.facilitators.some((user) => row.user?.equals(user))
  const grant = role ? grantFor(role, 'workshop:facilitate') : '-'
  if (grant === '+' || (grant === 'o' && isNamed)) return 'facilitator'
  if (isPresenter(workshop, row, row.user && String(row.user))) return 'presenter'
  return row.interpreter ? 'interpreter' : 'participant'
}

/** What a guest wrote as one line: the last word is the family name. */
export function guestName(line: string): PersonName {
  const words = line.split(' ')
  return words.length < 2
    ? { given: line, family: '' }
    : { given: words.slice(0, -1).join(' '), family: words.at(-1) ?? '' }
}
