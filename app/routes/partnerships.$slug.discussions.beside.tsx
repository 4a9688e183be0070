import { OpenThread } from '../../shared/schemas/threads'
import { languagesOf } from '../features/discussions/open-thread'
import { asData } from '../lib/data-route'
import { actionForMember, forMember, parseForm } from '../lib/route'

/** Beginning a thread beside a protocol's text: who can be called by name, in which languages one writes. */
export const loader = forMember(async ({ actor, services, params }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const people = await services.people.listMentionable(actor, id)
  return Response.json({ people, languages: languagesOf(actor, people) })
})

/** The same as the page for a new thread, without going anywhere. */
export const action = asData(
  actionForMember(async ({ actor, services, params, request }) => {
    const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
    const input = await parseForm(request, OpenThread)
    return Response.json(await services.discussions.createThread(actor, id, input))
  }),
)
