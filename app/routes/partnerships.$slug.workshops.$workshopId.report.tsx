import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { readReportForm } from '../features/afterwards/read-report'
import { ReportPage } from '../features/afterwards/report-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { useKeptLoaded } from '../lib/reread-stale'
import { actionForMember, forMember, idParam } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshop-after', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export { keepLoaded as clientLoader, rereadStale as shouldRevalidate } from '../lib/reread-stale'
export const meta = titled

/** The event report: filled from what happened, written further by people. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  return {
    ...(await services.reports.readReport(actor, workshopId, id)),
    title: await titleIn(lang, (t) => t('workshop-after:report.title')),
    workshopId,
    isSaved: new URL(request.url).searchParams.has('saved'),
  }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  await services.reports.saveReport(actor, workshopId, await readReportForm(request), id)
  return redirect(`/partnerships/${slug}/workshops/${workshopId}/report?saved=1`, 303)
})

export default function ReportRoute() {
  useKeptLoaded()
  const answer = useActionData<typeof action>()
  return (
    <ReportPage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
