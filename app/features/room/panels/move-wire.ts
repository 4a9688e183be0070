import * as z from 'zod/mini'
import type { WorkshopVerb } from '../../../../shared/workshops'
import { type Answer, postForm } from '../../../lib/ask'

const Moved = z.object({ moved: z.literal(true) })

/** Begin, close or reopen a workshop; the room hears of it as everybody does. */
export function moveWorkshop(
  workshopId: string,
  verb: WorkshopVerb,
): Promise<Answer<{ moved: true }>> {
  return postForm(`/workshops/${workshopId}/move`, { verb }, Moved.parse)
}
