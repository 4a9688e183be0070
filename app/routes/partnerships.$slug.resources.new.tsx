import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { CreateResource } from '../../shared/schemas/resources'
import { NewResourcePage } from '../features/library/new-resource-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['library', 'privacy'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const own = { partnershipId: id, ownerId: actor.userId }
  if (!can(actor, 'resource:create', own)) throw new AppError('forbidden')
  return {
    title: await titleIn(lang, (t) => t('library:new.title')),
    base: `/partnerships/${slug}/resources`,
    clientKey: randomUUID(),
  }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const input = await parseForm(request, CreateResource)
  const resource = await services.resources.createResource(actor, id, input)
  return redirect(`/partnerships/${slug}/resources/${resource.id}`, 303)
})

export default function NewResourceRoute() {
  const answer = useActionData<typeof action>()
  return (
    <NewResourcePage
      {...useLoaderData<typeof loader>()}
      refusal={isRefusal(answer) ? answer : null}
    />
  )
}
