import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminOpeningChange } from '../../shared/schemas/admin-openings'
import { OpenPage } from '../features/admin-opening/open-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'

export { keepForm as clientAction } from '../lib/keep-form'
export const handle: I18nHandle = { i18n: ['admin'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug, name } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const query = new URL(request.url).searchParams
  return {
    title: await titleIn(lang, (t) => t('admin:open.title')),
    name,
    open: await services.adminOpenings.readOwnOpening(actor, id),
    hasEnded: query.has('ended'),
    goOn: safeRedirect(query.get('redirectTo'), `/partnerships/${slug}`),
    clientKey: randomUUID(),
  }
})
export type OpeningData = Awaited<ReturnType<typeof loader>>

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const change = await parseForm(request, AdminOpeningChange)
  if (change.intent === 'end') {
    await services.adminOpenings.endAdminOpening(actor, id)
    return redirect(`/partnerships/${slug}/open?ended`, 303)
  }
  await services.adminOpenings.openAsAdmin(actor, id, change)
  const to = new URL(request.url).searchParams.get('redirectTo')
  return redirect(safeRedirect(to, `/partnerships/${slug}`), 303)
})

export default function OpenRoute() {
  const answer = useActionData<typeof action>()
  return (
    <OpenPage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
