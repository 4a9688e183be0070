import { z } from 'zod'
import { MoveWorkshop } from '../../../shared/schemas/workshops'
import { intentOf, type Member, parseForm } from '../../lib/route'
import { outcomeQuery } from './series-outcome.server'

const Begin = z.object({ part: z.enum(['brief', 'notes']) })

/**
 * What the overview's forms do: move the workshop, or begin one of its documents.
 *
 * @returns where to go then, within the partnership
 * @throws AppError as the services
 */
export async function actOnWorkshop(
  { actor, services, request }: Member,
  { workshopId, partnershipId }: { workshopId: string; partnershipId: string },
): Promise<string> {
  if ((await intentOf(request)) !== 'begin') {
    const move = await parseForm(request, MoveWorkshop)
    const outcome = await services.workshops.moveWorkshop(actor, workshopId, move, partnershipId)
    const series = move.verb === 'announce' ? 'announced' : 'cancelled'
    return `workshops/${workshopId}${outcomeQuery(series, outcome)}`
  }
  const { part } = await parseForm(request, Begin)
  // the address must name its partnership
  await services.workshops.readWorkshop(actor, workshopId, partnershipId)
  const begun = await services.workshopDocuments.beginDocument(actor, workshopId, part)
  return `protocols/${begun.protocolId}`
}
