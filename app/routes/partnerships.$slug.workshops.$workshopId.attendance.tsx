import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changeAttendance } from '../features/afterwards/attendance.server'
import { AttendancePage } from '../features/afterwards/attendance-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshop-after', 'people', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** Who was there; corrections and certificates. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const issued = new URL(request.url).searchParams.get('issued')
  return {
    attendance: await services.attendance.readAttendance(actor, workshopId, id),
    title: await titleIn(lang, (t) => t('workshop-after:attendance.title')),
    workshopId,
    issued: issued === null ? null : Number(issued) || 0,
    clientKey: randomUUID(),
  }
})

export const action = actionForMember(async (asked) => {
  const { actor, services, params } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const at = { workshopId: idParam(params, 'workshopId'), partnershipId: id }
  const query = await changeAttendance(asked, at)
  return redirect(`/partnerships/${slug}/workshops/${at.workshopId}/attendance${query}`, 303)
})

export default function AttendanceRoute() {
  const answer = useActionData<typeof action>()
  return (
    <AttendancePage
      {...useLoaderData<typeof loader>()}
      refusal={isRefusal(answer) ? answer : null}
    />
  )
}
