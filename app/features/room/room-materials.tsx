import type { MaterialView } from '../../../shared/workshop-views'
import { useLater } from '../../lib/later'
import { MaterialsCard } from '../library/materials-card'

const loadCard = () => import('../library/materials-card')

/**
 * What of the library belongs to the workshop. Most have little or none of it, so that its code comes
 * where there is some; where no script brings it, it is in the page.
 */
export function RoomMaterials({ materials }: { materials: readonly MaterialView[] }) {
  const Card = useLater(loadCard, materials.length > 0)?.MaterialsCard
  return (
    <>
      {Card && <Card materials={materials} />}
      <noscript className="block">
        {import.meta.env.SSR && <MaterialsCard materials={materials} />}
      </noscript>
    </>
  )
}
