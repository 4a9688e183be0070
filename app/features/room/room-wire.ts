import * as z from 'zod/mini'
import { ERRORS, type ErrorCode } from '../../../shared/errors'
import type { MessageView, RoomItemView } from '../../../shared/room-views'
import type { RoomAct } from '../../../shared/schemas/workshop-room'
import type { SlideView } from '../../../shared/workshop-views'
import type { ActAnswer } from './room-acts'

export const Code = z.custom<ErrorCode>(
  (code) => typeof code === 'string' && Object.hasOwn(ERRORS, code),
)
const Detail = z.optional(z.record(z.string(), z.string()))
const Refused = z.union([
  z.object({ refused: z.object({ code: Code, detail: Detail }) }),
  z.object({ code: Code, detail: Detail }),
])
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

export type Answer<T> = { ok: T } | Exclude<ActAnswer, { ok: unknown }>

/** Do something in a room. The same act may be posted again when its answer was lost. */
export async function postAct(workshopId: string, act: RoomAct): Promise<ActAnswer> {
  const body = new URLSearchParams({ act: JSON.stringify(act) })
  const answer = await ask(`/workshops/${workshopId}/act`, { method: 'POST', body }, Acted.parse)
  return answer !== 'unreachable' && 'ok' in answer ? { ok: answer.ok.item } : answer
}

/** @param before where the first message shown began */
export function getEarlier(
  workshopId: string,
  before: number,
): Promise<Answer<{ messages: MessageView[]; earlier: number }>> {
  return ask(`/workshops/${workshopId}/earlier?before=${before}`, {}, Earlier.parse)
}

/** All pages of a deck: their texts, and where their images are. */
export function getSlides(workshopId: string, deckId: string): Promise<Answer<SlideView[]>> {
  const address = `/workshops/${workshopId}/slides?deck=${deckId}`
  return ask(address, {}, (json) => Slides.parse(json).slides)
}

export async function ask<T>(
  address: string,
  init: RequestInit,
  read: (json: unknown) => T,
): Promise<Answer<T>> {
  try {
    const response = await fetch(address, {
      ...init,
      headers: { Accept: 'application/json' },
      // an ended session answers with the way to the sign-in page
      redirect: 'manual',
    })
    if (response.type === 'opaqueredirect') return { refused: 'unauthenticated' }
    if (response.status >= 500) return 'unreachable'
    const json: unknown = await response.json()
    if (response.ok) return { ok: read(json) }
    const refused = Refused.safeParse(json)
    if (!refused.success) return { refused: 'unexpected' }
    const { code, detail } = 'code' in refused.data ? refused.data : refused.data.refused
    return { refused: code, detail }
  } catch {
    return 'unreachable'
  }
}
