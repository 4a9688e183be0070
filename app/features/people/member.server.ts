import { AppError } from '../../../shared/errors'
import { can } from '../../../shared/policy'
import type { MemberView, PartnershipSummary } from '../../../shared/views'
import type { Member } from '../../lib/route'
import type { MemberPageData } from './member-page'
import { rightsOver } from './member-rights'

type Asked = Pick<Member, 'actor' | 'services' | 'params'>

/**
 * What a member's page shows, to whoever may see the list of people; to an observer themself alone.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readMember(asked: Asked, userId: string): Promise<MemberPageData> {
  const { actor, services, params } = asked
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const { id, slug, sides, mySideId } = partnership
  const isOpen = can(actor, 'member:list', { partnershipId: id })
  if (!isOpen && userId !== actor.userId) throw new AppError('forbidden')
  const members = isOpen
    ? await services.partnerships.listMembers(actor, id)
    : await ownOnly(asked, partnership)
  const member = members.find((each) => each.userId === userId)
  if (!member) throw new AppError('not_found')
  const pairs = isOpen ? await services.counterparts.listCounterparts(actor, id) : []
  return {
    base: `/partnerships/${slug}`,
    sides,
    member,
    rights: rightsOver(actor, id, mySideId, member),
    isPeer: pairs.some(
      ({ mine, people }) => mine !== null && people.some((peer) => peer.userId === userId),
    ),
  }
}

async function ownOnly(
  { actor, services }: Asked,
  { myRole, mySideId }: PartnershipSummary,
): Promise<MemberView[]> {
  if (!myRole || !mySideId) return []
  const { name, languages } = await services.profiles.readProfile(actor)
  return [{ userId: actor.userId, name, role: myRole, sideId: mySideId, cadre: '', languages }]
}
