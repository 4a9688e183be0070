import { z } from 'zod'
import { ClientKey, Id } from '../ids'

/** Slides to be made of a version of a library item. */
export const MakeDeck = z.object({ renditionId: Id, clientKey: ClientKey })
export type MakeDeck = z.infer<typeof MakeDeck>

/** What the page of slides is asked to do. */
export const DeckForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('make'), ...MakeDeck.shape }),
  z.object({ intent: z.literal('remove'), deckId: Id }),
])
