import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { WaitingPage } from '../features/entering/waiting-page'
import { forAnyAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'

export const handle: I18nHandle = { i18n: ['entering'] }
export const meta = titled

/** Where one waits to be let in; whoever need not goes on. */
export const loader = forAnyAttendee(async ({ actor, workshopId, services, lang }) => {
  const view = await services.workshopDoor.readDoor(actor, workshopId)
  const here = `/workshops/${workshopId}`
  if (view.door === 'admitted' && view.isOpen) throw redirect(`${here}/room`)
  if (view.door === null || view.door === 'admitted') throw redirect(here)
  return {
    view,
    timeZone: actor.timeZone,
    isGuest: actor.guest !== undefined,
    title: await titleIn(lang, (t) => t('entering:waiting.title')),
  }
})

export default function WaitingRoute() {
  return <WaitingPage {...useLoaderData<typeof loader>()} />
}
