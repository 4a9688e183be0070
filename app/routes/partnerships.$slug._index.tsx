import { useLoaderData } from '@remix-run/react'
import { can } from '../../shared/policy'
import { homeLines } from '../features/partnerships/home-lines.server'
import type { HomeStage } from '../features/partnerships/home-notice'
import { contactsOf } from '../features/partnerships/people-card'
import { WorkspaceHome } from '../features/partnerships/workspace-home'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshops'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const within = { partnershipId: partnership.id }
  const mayRead = can(actor, 'protocol:list', { ...within, published: true })
  const isObserver = mayRead && !can(actor, 'protocol:list', within)
  const [home, workshop, protocols, members, pairs, openings, title] = await Promise.all([
    mayRead ? services.home.readHome(actor, partnership.id) : null,
    can(actor, 'workshop:join', within)
      ? services.workshops.nextWorkshop(actor, partnership.id)
      : null,
    // an observer is told when nothing has been published yet
    isObserver ? services.protocols.listProtocols(actor, partnership.id) : null,
    can(actor, 'member:list', within)
      ? services.partnerships.listMembers(actor, partnership.id)
      : null,
    can(actor, 'member:list', within)
      ? services.counterparts.listCounterparts(actor, partnership.id)
      : [],
    can(actor, 'member:list', within)
      ? services.adminOpenings.listAdminOpenings(actor, partnership.id)
      : [],
    titleIn(lang, (t) => t('partnerships:home.title')),
  ])
  const stage = (): HomeStage => {
    if (!mayRead) return 'closed'
    if (isObserver) return protocols?.length ? 'observer' : 'nothingPublished'
    if (partnership.protocolCount > 0) return 'open'
    return can(actor, 'protocol:create', within) ? 'first' : 'firstReader'
  }
  return {
    title,
    partnership,
    stage: stage(),
    lines: home && homeLines(home),
    workshop,
    openings,
    isOnlooker: isObserver || partnership.mySideId === null,
    contacts: members && contactsOf(members, actor.userId, pairs),
    mayListen: can(actor, 'live:partnership', within),
    now: new Date().toISOString(),
  }
})
export type HomeData = Awaited<ReturnType<typeof loader>>

export default function HomePage() {
  return <WorkspaceHome {...useLoaderData<typeof loader>()} />
}
