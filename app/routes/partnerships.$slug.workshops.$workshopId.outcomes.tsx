import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changeOutcomes, withKeys } from '../features/outcomes/outcomes.server'
import { OutcomesPage } from '../features/outcomes/outcomes-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { useKeptLoaded } from '../lib/reread-stale'
import { actionForMember, forMember, idParam } from '../lib/route'

export const handle: I18nHandle = { i18n: ['outcomes', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export { keepLoaded as clientLoader, rereadStale as shouldRevalidate } from '../lib/reread-stale'
export const meta = titled

/** What came out of a workshop, and what its notes and open questions can become. */
export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  return {
    page: withKeys(await services.outcomes.readOutcomes(actor, workshopId, id)),
    title: await titleIn(lang, (t) => t('outcomes:title')),
  }
})

export const action = actionForMember(async (asked) => {
  const { id, slug } = await asked.services.partnerships.openPartnership(
    asked.actor,
    asked.params.slug ?? '',
  )
  const workshopId = idParam(asked.params, 'workshopId')
  const to = await changeOutcomes(asked, { workshopId, partnershipId: id })
  return redirect(`/partnerships/${slug}/${to}`, 303)
})

export default function OutcomesRoute() {
  useKeptLoaded()
  const answer = useActionData<typeof action>()
  const { page } = useLoaderData<typeof loader>()
  return <OutcomesPage page={page} refusal={isRefusal(answer) ? answer : null} />
}
