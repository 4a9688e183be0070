import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { BlankVoice, OpenTest } from '../../shared/schemas/learning'
import { LearningResultsPage } from '../features/learning/learning-page'
import { readTestForm } from '../features/learning/read-learning.server'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { useKeptLoaded } from '../lib/reread-stale'
import { actionForMember, forMember, idParam, intentOf, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['learning', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export { keepLoaded as clientLoader, rereadStale as shouldRevalidate } from '../lib/reread-stale'
export const meta = titled

/** The test of a workshop, and what it and the evaluation say. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const [test, page] = await Promise.all([
    services.learning.readTest(actor, workshopId, id),
    services.learning.readResults(actor, workshopId, id),
  ])
  return {
    test,
    page,
    workshopId,
    title: await titleIn(lang, (t) => t('learning:page.title')),
    isSaved: new URL(request.url).searchParams.has('saved'),
  }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const here = `/partnerships/${slug}/workshops/${workshopId}/learning`
  const intent = await intentOf(request)
  if (intent === 'blank') {
    await services.learning.blankVoice(actor, workshopId, await parseForm(request, BlankVoice), id)
    return redirect(here, 303)
  }
  if (intent === 'open') {
    await services.learning.openTest(actor, workshopId, await parseForm(request, OpenTest), id)
    return redirect(here, 303)
  }
  await services.learning.saveTest(actor, workshopId, await readTestForm(request), id)
  return redirect(`${here}?saved=1`, 303)
})

export default function LearningRoute() {
  useKeptLoaded()
  const answer = useActionData<typeof action>()
  return (
    <LearningResultsPage
      {...useLoaderData<typeof loader>()}
      refusal={isRefusal(answer) ? answer : null}
    />
  )
}
