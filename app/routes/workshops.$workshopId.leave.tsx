import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { leave } from '../features/entering/entering.server'
import { LeavePage } from '../features/entering/leave-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { actionForAnyone, forAnyone, idParam } from '../lib/route'

export const handle: I18nHandle = { i18n: ['entering'] }
export const meta = titled

/** Where a guest leaves a computer that is not theirs alone; opening it ends nothing. */
export const loader = forAnyone(async ({ params, attendeeFor, lang }) => {
  const workshopId = idParam(params, 'workshopId')
  const attendee = await attendeeFor(workshopId).catch(() => null)
  // members sign out
  if (attendee && !attendee.guest) throw redirect(`/workshops/${workshopId}`)
  return {
    workshopId,
    guestId: attendee?.userId ?? null,
    title: await titleIn(lang, (t) => t(attendee ? 'entering:leave.title' : 'entering:leave.left')),
  }
})

export const action = actionForAnyone((asked) => leave(asked, idParam(asked.params, 'workshopId')))

export default function LeaveRoute() {
  return <LeavePage {...useLoaderData<typeof loader>()} />
}
