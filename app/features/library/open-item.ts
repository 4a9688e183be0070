import type { Language } from '../../../shared/languages'
import { can } from '../../../shared/policy'
import type { Member } from '../../lib/route'
import { errorCodeOf } from './error-code'

/** What the item's page needs: the item, what the reader may do with it, and what they have begun to send. */
export async function openItem(asked: Member, slug: string, resourceId: string) {
  const { actor, services, request } = asked
  const { id } = await services.partnerships.openPartnership(actor, slug)
  const within = { partnershipId: id }
  const item = await services.resources.readResource(actor, resourceId, id)
  const may = {
    add: can(actor, 'rendition:add', within) && can(actor, 'file:upload', within),
    describe: can(actor, 'resource:create', { ...within, ownerId: item.createdBy?.id }),
    review: can(actor, 'translation:review', { ...within, ownerId: item.createdBy?.id }),
    ask: can(actor, 'translation:request', within),
    removeOwn: can(actor, 'file:delete', { ...within, ownerId: actor.userId }),
    removeAny: can(actor, 'file:delete', within),
    listen: can(actor, 'live:partnership', within),
    purge: can(actor, 'protocol:purge', within),
  }
  const [unfinished, languages, purges] = await Promise.all([
    may.add ? services.resources.listUnfinished(actor, resourceId, id) : [],
    languagesOf(asked, id),
    services.purges.listPurges(actor, id, { resource: resourceId }),
  ])
  return {
    partnershipId: id,
    slug,
    base: `/partnerships/${slug}`,
    /** What patient data was removed from. */
    purges,
    item,
    unfinished,
    me: { id: actor.userId, languages },
    may,
    /** What a form posted without scripts was refused for. */
    refused: errorCodeOf(new URL(request.url).searchParams.get('refused')) ?? null,
    /** Of the form for a link, so that sending it twice adds one. */
    clientKey: crypto.randomUUID(),
  }
}
export type OpenedItem = Awaited<ReturnType<typeof openItem>>

/** The reader's own: who reads both can translate. */
async function languagesOf(
  { actor, services }: Member,
  partnershipId: string,
): Promise<readonly Language[]> {
  if (!can(actor, 'mention:find', { partnershipId })) return []
  const people = await services.people.listMentionable(actor, partnershipId)
  return people.find(({ id }) => id === actor.userId)?.languages ?? []
}
