import * as z from 'zod/mini'
import type { MessageView, RoomItemView } from '../../../shared/room-views'
import type { RoomAct } from '../../../shared/schemas/workshop-room'
import type { SlideView } from '../../../shared/workshop-views'
import { type Answer, ask, isOk, postForm } from '../../lib/ask'
import type { ActAnswer } from './room-acts'

// as the socket's facts: our own server's word for what it is
const Numbered = z.object({ id: z.string(), kind: z.string(), rev: z.number(), born: z.number() })
const Item = z.custom<RoomItemView>((item) => Numbered.safeParse(item).success)
const Acted = z.object({ item: z.nullable(Item) })
const Message = z.custom<MessageView>((item) => Numbered.safeParse(item).success)
const Earlier = z.object({ messages: z.array(Message), earlier: z.number() })
const Slides = z.object({
  slides: z.array(
    z.object({
      deckId: z.string(),
      page: z.number(),
      width: z.number(),
      height: z.number(),
      bytes: z.number(),
      src: z.string(),
      text: z.string(),
    }),
  ),
})

/** Do something in a room. The same act may be posted again when its answer was lost. */
export async function postAct(workshopId: string, act: RoomAct): Promise<ActAnswer> {
  const address = `/workshops/${workshopId}/act`
  const answer = await postForm(address, { act: JSON.stringify(act) }, Acted.parse)
  return isOk(answer) ? { ok: answer.ok.item } : answer
}

/** @param before where the first message shown began */
export function getEarlier(
  workshopId: string,
  before: number,
): Promise<Answer<{ messages: MessageView[]; earlier: number }>> {
  return ask(`/workshops/${workshopId}/earlier?before=${before}`, Earlier.parse)
}

/** All pages of a deck: their texts, and where their images are. */
export function getSlides(workshopId: string, deckId: string): Promise<Answer<SlideView[]>> {
  const address = `/workshops/${workshopId}/slides?deck=${deckId}`
  return ask(address, (json) => Slides.parse(json).slides)
}
