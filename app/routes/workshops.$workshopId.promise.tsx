import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AnswerPromise, SavePromise } from '../../shared/schemas/learning'
import { PromisePage } from '../features/learning/promise-page'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { intentOf, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['learning', 'entering', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** The one thing that somebody means to change, and later what has become of it. */
export const loader = forAttendee(async ({ actor, services, workshopId, request, lang }) => ({
  page: await services.learning.readPromise(actor, workshopId),
  workshopId,
  saved: new URL(request.url).searchParams.get('saved'),
  title: await titleIn(lang, (t) => t('learning:promise.title')),
}))

export const action = actionForAttendee(async ({ actor, services, workshopId, request }) => {
  const here = `/workshops/${workshopId}/promise`
  const intent = await intentOf(request)
  if (intent === 'withdraw') {
    await services.learning.withdrawPromise(actor, workshopId)
    return redirect(`${here}?saved=withdrawn`, 303)
  }
  if (intent === 'answer') {
    const input = await parseForm(request, AnswerPromise)
    await services.learning.answerPromise(actor, workshopId, input)
    return redirect(`${here}?saved=answered`, 303)
  }
  await services.learning.savePromise(actor, workshopId, await parseForm(request, SavePromise))
  return redirect(`${here}?saved=promised`, 303)
})

export default function PromiseRoute() {
  const answer = useActionData<typeof action>()
  return (
    <PromisePage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
