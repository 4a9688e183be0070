import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { grantFor, ROLES } from '../../shared/policy'
import type { MentionableView, PersonView, SavedView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { toNameView } from './names'

type Stringable = { toString(): string }

/**
 * People as the authors of things in a partnership, in the colour of their side; those who have left
 * keep name and colour.
 *
 * @param ids users; repeated and missing ones are taken care of
 * @returns by user id
 */
export async function peopleById(
  partnershipId: Stringable,
  ids: readonly (Stringable | null | undefined)[],
): Promise<ReadonlyMap<string, PersonView>> {
  const wanted = [...new Set(ids.flatMap((id) => (id ? String(id) : [])))]
  if (wanted.length === 0) return new Map()
  const [users, memberships, tones] = await Promise.all([
    User.find({ _id: { $in: wanted } }, { name: 1 }).lean(),
    Membership.find(
      { partnership: String(partnershipId), user: { $in: wanted } },
      { user: 1, side: 1 },
    ).lean(),
    tonesOf(partnershipId),
  ])
  const sides = new Map(memberships.map(({ user, side }) => [String(user), String(side)]))
  return new Map(
    users.map(({ _id, name }) => {
      const id = String(_id)
      return [id, { id, name: toNameView(name), tone: tones.get(sides.get(id) ?? '') ?? null }]
    }),
  )
}

/**
 * The actor as others of the partnership see them.
 *
 * @throws AppError `not_found`, `forbidden` (observers are not among those who are shown)
 */
export async function readMyself(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<PersonView> {
  demand(actor, 'presence:see', { partnershipId })
  const people = await peopleById(partnershipId, [actor.userId])
  const me = people.get(actor.userId)
  if (!me) throw new Error('an actor without a user')
  return me
}

/** Who saved something last, and when; null where nobody has, or it is not known. */
export async function savedBy(
  actor: Actor,
  partnershipId: Stringable,
  { by, at }: { by: Stringable | null | undefined; at: Date | null },
): Promise<SavedView | null> {
  if (!by || !at) return null
  const person = (await peopleById(partnershipId, [by])).get(String(by))
  return { isOwn: String(by) === actor.userId, name: person?.name ?? null, at: at.toISOString() }
}

/**
 * Whom a post may call by name: the members who can read it.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listMentionable(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<MentionableView[]> {
  demand(actor, 'mention:find', { partnershipId })
  return mentionableOf(partnershipId)
}

/** Roles that read discussions; whoever does not cannot be called. */
const READERS = ROLES.filter((role) => grantFor(role, 'thread:read') === '+')

/** The same for the server's own use. */
export async function mentionableOf(partnershipId: Stringable): Promise<MentionableView[]> {
  const memberships = await Membership.find({
    partnership: String(partnershipId),
    status: 'active',
    role: { $in: READERS },
  }).lean()
  const [users, tones] = await Promise.all([
    User.find({ _id: { $in: memberships.map(({ user }) => user) } }).lean(),
    tonesOf(partnershipId),
  ])
  const byId = new Map(users.map((user) => [String(user._id), user]))
  return memberships.flatMap(({ user, side, cadre }) => {
    const found = byId.get(String(user))
    if (!found) return []
    return {
      id: String(user),
      name: toNameView(found.name),
      tone: tones.get(String(side)) ?? null,
      cadre,
      languages: [...found.languages],
    }
  })
}

/** Colours of a partnership's sides, by the side's id. */
async function tonesOf(partnershipId: Stringable): Promise<ReadonlyMap<string, 'a' | 'b'>> {
  const row = await Partnership.findById(String(partnershipId), { sides: 1 }).lean()
  return new Map((row?.sides ?? []).map((side) => [String(side._id), side.tone]))
}
