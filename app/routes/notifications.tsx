import { useLoaderData } from '@remix-run/react'
import { NotificationChange } from '../../shared/schemas/notifications'
import { NotificationsPage } from '../features/notifications/notifications-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['notifications'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, request, lang }) => {
  const before = new URL(request.url).searchParams.get('before') ?? undefined
  const [page, unread, title] = await Promise.all([
    services.notifications.listNotifications(actor, { cursor: before }),
    services.notifications.countNotifications(actor),
    titleIn(lang, (t) => t('notifications:list.title')),
  ])
  return { title, ...page, before: before ?? null, unread, now: new Date().toISOString() }
})
export type NotificationsData = Awaited<ReturnType<typeof loader>>

export const action = actionForMember(async ({ actor, services, request }) => {
  const change = await parseForm(request, NotificationChange)
  const { changed } = await services.notifications.changeNotifications(actor, change)
  return { intent: change.intent, changed }
})

export default function NotificationsRoute() {
  return <NotificationsPage {...useLoaderData<typeof loader>()} />
}
