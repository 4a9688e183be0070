import { forMember, idParam } from '../lib/route'

/**
 * The copy that was kept before what was removed just now, if there is one. A route without a page: the
 * live text asks, and goes on whatever the answer is.
 */
export const loader = forMember(async ({ actor, services, params }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const { copies } = await services.protocols.listCopies(actor, idParam(params, 'protocolId'), id)
  return Response.json(copies.find(({ recent }) => recent) ?? null)
})
