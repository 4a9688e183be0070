import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SecondStep } from '../../shared/schemas/second-factors'
import { hostOf, nullWhenOver } from '../features/second-factors/proof.server'
import { SecondStepOver, SecondStepPage } from '../features/second-factors/second-step-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'
import { endedStepCookie, stepTokenOf } from '../lib/session-cookie.server'
import { enter } from '../lib/sign-in-step.server'

export const handle: I18nHandle = { i18n: ['security', 'auth', 'errors'] }
export const meta = titled

/** Null where no sign-in waits any more: the page says so, also to whoever has just tried too often. */
export const loader = forAnyone(async ({ services, request, lang }) => {
  const title = await titleIn(lang, (t) => t('security:second.title'))
  const ways = await services.secondFactors.readSecondStep(at(request)).catch(nullWhenOver)
  return { title, ways: ways && { ...ways, redirectTo: safeRedirect(ways.redirectTo) } }
})

export const action = actionForAnyone(async (asked) => {
  const { services, request } = asked
  const input = await parseForm(request, SecondStep)
  if (input.intent === 'options') {
    return { options: await services.secondFactors.askSecondPasskey(at(request)) }
  }
  const from = { address: asked.address, agent: asked.agent }
  const begun = await services.secondFactors
    .passSecondStep(at(request), input, from)
    .catch(nullWhenOver)
  if (!begun) return data({ over: true, redirectTo: safeRedirect(input.redirectTo) }, 401)
  const answer = await enter(asked, { next: 'in', ...begun })
  answer.headers.append('Set-Cookie', endedStepCookie('challenge', asked.secure))
  return answer
})

function at(request: Request) {
  return { token: stepTokenOf(request, 'challenge'), host: hostOf(request) }
}

export default function SecondStepRoute() {
  const { ways } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  if (!ways) return <SecondStepOver redirectTo={placeIn(answer)} />
  return <SecondStepPage ways={ways} refusal={refusal} />
}

/** Where one was going, also after the last wrong code; the page of signing in looks at it again. */
function placeIn(answer: ReturnType<typeof useActionData<typeof action>>): string {
  if (isRefusal(answer)) return answer.values.redirectTo ?? '/partnerships'
  return answer && 'redirectTo' in answer ? answer.redirectTo : '/partnerships'
}
