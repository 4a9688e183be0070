import { z } from 'zod'
import { Id } from '../ids'
import type { PersonName } from '../views'
import { OneLine } from './text'

/** Whom one would like as one's peer on the other side, and what for. */
export const ProposeCounterpart = z.object({ userId: Id, topic: OneLine(120).default('') })
export type ProposeCounterpart = z.infer<typeof ProposeCounterpart>

/** What becomes of a proposal or a pair. */
export const AnswerCounterpart = z.object({
  counterpartId: Id,
  answer: z.enum(['confirm', 'decline', 'end']),
})
export type AnswerCounterpart = z.infer<typeof AnswerCounterpart>

/** Somebody of a partnership as lists of pairs show them. */
export type PeerView = {
  userId: string
  name: PersonName
  tone: 'a' | 'b' | null
  cadre: string
}

/** Two people of the two sides; `mine` is how the reader stands in it. */
export type CounterpartView = {
  id: string
  status: 'proposed' | 'confirmed'
  /** Whoever proposed it, then the one who answers. */
  people: readonly [PeerView, PeerView]
  topic: string | null
  mine: 'proposed' | 'asked' | 'pair' | null
}
