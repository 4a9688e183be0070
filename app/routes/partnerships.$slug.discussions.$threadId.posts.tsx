import { seqIn } from '../features/discussions/open-thread'
import { forMember, idParam } from '../lib/route'

/**
 * For a page that is open already: the stretch before a post (`?before=seq`), or what changed since a
 * count of changes (`?since=rev`).
 */
export const loader = forMember(
  async ({ actor, services: { discussions, ...services }, ...asked }) => {
    const { id } = await services.partnerships.openPartnership(actor, asked.params.slug ?? '')
    const url = new URL(asked.request.url)
    const threadId = idParam(asked.params, 'threadId')
    const beforeSeq = seqIn(url, 'before')
    if (beforeSeq !== undefined) {
      const at = { partnershipId: id, beforeSeq }
      return Response.json(await discussions.openThread(actor, threadId, at))
    }
    return Response.json(await discussions.catchUp(actor, threadId, seqIn(url, 'since') ?? 0, id))
  },
)
