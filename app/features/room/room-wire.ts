import * as z from 'zod/mini'
import type { Language } from '../../../shared/languages'
import type { GroupMessageView, MessageView, RoomItemView } from '../../../shared/room-views'
import type { RoomAct } from '../../../shared/schemas/workshop-room'
import type { DeckView, SlideView } from '../../../shared/workshop-views'
import { type Answer, ask, isOk, postForm } from '../../lib/ask'
import type { ActAnswer } from './room-acts'

// as the socket's facts: our own server's word for what it is
const Numbered = z.object({ id: z.string(), kind: z.string(), rev: z.number(), born: z.number() })
const Item = z.custom<RoomItemView>((item) => Numbered.safeParse(item).success)
const Acted = z.object({ item: z.nullable(Item) })
const Message = z.custom<MessageView>((item) => Numbered.safeParse(item).success)
const Said = z.custom<GroupMessageView>((item) => Numbered.safeParse(item).success)
const EarlierTalk = z.object({ messages: z.array(Said), earlier: z.number() })
const Earlier = z.object({ messages: z.array(Message), earlier: z.number() })
const Page = z.object({ deckId: z.string(), page: z.number(), src: z.string(), rev: z.number() })
const Slides = z.object({
  slides: z.array(z.custom<SlideView>((slide) => Page.safeParse(slide).success)),
})
const Deck = z.object({ id: z.string(), lang: z.string(), pages: z.number() })
const Decks = z.object({
  decks: z.array(z.custom<DeckView>((deck) => Deck.safeParse(deck).success)),
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

/** The same of the groups that the reader hears. */
export function getEarlierTalk(
  workshopId: string,
  before: number,
): Promise<Answer<{ messages: GroupMessageView[]; earlier: number }>> {
  const address = `/workshops/${workshopId}/earlier?of=groups&before=${before}`
  return ask(address, EarlierTalk.parse)
}

/**
 * Pages of a deck: their texts, and where their images are.
 *
 * @param page one alone; all without
 */
export function getSlides(
  workshopId: string,
  deckId: string,
  page?: number,
): Promise<Answer<SlideView[]>> {
  const which = page === undefined ? '' : `&page=${page}`
  const address = `/workshops/${workshopId}/slides?deck=${deckId}${which}`
  return ask(address, (json) => Slides.parse(json).slides)
}

/** The decks of a workshop. */
export function getDecks(workshopId: string): Promise<Answer<DeckView[]>> {
  return ask(`/workshops/${workshopId}/slides`, (json) => Decks.parse(json).decks)
}

/** Write what stands on a page; see `writeSlide` of the services. */
export function postSlideWords(
  workshopId: string,
  { deckId, page, rev }: Pick<SlideView, 'deckId' | 'page' | 'rev'>,
  { text, lang, acknowledged }: { text: string; lang: Language; acknowledged?: string },
): Promise<Answer<SlideView[]>> {
  const at = { deckId, page: String(page), rev: String(rev) }
  const fields = { ...at, text, lang, ...(acknowledged ? { acknowledged } : {}) }
  return postForm(`/workshops/${workshopId}/slides`, fields, (json) => Slides.parse(json).slides)
}
