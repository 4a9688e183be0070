import { openThread } from '../features/discussions/open-thread'
import { forMember, idParam } from '../lib/route'

/** A thread for showing beside a protocol's text, which stays as it is when the line is away. */
export const loader = forMember(async (asked) => {
  const { actor, services, params } = asked
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  return Response.json(await openThread(asked, id, idParam(params, 'threadId'), {}))
})
