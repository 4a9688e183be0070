import { Id } from '../../shared/ids'
import { forAttendee } from '../lib/attendee-route'

/** The decks of a workshop and the pages of one of them, for its room: `?deck=<id>`. */
export const loader = forAttendee(async ({ actor, services, workshopId, request }) => {
  const deck = Id.safeParse(new URL(request.url).searchParams.get('deck'))
  const decks = await services.slides.listDecks(actor, workshopId)
  const slides = deck.success ? await services.slides.readDeck(actor, workshopId, deck.data) : []
  return Response.json({ decks, slides })
})
