import { z } from 'zod'
import { ClientKey, Id, UnitKey } from '../ids'
import { LANGUAGES } from '../languages'
import { OUTCOME_KINDS } from '../workshops'
import { Acknowledged } from './purges'
import { Prose } from './text'

/** Longest text of a decision or a task, in UTF-16 code units. */
const OUTCOME_MAX = 1_000

const maybe = <S extends z.ZodType>(schema: S) =>
  schema.or(z.literal('').transform(() => undefined)).optional()
const Text = z.literal('').or(Prose(OUTCOME_MAX)).default('')
const IsoDate = z.iso.date()

/** What is done with the outcomes of a workshop, by the form's `intent`; each may be repeated safely. */
export const OutcomeChange = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('add'),
    kind: z.enum(OUTCOME_KINDS),
    textEn: Text,
    textRu: Text,
    assignee: maybe(Id),
    due: maybe(IsoDate),
    /** The paragraph of the notes that it is made from. */
    unit: maybe(UnitKey),
    clientKey: ClientKey,
    acknowledged: Acknowledged,
  }),
  /** Who has a task and until when; nobody and no day take it back. */
  z.object({
    intent: z.literal('assign'),
    outcome: Id,
    assignee: maybe(Id),
    due: maybe(IsoDate),
    /** The count of changes that the form was opened with. */
    base: z.coerce.number().int().min(0),
  }),
  z.object({ intent: z.literal('done'), outcome: Id }),
  z.object({ intent: z.literal('open'), outcome: Id }),
  z.object({ intent: z.literal('remove'), outcome: Id }),
  /** A discussion from a paragraph of the notes, or from a question that nobody has answered. */
  z.object({
    intent: z.literal('thread'),
    unit: maybe(UnitKey),
    question: maybe(Id),
    lang: z.enum(LANGUAGES),
    clientKey: ClientKey,
    acknowledged: Acknowledged,
  }),
  /** A protocol whose first draft the notes are. */
  z.object({ intent: z.literal('protocol'), clientKey: ClientKey, acknowledged: Acknowledged }),
])
export type OutcomeChange = z.infer<typeof OutcomeChange>
export type OutcomeChangeOf<I extends OutcomeChange['intent']> = Extract<
  OutcomeChange,
  { intent: I }
>
