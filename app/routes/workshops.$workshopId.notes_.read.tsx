import { useLoaderData } from '@remix-run/react'
import { isAppError } from '../../shared/errors'
import { NotesPage } from '../features/afterwards/notes-page'
import { toReading } from '../features/reading/reading-rows'
import { forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'

export const handle: I18nHandle = { i18n: ['workshop-after', 'entering'] }
export const meta = titled

/** The shared notes of a workshop as a page to read, for whoever attends it. */
export const loader = forAttendee(async ({ actor, workshopId, services, lang }) => {
  const { title: workshop } = await services.workshops.readWorkshop(actor, workshopId)
  const content = await services.workshopDocuments
    .readDocument(actor, workshopId, 'notes')
    .then((document) => document.content)
    .catch((error: unknown) => {
      // none were begun
      if (isAppError(error) && error.code === 'not_found') return null
      throw error
    })
  const rows = content ? toReading(content).rows.map(({ key, text }) => ({ key, text })) : []
  return {
    workshop,
    workshopId,
    rows: rows.filter(({ text }) => text.en.length + text.ru.length > 0),
    title: await titleIn(lang, (t) => t('workshop-after:notes.title')),
  }
})

export default function NotesRoute() {
  return <NotesPage {...useLoaderData<typeof loader>()} />
}
