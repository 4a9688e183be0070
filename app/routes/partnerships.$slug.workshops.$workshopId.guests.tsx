import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { GuestsChange } from '../../shared/schemas/guests'
import { changeGuests, type MadeLink } from '../features/entering/guests.server'
import { GuestsPage } from '../features/entering/guests-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['entering'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** Whom the facilitators let in: the guests' link, invited addresses, who waits. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  return {
    page: await services.workshopGuests.listGuests(actor, workshopId, id),
    title: await titleIn(lang, (t) => t('entering:guests.title')),
    isSent: new URL(request.url).searchParams.has('sent'),
  }
})

export const action = actionForMember(async (asked) => {
  const { actor, services, params, request } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const at = { workshopId: idParam(params, 'workshopId'), partnershipId: id }
  const change = await parseForm(request, GuestsChange)
  const made = await changeGuests(asked, at, change)
  if (made) return made
  const sent = change.intent === 'invite' ? '?sent=1' : ''
  return redirect(`/partnerships/${slug}/workshops/${at.workshopId}/guests${sent}`, 303)
})

export default function GuestsRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  const made: MadeLink | null = answer && !refusal && 'link' in answer ? answer : null
  return <GuestsPage {...useLoaderData<typeof loader>()} refusal={refusal} made={made} />
}
