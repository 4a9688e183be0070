import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { RoomAct } from '../../shared/schemas/workshop-room'
import { RoomPage } from '../features/room/room-page'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { isRefusal } from '../lib/refusal'
import { parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['room', 'room-panels', 'discussions', 'privacy'] }
export const meta = titled

export const loader = forAttendee(async ({ actor, workshopId, services, lang }) => {
  const page = await services.workshopRoom.openRoom(actor, workshopId)
  const shown = page.items.find((item) => item.kind === 'stage')?.slide ?? null
  const [places, decks, learning, slides] = await Promise.all([
    services.workshopSides.listSides(actor, workshopId),
    services.slides.listDecks(actor, workshopId),
    services.learning.readLearningState(actor, workshopId),
    shown ? services.slides.readDeck(actor, workshopId, shown.deckId) : [],
  ])
  return {
    title: pickText(page.workshop.title, lang).text,
    page,
    places,
    decks,
    learning,
    slide: slides.find((slide) => slide.page === shown?.page) ?? null,
    timeZone: actor.timeZone,
    clientKey: randomUUID(),
  }
})

/** The room's acts as plain forms, for pages without scripts. */
export const action = actionForAttendee(async ({ actor, workshopId, services, request }) => {
  await services.workshopRoom.act(actor, workshopId, await parseForm(request, RoomAct))
  return redirect(`/workshops/${workshopId}/room`)
})

export default function WorkshopRoom() {
  const answer = useActionData<typeof action>()
  return (
    <RoomPage data={useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
