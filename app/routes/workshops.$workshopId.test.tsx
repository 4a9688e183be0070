import { useActionData, useLoaderData } from '@remix-run/react'
import { Phase } from '../../shared/schemas/learning'
import { readAnswers } from '../features/learning/read-learning.server'
import { TestPage } from '../features/learning/test-page'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'

export const handle: I18nHandle = { i18n: ['learning', 'entering', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** The test before and after a workshop, by an anonymous code. */
export const loader = forAttendee(async ({ actor, services, workshopId, request, lang }) => {
  const phase = Phase.catch('pre').parse(new URL(request.url).searchParams.get('phase'))
  return {
    test: await services.learning.readOwnTest(actor, workshopId, phase),
    workshopId,
    owner: actor.userId,
    drawn: services.learning.drawCode(lang),
    title: await titleIn(lang, (t) => t(`learning:test.title_${phase}`)),
  }
})

export const action = actionForAttendee(async ({ actor, services, workshopId, request }) =>
  services.learning.answerTest(actor, workshopId, await readAnswers(request)),
)

export default function TestRoute() {
  const answer = useActionData<typeof action>()
  const isRefused = isRefusal(answer)
  return (
    <TestPage
      {...useLoaderData<typeof loader>()}
      refusal={isRefused ? answer : null}
      handedIn={answer && !isRefused ? answer : null}
    />
  )
}
