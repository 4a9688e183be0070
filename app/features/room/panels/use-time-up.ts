import { useEffect, useState } from 'react'
import { useRoomState } from '../room-context'
import { groupOf } from './group-of'

/** A browser's timer waits no longer than this, milliseconds. */
const LONGEST_MS = 2 ** 31 - 1

/** When the time of the reader's group ended, or of all groups to whoever runs the room; null until it has. */
export function useTimeUp(): string | null {
  const { groups, me, staff, now } = useRoomState()
  const group = groupOf(groups, me.id) ?? (staff ? groups.find(({ open }) => open) : undefined)
  const endsAt = group?.endsAt ?? null
  // what was over when the reader came is no news
  const [over, setOver] = useState(() => (endsAt && Date.parse(endsAt) <= now() ? endsAt : null))
  useEffect(() => {
    if (endsAt === null) return
    const left = Math.max(0, Date.parse(endsAt) - now())
    const timer = setTimeout(() => setOver(endsAt), Math.min(left, LONGEST_MS))
    return () => clearTimeout(timer)
  }, [endsAt, now])
  return over !== null && over === endsAt ? over : null
}
