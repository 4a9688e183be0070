import { data } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { can } from '../../shared/policy'
import { ClosedWorkshops, WorkshopsPage } from '../features/workshops/workshops-page'
import type { I18nHandle } from '../lib/i18n'
import { usePartnershipFacts } from '../lib/live'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshops', 'people'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const title = await titleIn(lang, (t) => t('workshops:list.title'))
  // an observer belongs here: they are told what they may see instead of a bare refusal
  if (!can(actor, 'workshop:join', { partnershipId: id })) {
    return data({ title, list: null }, 403)
  }
  const workshops = await services.workshops.listWorkshops(actor, id)
  const mayPlan = can(actor, 'workshop:facilitate', { partnershipId: id, ownerId: actor.userId })
  const base = `/partnerships/${slug}/workshops`
  return data({ title, list: { partnershipId: id, base, sides, mySideId, mayPlan, ...workshops } })
})
export type WorkshopsData = NonNullable<Awaited<ReturnType<typeof loader>>['data']['list']>

export default function WorkshopsRoute() {
  const { list } = useLoaderData<typeof loader>()
  const { revalidate } = useRevalidator()
  usePartnershipFacts(list?.partnershipId, {
    onWorkshopChanged: revalidate,
    onRejoined: revalidate,
  })
  return list ? <WorkshopsPage {...list} /> : <ClosedWorkshops />
}
