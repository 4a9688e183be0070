import { z } from 'zod'
import { nameProblem, scriptsIn, tidyName } from '../display-name'
import { LANGUAGES, type Language } from '../languages'
import { toLatin } from '../name-forms'
import type { PersonName } from '../views'

/** UTF-16 code units. */
const PART_MAX = 60
const WHOLE_MAX = 120
const ADDRESS_MAX = 80

/** A part of a name; what is wrong with it is the issue's message, a `NameProblem`. */
function Part(max: number, kind: 'name' | 'address' = 'name') {
  return z
    .string({ error: 'name_needed' })
    .max(4 * max, { error: 'name_long' })
    .transform(tidyName)
    .superRefine((text, context) => {
      const problem = nameProblem(text, max, kind)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })
}

/** The same, or nothing. */
function Optional(max: number, kind: 'name' | 'address' = 'name') {
  return z.preprocess(
    (text) => (typeof text === 'string' && text.trim() === '' ? undefined : text),
    Part(max, kind).optional(),
  )
}

/** A name as its form sends it. */
export const NameFields = {
  family: Part(PART_MAX),
  given: Part(PART_MAX),
  patronymic: Optional(PART_MAX),
  latin: Optional(WHOLE_MAX),
  cyrillic: Optional(WHOLE_MAX),
  address: Optional(ADDRESS_MAX, 'address'),
}
const NameParts = z.object(NameFields)
type NameParts = z.infer<typeof NameParts>

/** How a name is wrong as a whole: the parts in one script, the other form in the other. */
export function checkName(name: NameParts, context: z.RefinementCtx): void {
  const refuse = (path: keyof NameParts, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message })
  const parts = [name.family, name.given, name.patronymic ?? '']
  // a part that is mixed in itself has been refused already
  const isMixed =
    parts.every((part) => scriptsIn(part).size < 2) && scriptsIn(parts.join()).size > 1
  if (isMixed) refuse('given', 'name_mixed')
  if (nameProblem(`${name.given}${name.family}`, 2 * PART_MAX) === 'name_reserved') {
    refuse('family', 'name_reserved')
  }
  if (name.latin && !isIn('Latin', name.latin)) refuse('latin', 'name_latin')
  if (name.cyrillic && !isIn('Cyrillic', name.cyrillic)) refuse('cyrillic', 'name_cyrillic')
}

function isIn(script: 'Latin' | 'Cyrillic', text: string): boolean {
  return [...scriptsIn(text)].join() === script
}

/**
 * A name as it is stored. The form in the other script is for names that are not in it: what was sent
 * for a name's own script is left out, and a Cyrillic name without a Latin form gets its passport one.
 */
export function toPersonName(parts: NameParts): PersonName {
  const { family, given, patronymic, cyrillic, address } = parts
  const own = scriptsIn(family)
  const latin = own.has('Latin') ? undefined : (parts.latin ?? toLatin({ family, given }))
  return {
    given,
    family,
    ...(patronymic ? { patronymic } : {}),
    ...(latin ? { latin } : {}),
    ...(cyrillic && !own.has('Cyrillic') ? { cyrillic } : {}),
    ...(address ? { address } : {}),
  }
}

/** An IANA zone that this process knows. */
const TimeZone = z
  .string()
  .max(64)
  .refine((zone) => isTimeZone(zone), { error: 'time_zone' })

function isTimeZone(zone: string): boolean {
  // offsets such as +03:00 are zones to Intl, and know no summer time
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const Ticked = z.preprocess((value) => value === 'on', z.boolean())

/** One's own profile; `rev` names the state that the form was filled from. */
export const SaveProfile = z
  .object({
    ...NameFields,
    readsEn: Ticked,
    readsRu: Ticked,
    lang: z.enum(LANGUAGES),
    timeZone: TimeZone,
    rev: z.string().regex(/^[0-9a-f]{16}$/),
  })
  .superRefine(checkName)
  .refine(({ readsEn, readsRu }) => readsEn || readsRu, {
    path: ['languages'],
    error: 'language_needed',
  })
export type SaveProfile = z.infer<typeof SaveProfile>

/** One's own profile as its page shows it. */
export type ProfileView = {
  name: PersonName
  email: string
  languages: readonly Language[]
  lang: Language
  timeZone: string
  /** Of this state: what is saved with another one has been overtaken. */
  rev: string
}
