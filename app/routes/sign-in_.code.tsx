import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { AskCode, EnterCode } from '../../shared/schemas/accounts'
import { AskCodePage, EnterCodePage } from '../features/sign-in/code-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForAnyone, forAnyone, intentOf, parseForm } from '../lib/route'
import { safeRedirect, withPlace } from '../lib/safe-redirect'
import { stepCookie, stepTokenOf } from '../lib/session-cookie.server'
import { enter } from '../lib/sign-in-step.server'

export const handle: I18nHandle = { i18n: ['auth'], withoutScripts: true }
export const meta = titled

export const loader = forAnyone(async ({ actor, request, lang }) => {
  const { searchParams } = new URL(request.url)
  const redirectTo = safeRedirect(searchParams.get('redirectTo'))
  if (actor) throw redirect(redirectTo)
  return {
    title: await titleIn(lang, (t) => t('auth:code.title')),
    redirectTo,
    // whether anybody has the address is not looked at
    isAsked: stepTokenOf(request, 'code') !== null && !searchParams.has('again'),
  }
})

export const action = actionForAnyone(async (asked) => {
  const { services, request, address, agent, secure } = asked
  if ((await intentOf(request)) === 'enter') {
    const token = stepTokenOf(request, 'code')
    if (!token) throw new AppError('invalid_input', { code: 'over' })
    const { code } = await parseForm(request, EnterCode)
    return enter(asked, await services.signIn.enterCode({ token, code }, { address, agent }))
  }
  const input = await parseForm(request, AskCode)
  const token = await services.signIn.askCode(input, { address })
  return redirect(withPlace('/sign-in/code', safeRedirect(input.redirectTo)), {
    status: 303,
    headers: { 'Set-Cookie': stepCookie('code', token, secure) },
  })
})

export default function CodePage() {
  const { isAsked, redirectTo } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  const isEntering = refusal ? refusal.values.intent === 'enter' : isAsked
  const Page = isEntering ? EnterCodePage : AskCodePage
  return <Page refusal={refusal} redirectTo={refusal?.values.redirectTo ?? redirectTo} />
}
