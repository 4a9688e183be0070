import type { MemberView } from '../../../shared/views'

/** As many as one looks at. */
const SUGGESTED = 3

/**
 * Whom one could ask to be one’s counterpart: people of the other side of the same profession, those
 * with a language in common first. Others are found in the list below.
 */
export function suggestedPeers(
  members: readonly MemberView[],
  myId: string,
  known: readonly string[],
): MemberView[] {
  const me = members.find(({ userId }) => userId === myId)
  if (!me) return []
  const shares = ({ languages }: MemberView) =>
    languages.some((lang) => me.languages.includes(lang))
  return members
    .filter(
      ({ userId, sideId, role, cadre }) =>
        sideId !== me.sideId &&
        role !== 'observer' &&
        cadre === me.cadre &&
        !known.includes(userId),
    )
    .sort((one, other) => Number(shares(other)) - Number(shares(one)))
    .slice(0, SUGGESTED)
}
