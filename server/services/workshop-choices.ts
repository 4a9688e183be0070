import { Membership } from '../../models/membership'
import { Resource } from '../../models/resource'
import { Workshop } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import type { LocalizedText } from '../../shared/languages'
import { grantFor } from '../../shared/policy'
import type { PersonView } from '../../shared/views'
import type { ChannelKind } from '../../shared/workshops'
import type { Ports } from '../ports'
import { demand } from './access'
import { peopleById } from './people'

/** Items of the library to choose from, the latest ones. */
const OFFERED = 200

/** What a plan can be made of. */
export type PlanChoices = {
  /** `facilitates`: may be named as a facilitator. */
  people: readonly (PersonView & { facilitates: boolean })[]
  resources: readonly { id: string; title: LocalizedText }[]
  /** Ways of sound and picture that this installation has; without a server, a link of one's own. */
  channelKinds: readonly ChannelKind[]
}

/**
 * Whom and what the form of a plan offers: the members of both sides, and the library. What a plan
 * already names stays to be chosen: speakers who have left since, and older items.
 *
 * @param workshopId whose plan is changed; without one a new workshop is planned
 * @throws AppError `not_found`, `forbidden`
 */
export async function listChoices(
  { channels }: Pick<Ports, 'channels'>,
  actor: Actor,
  partnershipId: string,
  workshopId?: string,
): Promise<PlanChoices> {
  demand(actor, 'workshop:facilitate', { partnershipId, ownerId: actor.userId })
  const plan = workshopId
    ? await Workshop.findOne(
        { _id: workshopId, partnership: partnershipId },
        { agenda: 1, materials: 1 },
      ).lean()
    : null
  const agenda = plan?.agenda ?? []
  const shown = [...(plan?.materials ?? []), ...agenda.flatMap(({ resource }) => resource ?? [])]
  const ofPartnership = { partnership: partnershipId }
  const [members, latest, named] = await Promise.all([
    Membership.find({ ...ofPartnership, status: 'active' }, { user: 1, role: 1 }).lean(),
    Resource.find(ofPartnership, { title: 1 })
      .sort({ changedAt: -1, _id: -1 })
      .limit(OFFERED)
      .lean(),
    Resource.find({ ...ofPartnership, _id: { $in: shown } }, { title: 1 }).lean(),
  ])
  const resources = new Map([...latest, ...named].map((row) => [String(row._id), row]))
  const attending = members.filter(({ role }) => grantFor(role, 'workshop:join') === '+')
  const isAttending = new Set(attending.map(({ user }) => String(user)))
  const former = new Set(
    agenda.flatMap(({ speaker }) =>
      speaker && !isAttending.has(String(speaker)) ? String(speaker) : [],
    ),
  )
  const people = await peopleById(partnershipId, [...isAttending, ...former])
  return {
    people: [
      ...attending.flatMap(({ user, role }) => {
        const person = people.get(String(user))
        const facilitates = ['+', 'o'].includes(grantFor(role, 'workshop:facilitate'))
        return person ? [{ ...person, facilitates }] : []
      }),
      ...[...former].flatMap((id) => {
        const person = people.get(id)
        return person ? [{ ...person, facilitates: false }] : []
      }),
    ],
    resources: [...resources].map(([id, { title }]) => ({ id, title })),
    channelKinds: [
      ...(channels.jitsiUrl ? (['jitsi'] as const) : []),
      ...(channels.bbb ? (['bbb'] as const) : []),
      'link',
    ],
  }
}
