import { z } from 'zod'
import { Id } from '../../../shared/ids'
import { LANGUAGES } from '../../../shared/languages'

/** What several answers of `/api/v1` are made of. */

/** Schemas with a name of their own in the documentation. */
export const NAMED = z.registry<{ id: string }>()

export const Language = z
  .enum(LANGUAGES)
  .meta({ description: 'Language of a text or of the interface' })
export const Time = z.iso.datetime().meta({ description: 'UTC, ISO-8601' })
export const Hash = z.string().regex(/^[0-9a-f]{64}$/)
export const Count = z.int().min(0)

export const LocalizedText = z
  .object({ en: z.string().optional(), ru: z.string().optional() })
  .meta({ description: 'At least one of the languages is there' })
  .register(NAMED, { id: 'LocalizedText' })

export const PersonName = z
  .object({
    given: z.string(),
    family: z.string(),
    patronymic: z.string().optional(),
    latin: z.string().optional().meta({ description: 'The name in the Latin script' }),
    cyrillic: z.string().optional().meta({ description: 'The name in Cyrillic' }),
  })
  .register(NAMED, { id: 'PersonName' })

export const Person = z
  .object({
    id: Id,
    name: PersonName,
    tone: z.enum(['a', 'b']).nullable().meta({ description: 'Colour of the side' }),
  })
  .meta({ description: 'Somebody as the author of something' })
  .register(NAMED, { id: 'Person' })

/** Part of a list, with the way to the next one. */
export const page = <T extends z.ZodType>(item: T, id: string) =>
  z
    .object({
      items: z.array(item).readonly(),
      next: z
        .string()
        .nullable()
        .meta({ description: 'Where the next part begins, null at the end' }),
    })
    .register(NAMED, { id })
