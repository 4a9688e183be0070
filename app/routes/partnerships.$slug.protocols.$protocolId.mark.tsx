import { MarkInSync } from '../../shared/schemas/protocols'
import { asData } from '../lib/data-route'
import { actionForMember, idParam, parseForm } from '../lib/route'

/**
 * Mark a unit's two texts as agreeing. A route without a page: the editor posts here and goes on, and a
 * refusal is an answer to it, never an error page over somebody's unsaved words.
 */
export const action = asData(
  actionForMember(async ({ actor, services, params, request }) => {
    const mark = await parseForm(request, MarkInSync)
    const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
    return services.protocols.markInSync(actor, idParam(params, 'protocolId'), mark, id)
  }),
)
