import { LeaveLink } from '../../components/leave-link'
import { useLater } from '../../lib/later'
import { useRoomState } from './room-context'

const loadLink = () => import('../../components/leave-link')

/** A guest's way out of this computer; members need none of its code. */
export function GuestLeave() {
  const { me, workshop } = useRoomState()
  const isGuest = me.userId === null
  const Link = useLater(loadLink, isGuest)?.LeaveLink
  if (!isGuest) return null
  return (
    <>
      {Link && <Link workshopId={workshop.id} />}
      <noscript className="block">
        {import.meta.env.SSR && <LeaveLink workshopId={workshop.id} />}
      </noscript>
    </>
  )
}
