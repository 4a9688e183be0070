import { ResourceChange } from '../../shared/schemas/resources'
import { asData } from '../lib/data-route'
import { answerPlainly } from '../lib/plain-answer.server'
import { actionForMember, idParam, parseForm } from '../lib/route'

/** Whatever is done to an item but sending a file. A route without a page: the item is live and stays. */
export const action = asData(
  actionForMember(({ actor, services, params, request }) =>
    answerPlainly(request, async () => {
      const change = await parseForm(request, ResourceChange)
      const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
      const resourceId = idParam(params, 'resourceId')
      return Response.json(await services.resources.changeResource(actor, resourceId, change, id))
    }),
  ),
)
