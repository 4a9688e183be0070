import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { HomePage } from '../features/entering/home-page'
import { forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'

export const handle: I18nHandle = { i18n: ['entering'] }
export const meta = titled

/** Where somebody of the workshop belongs: into its room while it lasts, else to what there is to do. */
export const loader = forAttendee(async ({ actor, workshopId, services, lang }) => {
  const view = await services.workshops.readWorkshop(actor, workshopId)
  if (view.status === 'live') throw redirect(`/workshops/${workshopId}/room`)
  // drafts are their facilitators' alone, and planned in the workspace
  if (view.status === 'draft') {
    throw redirect(`/partnerships/${view.slug}/workshops/${workshopId}`)
  }
  return {
    view,
    materials: await services.workshopMaterials.listMaterials(actor, workshopId),
    learning: await services.learning.readLearningState(actor, workshopId),
    places: await services.workshopGuests.readPlaces(actor, workshopId),
    isGuest: actor.guest !== undefined,
    timeZone: actor.timeZone,
    now: new Date().toISOString(),
    title: await titleIn(lang, (t) => t('entering:home.title')),
  }
})

export default function WorkshopHome() {
  return <HomePage {...useLoaderData<typeof loader>()} />
}
