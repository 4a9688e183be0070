import { Membership } from '../../models/membership'
import { Resource } from '../../models/resource'
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
 * Whom and what the form of a plan offers: the members of both sides, and the library.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listChoices(
  { channels }: Pick<Ports, 'channels'>,
  actor: Actor,
  partnershipId: string,
): Promise<PlanChoices> {
  demand(actor, 'workshop:facilitate', { partnershipId, ownerId: actor.userId })
  const [members, resources] = await Promise.all([
    Membership.find({ partnership: partnershipId, status: 'active' }, { user: 1, role: 1 }).lean(),
    Resource.find({ partnership: partnershipId }, { title: 1 })
      .sort({ changedAt: -1, _id: -1 })
      .limit(OFFERED)
      .lean(),
  ])
  const attending = members.filter(({ role }) => grantFor(role, 'workshop:join') === '+')
  const people = await peopleById(
    partnershipId,
    attending.map(({ user }) => user),
  )
  return {
    people: attending.flatMap(({ user, role }) => {
      const person = people.get(String(user))
      const facilitates = ['+', 'o'].includes(grantFor(role, 'workshop:facilitate'))
      return person ? [{ ...person, facilitates }] : []
    }),
    resources: resources.map(({ _id, title }) => ({ id: String(_id), title })),
    channelKinds: [
      ...(channels.jitsiUrl ? (['jitsi'] as const) : []),
      ...(channels.bbb ? (['bbb'] as const) : []),
      'link',
    ],
  }
}
