import { useLoaderData } from '@remix-run/react'
import { can } from '../../shared/policy'
import { ProtocolsPage } from '../features/protocols/protocols-page'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const within = { partnershipId: partnership.id }
  return {
    title: await titleIn(lang, (t) => t('protocols:list.title')),
    partnershipId: partnership.id,
    base: `/partnerships/${partnership.slug}/protocols`,
    // who may only read what is published
    isObserver: !can(actor, 'protocol:list', within),
    protocols: await services.protocols.listProtocols(actor, partnership.id),
    may: {
      create: can(actor, 'protocol:create', within),
      listen: can(actor, 'live:partnership', within),
    },
  }
})
export type ProtocolsData = Awaited<ReturnType<typeof loader>>

export default function ProtocolsRoute() {
  return <ProtocolsPage {...useLoaderData<typeof loader>()} />
}
