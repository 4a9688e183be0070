import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { OpenThread } from '../../shared/schemas/threads'
import { NewThreadPage } from '../features/discussions/new-thread-page'
import { languagesOf } from '../features/discussions/open-thread'
import { readAnchor } from '../features/discussions/read-anchor'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['discussions', 'people', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async (asked) => {
  const { actor, services, params, request, lang } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  if (!can(actor, 'thread:create', { partnershipId: id })) throw new AppError('forbidden')
  const [title, people, anchor] = await Promise.all([
    titleIn(lang, (t) => t('discussions:new.title')),
    services.people.listMentionable(actor, id),
    readAnchor(asked, id, new URL(request.url).searchParams),
  ])
  return {
    title,
    slug,
    people,
    languages: languagesOf(actor, people),
    anchor,
    clientKey: randomUUID(),
  }
})
export type NewThreadData = Awaited<ReturnType<typeof loader>>

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const thread = await services.discussions.createThread(
    actor,
    id,
    await parseForm(request, OpenThread),
  )
  return redirect(`/partnerships/${slug}/discussions/${thread.id}`, 303)
})

export default function NewThreadRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return <NewThreadPage {...useLoaderData<typeof loader>()} refusal={refusal} />
}
