import { AppError } from '../../shared/errors'
import { SlideQuery, WriteSlide } from '../../shared/schemas/slides'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import { asData } from '../lib/data-route'
import { parseForm } from '../lib/route'

/** The decks of a workshop, for its room; or the pages of one of them (`?deck=<id>`), or one (`&page=`). */
export const loader = asData(
  forAttendee(async ({ actor, services, workshopId, request }) => {
    const asked = Object.fromEntries(new URL(request.url).searchParams)
    if (!('deck' in asked)) {
      const decks = await services.slides.listDecks(actor, workshopId)
      return Response.json({ decks })
    }
    const query = SlideQuery.safeParse(asked)
    if (!query.success) throw new AppError('not_found')
    const { deck, page } = query.data
    return Response.json({ slides: await services.slides.readDeck(actor, workshopId, deck, page) })
  }),
)

/** Words of a page; a live room posts them and stays as it is, so refusals are answered as data too. */
export const action = asData(
  actionForAttendee(async ({ actor, services, workshopId, request }) => {
    const input = await parseForm(request, WriteSlide)
    const slide = await services.slides.writeSlide(actor, workshopId, input)
    return Response.json({ slides: [slide] })
  }),
)
