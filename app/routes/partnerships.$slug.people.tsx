import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { can } from '../../shared/policy'
import { PeopleChange } from '../../shared/schemas/invitations'
import { ClosedPeople, PeoplePage } from '../features/people/people-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['auth'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const within = { partnershipId: id }
  const title = await titleIn(lang, (t) => t('people:list.title'))
  const page = { title, base: `/partnerships/${slug}`, sides, mySideId, myId: actor.userId }
  // an observer belongs here: they are told what they may see instead of a bare refusal
  if (!can(actor, 'member:list', within)) return data({ ...page, open: null }, 403)
  const [members, counterparts, invitations] = await Promise.all([
    services.partnerships.listMembers(actor, id),
    services.counterparts.listCounterparts(actor, id),
    can(actor, 'member:invite', within) ? services.invitations.listInvitations(actor, id) : null,
  ])
  const sent = Number(new URL(request.url).searchParams.get('sent')) || 0
  return data({ ...page, open: { members, counterparts, invitations, sent } })
})

/** Letters are sent again or taken back; a proposal is answered, a pair ended. */
export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const change = await parseForm(request, PeopleChange)
  if ('answer' in change) await services.counterparts.answerCounterpart(actor, id, change)
  else await services.invitations.changeInvitation(actor, id, change)
  const sent = 'intent' in change && change.intent === 'resend' ? '?sent=1' : ''
  return redirect(`/partnerships/${slug}/people${sent}`, 303)
})

export default function PeopleRoute() {
  const { open, ...page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (!open) return <ClosedPeople leaveTo={`${page.base}/people/${page.myId}`} />
  return <PeoplePage {...page} {...open} refusal={isRefusal(answer) ? answer : null} />
}
