import { PostReply } from '../../shared/schemas/threads'
import { asData } from '../lib/data-route'
import { actionForMember, idParam, parseForm } from '../lib/route'

/** Append a post. A route without a page: a live thread posts here and stays as it is. */
export const action = asData(
  actionForMember(async ({ actor, services, params, request }) => {
    const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
    const input = await parseForm(request, PostReply)
    const threadId = idParam(params, 'threadId')
    return Response.json(await services.discussions.postReply(actor, threadId, input, id))
  }),
)
