import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EvaluationPage } from '../features/learning/evaluation-page'
import { readEvaluation } from '../features/learning/read-learning.server'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'

export const handle: I18nHandle = {
  i18n: ['learning', 'entering', 'people', 'privacy', 'errors'],
}
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** The evaluation of a workshop; nobody learns whose it is. */
export const loader = forAttendee(async ({ actor, services, workshopId, request, lang }) => {
  const [workshop, state] = await Promise.all([
    services.learning.readPromise(actor, workshopId),
    services.learning.readLearningState(actor, workshopId),
  ])
  return {
    workshop: workshop.workshop,
    state,
    workshopId,
    owner: actor.userId,
    drawn: services.learning.drawCode(lang),
    done: new URL(request.url).searchParams.get('done'),
    title: await titleIn(lang, (t) => t('learning:evaluation.title')),
  }
})

export const action = actionForAttendee(async ({ actor, services, workshopId, request }) => {
  const { again } = await services.learning.evaluate(
    actor,
    workshopId,
    await readEvaluation(request),
  )
  return redirect(`/workshops/${workshopId}/evaluation?done=${again ? 'again' : 'now'}`, 303)
})

export default function EvaluationRoute() {
  const answer = useActionData<typeof action>()
  return (
    <EvaluationPage
      {...useLoaderData<typeof loader>()}
      refusal={isRefusal(answer) ? answer : null}
    />
  )
}
