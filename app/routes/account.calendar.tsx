import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ChangeFeed } from '../../shared/schemas/registration'
import { CalendarPage } from '../features/workshops-registration/calendar-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshop-registration', 'errors'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, lang }) => ({
  title: await titleIn(lang, (t) => t('workshop-registration:calendar.title')),
  feed: await services.calendars.readFeed(actor),
}))

/** A new address is answered in the page itself: it is in no address of ours and is never shown again. */
export const action = actionForMember(async ({ actor, services, request }) => {
  const { intent } = await parseForm(request, ChangeFeed)
  if (intent === 'make') return { made: await services.calendars.makeFeed(actor) }
  await services.calendars.endFeed(actor)
  return redirect('/account/calendar', 303)
})

export default function CalendarRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  const made = answer && 'made' in answer ? answer.made : null
  return <CalendarPage {...useLoaderData<typeof loader>()} made={made} refusal={refusal} />
}
