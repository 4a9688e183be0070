import { z } from 'zod'
import { MoveWorkshop } from '../../../shared/schemas/workshops'
import { intentOf, type Member, parseForm } from '../../lib/route'

const Begin = z.object({ part: z.enum(['brief', 'notes']) })

/**
 * What the overview's forms do: move the workshop, or begin one of its documents.
 *
 * @returns where to go then, within the partnership; null: back to the workshop
 * @throws AppError as the services
 */
export async function actOnWorkshop(
  { actor, services, request }: Member,
  { workshopId, partnershipId }: { workshopId: string; partnershipId: string },
): Promise<string | null> {
  if ((await intentOf(request)) !== 'begin') {
    const move = await parseForm(request, MoveWorkshop)
    await services.workshops.moveWorkshop(actor, workshopId, move, partnershipId)
    return null
  }
  const { part } = await parseForm(request, Begin)
  // the address must name its partnership
  await services.workshops.readWorkshop(actor, workshopId, partnershipId)
  const begun = await services.workshopDocuments.beginDocument(actor, workshopId, part)
  return `protocols/${begun.protocolId}`
}
