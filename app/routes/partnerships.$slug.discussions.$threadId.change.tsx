import { ThreadChange } from '../../shared/schemas/threads'
import { changeThread } from '../features/discussions/change-thread'
import { asData } from '../lib/data-route'
import { actionForMember, idParam, parseForm } from '../lib/route'

/** Everything done in a thread but posting. A route without a page: the thread is live and stays. */
export const action = asData(
  actionForMember(async (asked) => {
    const { params, actor, services } = asked
    const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
    const change = await parseForm(asked.request, ThreadChange)
    const thread = { partnershipId: id, threadId: idParam(params, 'threadId') }
    return Response.json(await changeThread(asked, thread, change))
  }),
)
