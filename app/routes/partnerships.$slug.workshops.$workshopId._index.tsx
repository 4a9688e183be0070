import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { actOnWorkshop } from '../features/workshops/overview.server'
import { OverviewPage } from '../features/workshops/overview-page'
import { outcomeIn } from '../features/workshops/series-outcome.server'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam } from '../lib/route'

export const handle: I18nHandle = {
  i18n: ['workshops', 'workshop-registration', 'people', 'privacy', 'errors'],
}
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const workshopId = idParam(params, 'workshopId')
  const workshop = await services.workshops.readWorkshop(actor, workshopId, id)
  const inSeries = workshop.series !== null
  const mayCancel = inSeries && workshop.may.moves.includes('cancel')
  const [later, series] = await Promise.all([
    mayCancel ? services.workshops.listLater(actor, workshopId, id) : null,
    inSeries ? services.workshopRegistration.listSeriesPlaces(actor, workshopId) : [],
  ])
  const title = pickText(workshop.title, lang).text
  const now = new Date().toISOString()
  const told = outcomeIn(request)
  return { title, slug, sides, mySideId, workshop, later, series, told, now }
})
export type OverviewData = Awaited<ReturnType<typeof loader>>

export const action = actionForMember(async (asked) => {
  const { actor, services, params } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const to = await actOnWorkshop(asked, { workshopId, partnershipId: id })
  return redirect(`/partnerships/${slug}/${to}`, 303)
})

export default function OverviewRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return <OverviewPage {...useLoaderData<typeof loader>()} refusal={refusal} />
}
