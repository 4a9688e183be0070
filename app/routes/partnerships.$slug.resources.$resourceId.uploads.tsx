import { forMember, idParam } from '../lib/route'

/** One's own files for an item that have not arrived completely, for a page that is about to send one. */
export const loader = forMember(async ({ actor, services, params }) => {
  const uploads = await services.resources.listUnfinished(actor, idParam(params, 'resourceId'))
  return Response.json({ uploads }, { headers: { 'Cache-Control': 'no-store' } })
})
