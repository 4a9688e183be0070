import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localized, pickText } from '../../shared/languages'
import { PlanPage } from '../features/workshops/plan-page'
import { ChangedPlanForm } from '../features/workshops/plan-schemas.server'
import { outcomeQuery } from '../features/workshops/series-outcome.server'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { useKeptLoaded } from '../lib/reread-stale'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshops', 'people', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export { keepLoaded as clientLoader, rereadStale as shouldRevalidate } from '../lib/reread-stale'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const workshopId = idParam(params, 'workshopId')
  const { values, rev, siblings, saved } = await services.workshops.readPlan(actor, workshopId, id)
  const [title, choices, later] = await Promise.all([
    titleIn(lang, (t) => t('workshops:form.editTitle')),
    services.workshops.listChoices(actor, id, workshopId),
    services.workshops.listLater(actor, workshopId, id),
  ])
  const list = `/partnerships/${slug}/workshops`
  const now = new Date().toISOString()
  const plan = { id: workshopId, values, rev, siblings, saved, later }
  const mine = actor.userId
  const within = pickText(localized(values.titleEn, values.titleRu), lang).text
  const none = { clientKey: '', like: null }
  return { title, within, list, sides, mySideId, choices, now, mine, plan, ...none }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const input = await parseForm(request, ChangedPlanForm)
  const outcome = await services.workshops.changeWorkshop(actor, workshopId, input, id)
  const told = outcomeQuery('changed', outcome)
  return redirect(`/partnerships/${slug}/workshops/${workshopId}${told}`, 303)
})

export default function EditWorkshopRoute() {
  useKeptLoaded()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return <PlanPage {...useLoaderData<typeof loader>()} refusal={refusal} />
}
