import type { Actor } from '../../../shared/actor'
import { can, type Operation } from '../../../shared/policy'
import type { MemberView } from '../../../shared/views'

/** What somebody may do to a member, for the member's page. */
export type MemberRights = {
  change: boolean
  role: boolean
  makeCoordinator: boolean
  remove: boolean
  leave: boolean
  propose: boolean
}

export function rightsOver(
  actor: Actor,
  partnershipId: string,
  mySideId: string | null,
  { userId, role, sideId }: Pick<MemberView, 'userId' | 'role' | 'sideId'>,
): MemberRights {
  const may = (operation: Operation) => can(actor, operation, { partnershipId })
  const isSelf = userId === actor.userId
  const makeCoordinator = may('member:make-coordinator')
  return {
    change: may('member:invite'),
    // nobody changes their own role, and coordinators come and go by the programme
    role: may('member:invite') && !isSelf && (role !== 'coordinator' || makeCoordinator),
    makeCoordinator,
    // neither side puts the other one's coordinator out
    remove:
      may('member:remove') &&
      !isSelf &&
      (role !== 'coordinator' || sideId === mySideId || makeCoordinator),
    leave: isSelf,
    propose: !isSelf && mySideId !== null && mySideId !== sideId && role !== 'observer',
  }
}
