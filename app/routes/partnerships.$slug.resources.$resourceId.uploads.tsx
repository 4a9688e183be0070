import { forMember, idParam } from '../lib/route'

/** One's own files for an item that have not arrived completely, for a page that is about to send one. */
export const loader = forMember(async ({ actor, services, params }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const uploads = await services.resources.listUnfinished(actor, idParam(params, 'resourceId'), id)
  return Response.json({ uploads }, { headers: { 'Cache-Control': 'no-store' } })
})
