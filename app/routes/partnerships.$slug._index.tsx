import { useLoaderData } from '@remix-run/react'
import { can } from '../../shared/policy'
import { needingAttention } from '../features/partnerships/attention-list'
import { contactsOf } from '../features/partnerships/people-card'
import { WorkspaceHome } from '../features/partnerships/workspace-home'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const meta = titled

/** On the home page; the list of protocols has them all. */
const ATTENTION = 6

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const within = { partnershipId: partnership.id, published: true }
  const [protocols, members, title] = await Promise.all([
    can(actor, 'protocol:list', within)
      ? services.protocols.listProtocols(actor, partnership.id)
      : null,
    can(actor, 'member:list', within)
      ? services.partnerships.listMembers(actor, partnership.id)
      : null,
    titleIn(lang, (t) => t('partnerships:home.title')),
  ])
  return {
    title,
    partnership,
    attention: protocols && needingAttention(protocols).slice(0, ATTENTION),
    hasProtocols: protocols !== null && protocols.length > 0,
    contacts: members && contactsOf(members, actor.userId),
    mayCreate: can(actor, 'protocol:create', within),
    now: new Date().toISOString(),
  }
})
export type HomeData = Awaited<ReturnType<typeof loader>>

export default function HomePage() {
  return <WorkspaceHome {...useLoaderData<typeof loader>()} />
}
