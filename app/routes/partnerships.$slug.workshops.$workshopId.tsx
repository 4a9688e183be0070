import { Outlet, useLoaderData, useRevalidator } from '@remix-run/react'
import { Suspense } from 'react'
import { pickText } from '../../shared/languages'
import { PageSkeleton } from '../components/skeleton'
import { WorkshopFrame } from '../features/workshops/workshop-frame'
import type { I18nHandle } from '../lib/i18n'
import { usePartnershipFacts } from '../lib/live'
import { forMember, idParam } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshops', 'people'] }
export { stayRefused as shouldRevalidate } from '../lib/reread-stale'

/** What every page of one workshop stands in. */
export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const workshopId = idParam(params, 'workshopId')
  const workshop = await services.workshops.readWorkshop(actor, workshopId, id)
  // stands in the titles of its pages
  const within = pickText(workshop.title, lang).text
  return { slug, sides, mySideId, workshop, within }
})
export type WorkshopFrameData = Awaited<ReturnType<typeof loader>>

export default function WorkshopLayout() {
  const frame = useLoaderData<typeof loader>()
  const { revalidate } = useRevalidator()
  const { id, rev, partnershipId } = frame.workshop
  usePartnershipFacts(partnershipId, {
    onWorkshopChanged: ({ workshop }) => {
      if (workshop.id === id && workshop.rev !== rev) revalidate()
    },
    onRejoined: revalidate,
  })
  return (
    <WorkshopFrame {...frame}>
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </WorkshopFrame>
  )
}
