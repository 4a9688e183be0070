import { randomUUID } from 'node:crypto'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { Invite, linesToMend } from '../../shared/schemas/invitations'
import { InvitePage } from '../features/people/invite-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal, type Refusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['auth', 'invitations'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug, sides, mySideId } = await services.partnerships.openPartnership(
    actor,
    params.slug ?? '',
  )
  const within = { partnershipId: id }
  if (!can(actor, 'member:invite', within)) throw new AppError('forbidden')
  return {
    title: await titleIn(lang, (t) => t('people:invite.title')),
    base: `/partnerships/${slug}`,
    sides,
    mySideId,
    mayMakeCoordinator: can(actor, 'member:make-coordinator', within),
    clientKey: randomUUID(),
  }
})

/** When every letter has gone, back to the list; else what came back is there to be mended. */
export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const input = await parseForm(request, Invite)
  const outcomes = await services.invitations.invite(actor, id, input)
  const sent = outcomes.filter(({ outcome }) => outcome === 'sent').length
  if (sent === outcomes.length) return redirect(`/partnerships/${slug}/people?sent=${sent}`, 303)
  const { role, sideId, lang, cadre = '', note = '' } = input
  const values = { people: linesToMend(outcomes), role, sideId, lang, cadre, note }
  const refused = { code: 'invalid_input', detail: {} } as const
  const refusal: Refusal = { refused, values }
  return data({ ...refusal, outcomes }, { status: 422 })
})

export default function InviteRoute() {
  const answer = useActionData<typeof action>()
  return (
    <InvitePage
      {...useLoaderData<typeof loader>()}
      refusal={isRefusal(answer) ? answer : null}
      outcomes={answer && 'outcomes' in answer ? answer.outcomes : null}
    />
  )
}
