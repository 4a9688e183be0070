import type { GroupView } from '../../../../shared/room-views'

/** The open group that somebody is in. */
export function groupOf(groups: readonly GroupView[], participant: string): GroupView | null {
  const isIn = ({ people }: GroupView) => people.some(({ id }) => id === participant)
  return groups.find((group) => group.open && isIn(group)) ?? null
}
