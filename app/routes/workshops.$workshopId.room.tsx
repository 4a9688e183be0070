import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { SlideQuery } from '../../shared/schemas/slides'
import { RoomAct } from '../../shared/schemas/workshop-room'
import { RoomPage } from '../features/room/room-page'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { isRefusal } from '../lib/refusal'
import { parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['room', 'room-panels', 'discussions', 'privacy'] }
export const meta = titled

/** `?deck=<id>&page=<n>`: a page that one looks at on one's own, where no script turns it. */
export const loader = forAttendee(async ({ actor, workshopId, services, lang, request }) => {
  const page = await services.workshopRoom.openRoom(actor, workshopId)
  const shown = page.items.find((item) => item.kind === 'stage')?.slide ?? null
  const asked = SlideQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  const looking = asked.success ? { deckId: asked.data.deck, page: asked.data.page ?? 1 } : null
  const at = [shown, looking].filter((each) => each !== null)
  const [places, decks, learning, materials, ...slides] = await Promise.all([
    services.workshopSides.listSides(actor, workshopId),
    services.slides.listDecks(actor, workshopId),
    services.learning.readLearningState(actor, workshopId),
    services.workshopMaterials.listMaterials(actor, workshopId),
    ...at.map((each) => services.slides.readSlide(actor, workshopId, each)),
  ])
  return {
    title: pickText(page.workshop.title, lang).text,
    page,
    places,
    decks,
    learning,
    materials,
    slides: slides.flat(),
    looking,
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
