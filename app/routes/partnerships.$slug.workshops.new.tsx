import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { likeIn, likenessOf } from '../features/workshops/plan-like.server'
import { PlanPage } from '../features/workshops/plan-page'
import { NewPlanForm } from '../features/workshops/plan-schemas.server'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshops', 'people', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const within = { partnershipId: id, ownerId: actor.userId }
  if (!can(actor, 'workshop:facilitate', within)) throw new AppError('forbidden')
  const asked = likeIn(request)
  const source = asked && (await services.workshops.readPlan(actor, asked.id, id))
  const like = source && { ...asked, ...likenessOf(source.values, lang) }
  const [title, choices] = await Promise.all([
    titleIn(lang, (t) => t(`workshops:form.${asked?.joins ? 'joinTitle' : 'newTitle'}`)),
    services.workshops.listChoices(actor, id),
  ])
  const list = `/partnerships/${slug}/workshops`
  const now = new Date().toISOString()
  const clientKey = randomUUID()
  const mine = actor.userId
  return { title, list, sides, mySideId, choices, now, mine, clientKey, plan: null, like }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const input = await parseForm(request, NewPlanForm)
  const workshop = await services.workshops.createWorkshop(actor, id, input)
  return redirect(`/partnerships/${slug}/workshops/${workshop.id}`, 303)
})

export default function NewWorkshopRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return <PlanPage {...useLoaderData<typeof loader>()} refusal={refusal} />
}
