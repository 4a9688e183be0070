import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { EnterGuestCode } from '../../shared/schemas/guests'
import { EnterPage } from '../features/entering/enter-page'
import { askForCode, cameIn, openLink } from '../features/entering/entering.server'
import { askedOf } from '../features/entering/guest-cookies.server'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForAnyone, forAnyone, idParam, intentOf, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['entering', 'people'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** Where somebody comes in who is not of the workshop yet: by a guests' link, or by signing in. */
export const loader = forAnyone(async (asked) => {
  const { request, lang } = asked
  const workshopId = idParam(asked.params, 'workshopId')
  const isKnown = await asked.attendeeFor(workshopId).then(
    () => true,
    () => false,
  )
  if (isKnown) throw redirect(`/workshops/${workshopId}`)
  const isAgain = new URL(request.url).searchParams.has('again')
  const link = await openLink(asked, workshopId)
  const code = askedOf(request, workshopId)
  return {
    title: await titleIn(lang, (t) => t('entering:enter.title')),
    workshopId,
    link,
    isReturning: !link && (await asked.services.workshopGuests.mayReturn(workshopId)),
    isAsked: !isAgain && code !== null,
    isAgain,
    typed: code?.typed ?? {},
    isSignedIn: asked.actor !== null,
  }
})

export const action = actionForAnyone(async (asked) => {
  const { services, request } = asked
  const workshopId = idParam(asked.params, 'workshopId')
  const intent = await intentOf(request)
  if (intent === 'enter') {
    const open = askedOf(request, workshopId)
    if (!open) throw new AppError('invalid_input', { code: 'over' })
    const { token } = open
    const form = await parseForm(request, EnterGuestCode)
    return cameIn(asked, await services.workshopGuests.enterGuestCode({ token, ...form }))
  }
  const headers = { 'Set-Cookie': await askForCode(asked, workshopId, intent === 'return') }
  return redirect(`/workshops/${workshopId}/enter`, { status: 303, headers })
})

export default function EnterRoute() {
  const answer = useActionData<typeof action>()
  return (
    <EnterPage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
