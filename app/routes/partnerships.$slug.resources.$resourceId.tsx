import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { ResourceChange } from '../../shared/schemas/resources'
import { ItemPage } from '../features/library/item-page'
import { openItem } from '../features/library/open-item'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['library', 'privacy'] }
export const meta = titled

export const loader = forMember(async (asked) => {
  const opened = await openItem(asked, asked.params.slug ?? '', idParam(asked.params, 'resourceId'))
  return { title: pickText(opened.item.title, asked.lang).text, opened }
})

/** A change that is posted without scripts and whose text is kept if it is refused. */
export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const change = await parseForm(request, ResourceChange)
  const resourceId = idParam(params, 'resourceId')
  await services.resources.changeResource(actor, resourceId, change, id)
  return redirect(`/partnerships/${slug}/resources/${resourceId}`, 303)
})

export default function ItemRoute() {
  const { opened } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const posted = isRefusal(answer) ? answer : null
  return <ItemPage key={opened.item.id} opened={opened} posted={posted} />
}
