import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { JoinAnew, JoinSignedIn } from '../../shared/schemas/invitations'
import {
  endedInvitationCookie,
  invitationTokenOf,
} from '../features/joining/invitation-cookie.server'
import { JoinPage } from '../features/joining/join-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { type Anyone, actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { enter } from '../lib/sign-in-step.server'

export const handle: I18nHandle = { i18n: ['invitations', 'people', 'account', 'auth'] }
export const meta = titled

export const loader = forAnyone(async ({ actor, services, request, address, lang }) => {
  const token = tokenOf({ actor, request })
  const view = await services.invitations.readInvitation(actor, token, { address })
  if (view.joiner.kind === 'joined') throw redirect(`/partnerships/${view.joiner.slug}`)
  return {
    title: await titleIn(lang, (t) => t('invitations:join.title')),
    view,
    clientKey: randomUUID(),
  }
})

/** Without a token there is nothing to join; whoever came back to it by the back button is in. */
function tokenOf({ actor, request }: Pick<Anyone, 'actor' | 'request'>): string {
  const token = invitationTokenOf(request)
  if (token) return token
  if (actor) throw redirect('/partnerships', 303)
  throw new AppError('link_over')
}

export const action = actionForAnyone(async (asked) => {
  const { actor, services, request, secure, address, agent, lang } = asked
  const token = tokenOf(asked)
  const ended = endedInvitationCookie(secure)
  if (actor) {
    const input = await parseForm(request, JoinSignedIn)
    const path = await services.invitations.joinSignedIn(actor, token, input, { address })
    return redirect(path, { status: 303, headers: { 'Set-Cookie': ended } })
  }
  const input = await parseForm(request, JoinAnew)
  const step = await services.invitations.joinAnew(token, input, { address, agent, lang })
  const answer = await enter(asked, step)
  answer.headers.append('Set-Cookie', ended)
  return answer
})

export default function JoinRoute() {
  const answer = useActionData<typeof action>()
  return (
    <JoinPage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
