import { redirect } from '@remix-run/node'
import { actionForMember, forMember, idParam, type Member } from '../lib/route'

/** By its address alone a notification leads on and changes nothing. */
export const loader = forMember(async (asked) => {
  throw redirect(await placeOf(asked))
})

/** Opened: read from now on, and on to what it is about. */
export const action = actionForMember(async (asked) => {
  const id = idParam(asked.params, 'notificationId')
  await asked.services.notifications.changeNotifications(asked.actor, { intent: 'read', ids: [id] })
  return redirect(await placeOf(asked))
})

async function placeOf({ actor, services, params }: Member): Promise<string> {
  const id = idParam(params, 'notificationId')
  const notice = await services.notifications.readNotification(actor, id)
  return notice?.target?.path ?? '/notifications'
}
