import { z } from 'zod'
import { Id, UnitKey } from '../../../shared/ids'
import { Count, Language, LocalizedText, NAMED, Person, Time } from './answer-parts'

/** Threads and their posts as `/api/v1` answers them. */

export const Thread = z
  .object({
    id: Id,
    title: LocalizedText,
    lang: Language,
    tags: z.array(z.string()).readonly(),
    anchor: z
      .object({
        protocolId: Id,
        protocolTitle: LocalizedText,
        unit: UnitKey,
        quote: z.object({ en: z.string().optional(), ru: z.string().optional() }),
      })
      .nullable()
      .meta({ description: 'The paragraph it is about' }),
    locked: z.boolean(),
    replyCount: Count.meta({ description: 'Posts that are not deleted' }),
    lastSeq: Count.meta({ description: 'Number of the last post' }),
    rev: z.int().min(1).meta({ description: 'The larger one of two is the newer state' }),
    openedBy: Person.nullable(),
    openedAt: Time,
    lastBy: Person.nullable(),
    lastAt: Time,
    unread: Count.meta({ description: 'Posts of others that you have not been shown' }),
  })
  .register(NAMED, { id: 'Thread' })

export const TranslationRequest = z
  .object({
    id: Id,
    to: Language,
    note: z.string().nullable(),
    askedBy: Person.nullable(),
    askedAt: Time,
    takenBy: Person.nullable(),
    takenAt: Time.nullable(),
    doneAt: Time.nullable(),
  })
  .register(NAMED, { id: 'TranslationRequest' })

export const Reply = z
  .object({
    id: Id,
    threadId: Id,
    seq: z.int().min(1).meta({ description: '1, 2, 3 … within the thread; never changes' }),
    rev: z.int().min(1).meta({ description: 'The larger one of two is the newer state' }),
    lang: Language,
    text: z.string().meta({ description: 'Plain text; empty once deleted' }),
    author: Person.nullable(),
    postedAt: Time,
    editedAt: Time.nullable(),
    deletedAt: Time.nullable(),
    deletedBy: Person.nullable(),
    mentions: z.array(z.object({ userId: Id, from: Count, length: Count })).readonly(),
    replyTo: z.object({ id: Id, seq: z.int().min(1), author: Person.nullable() }).nullable(),
    translation: z
      .object({
        lang: Language,
        text: z.string(),
        by: Person.nullable(),
        at: Time,
        outdated: z.boolean(),
      })
      .nullable()
      .meta({ description: 'In the other language; outdated once the post was edited after it' }),
    request: TranslationRequest.nullable(),
    purged: z
      .object({ by: Person.nullable(), at: Time, whole: z.boolean() })
      .optional()
      .meta({ description: 'Patient data was taken out: all of the post, or passages' }),
    clientKey: z.string(),
  })
  .meta({ description: 'A post; a deleted one keeps its place' })
  .register(NAMED, { id: 'Reply' })
