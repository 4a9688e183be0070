import type { ClientSession } from 'mongoose'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { UnlistedView } from '../../shared/after-views'
import { localized } from '../../shared/languages'
import { grantFor, ROLES } from '../../shared/policy'
import { toNameView } from './names'

const ATTENDING = ROLES.filter((role) => grantFor(role, 'workshop:join') === '+')

/** Members who may take part and do not run the workshop, as a filter. */
function attendingOf({ partnership, facilitators }: WorkshopRow) {
  const user = { $nin: facilitators }
  return { partnership, status: 'active' as const, role: { $in: ATTENDING }, user }
}

/** Can a member be written down by name? Asked of what the browser names. */
export async function isAttending(
  workshop: WorkshopRow,
  user: string,
  session: ClientSession,
): Promise<boolean> {
  const theirs = { ...attendingOf(workshop), $and: [{ user }] }
  return (await Membership.exists(theirs).session(session)) !== null
}

/**
 * Members by side who can be written down by name: who were neither there nor have a place, and whom
 * nobody has turned away. A side without any is left out.
 */
export async function listUnlisted(workshop: WorkshopRow): Promise<UnlistedView[]> {
  const { partnership, _id } = workshop
  const [memberships, listed, home] = await Promise.all([
    Membership.find(attendingOf(workshop), { user: 1, side: 1 }).lean(),
    WorkshopParticipant.distinct('user', {
      partnership,
      workshop: _id,
      $or: [
        { registration: 'registered' },
        { door: 'refused' },
        { 'stays.0': { $exists: true } },
        { correction: { $ne: null } },
      ],
    }),
    Partnership.findById(partnership, { 'sides._id': 1, 'sides.place': 1 }).lean(),
  ])
  const known = new Set(listed.map(String))
  const able = memberships.filter(({ user }) => !known.has(String(user)))
  const users = { _id: { $in: able.map(({ user }) => user) }, deletedAt: { $exists: false } }
  const people = await User.find(users, { name: 1 }).lean()
  const sides = new Map(able.map(({ user, side }) => [String(user), side]))
  return (home?.sides ?? []).flatMap(({ _id: side, place: { en, ru } }) => {
    const theirs = people.filter((person) => sides.get(String(person._id))?.equals(side))
    if (theirs.length === 0) return []
    return {
      place: localized(en, ru),
      people: theirs.map((person) => ({ id: String(person._id), name: toNameView(person.name) })),
    }
  })
}
