import { z } from 'zod'
import { Id } from '../../../shared/ids'
import { RENDITION_STATUSES, RESOURCE_KINDS } from '../../../shared/resource-kinds'
import { Count, Language, LocalizedText, NAMED, Person, Time } from './answer-parts'
import { TranslationRequest } from './thread-answers'

/** The library as `/api/v1` answers it. */

const Rendition = z
  .object({
    id: Id,
    lang: Language,
    status: z.enum(RENDITION_STATUSES),
    source: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('file'),
        name: z.string(),
        mediaType: z.string(),
        bytes: Count,
        path: z.string().meta({ description: 'Where it is downloaded from; takes ranges' }),
      }),
      z.object({ kind: z.literal('link'), url: z.string() }),
    ]),
    addedBy: Person.nullable(),
    addedAt: Time,
  })
  .meta({ description: 'A language version: a file or a link' })
  .register(NAMED, { id: 'Rendition' })

export const Resource = z
  .object({
    id: Id,
    title: LocalizedText,
    about: z.object({ en: z.string().optional(), ru: z.string().optional() }),
    kind: z.enum(RESOURCE_KINDS),
    renditions: z.array(Rendition).readonly(),
    requests: z
      .array(TranslationRequest)
      .readonly()
      .meta({ description: 'Translations that are asked for and not there yet' }),
    createdBy: Person.nullable(),
    createdAt: Time,
    changedAt: Time,
    rev: Count.meta({ description: 'Raised by every change of the item or its requests' }),
  })
  .meta({ description: 'An item of the library with its language versions' })
  .register(NAMED, { id: 'Resource' })
