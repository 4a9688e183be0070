import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import { ChangeParticipants } from '../../shared/schemas/registration'
import { ParticipantsPage } from '../features/workshops-registration/participants-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'
import type { loader as frameLoader } from './partnerships.$slug.workshops.$workshopId'

export const handle: I18nHandle = { i18n: ['workshop-registration', 'people', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug, sides } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const { workshopRegistration } = services
  const participants = await workshopRegistration.listParticipants(actor, workshopId, id)
  const [registration, registrable] = await Promise.all([
    workshopRegistration.readRegistration(actor, workshopId),
    workshopRegistration.listRegistrable(actor, workshopId, id),
  ])
  const title = await titleIn(lang, (t) => t('workshop-registration:people.title'))
  const guestsTo = `/partnerships/${slug}/workshops/${workshopId}/guests`
  return { title, sides, participants, registration, registrable, guestsTo }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const change = await parseForm(request, ChangeParticipants)
  const { workshopRegistration } = services
  if (change.intent === 'register') {
    await workshopRegistration.registerMember(actor, workshopId, change.user)
  } else await workshopRegistration.takeOff(actor, workshopId, change.participant)
  return redirect(`/partnerships/${slug}/workshops/${workshopId}/people`, 303)
})

export default function ParticipantsRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  const page = useLoaderData<typeof loader>()
  const frame = useRouteLoaderData<typeof frameLoader>(
    'routes/partnerships.$slug.workshops.$workshopId',
  )
  const guestsTo = frame?.workshop.guests ? page.guestsTo : null
  return <ParticipantsPage {...page} guestsTo={guestsTo} refusal={refusal} />
}
