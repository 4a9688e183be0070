import { z } from 'zod'
import { ClientKey, Id } from '../ids'
import { LANGUAGES } from '../languages'
import { WORKSHOP_LIMITS } from '../workshops'
import { Acknowledged } from './purges'
import { Prose } from './text'

/** Slides to be made of a version of a library item. */
export const MakeDeck = z.object({ renditionId: Id, clientKey: ClientKey })
export type MakeDeck = z.infer<typeof MakeDeck>

/** What the page of slides is asked to do. */
export const DeckForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('make'), ...MakeDeck.shape }),
  z.object({ intent: z.literal('remove'), deckId: Id }),
  z.object({
    intent: z.literal('pair'),
    deckId: Id,
    /** Empty: it stands alone. */
    otherId: Id.or(z.literal('').transform(() => null)),
  }),
])

const Page = z.coerce.number().int().min(1).max(WORKSHOP_LIMITS.deckPages)

/** What stands on a page, in one language; empty takes away what was written. */
export const WriteSlide = z.object({
  deckId: Id,
  page: Page,
  lang: z.enum(LANGUAGES),
  text: z.literal('').or(Prose(WORKSHOP_LIMITS.pageText)),
  /** Count of changes of the page's words that the writer has seen. */
  rev: z.coerce.number().int().min(0),
  acknowledged: Acknowledged,
})
export type WriteSlide = z.infer<typeof WriteSlide>

/** A deck to be looked at, and one page of it, in an address. */
export const SlideQuery = z.object({ deck: Id, page: Page.optional() })
