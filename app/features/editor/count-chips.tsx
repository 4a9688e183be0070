import type { UnitCounts } from '../../../shared/views'
import { UnitChips } from '../../components/unit-chips'
import { usePageLive } from './page-live'

/** How the paragraphs stand, kept true while people write. */
export function CountChips({ counts }: { counts: UnitCounts }) {
  return <UnitChips counts={usePageLive().counts ?? counts} />
}
