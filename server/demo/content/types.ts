import type { Language, LocalizedText } from '../../../shared/languages'
import type { Role } from '../../../shared/policy'
import type { ProtocolStatus } from '../../../shared/protocol-statuses'
import type { RenditionStatus, ResourceKind } from '../../../shared/resource-kinds'
import type { PersonName, Phase, PhaseStatus } from '../../../shared/views'
import type { DemoWorkshop } from './workshop-types'

/**
 * How the demonstration data is written down. People and numbers are invented; institutions are
 * generic unless they are publicly documented partners.
 */

export type Tone = 'a' | 'b'
type Both = Required<{ [L in Language]: string }>

export type DemoInstitution = { name: Both; city: Both; country: 'RU' | 'US'; timeZone: string }

/** Professions of a team, keys of the `people` locale. */
export type Cadre =
  | 'physician'
  | 'nurse'
  | 'social_worker'
  | 'psychologist'
  | 'peer'
  | 'pharmacist'
  | 'laboratory'
  | 'manager'
  | 'librarian'
  | 'translator'
  | 'case_manager'
  | 'official'

export type DemoPerson = {
  /** Local part of the address and stable name of the id. */
  key: string
  name: PersonName
  languages: readonly Language[]
  /** Place in the tour of the sign-in page, from 1; without one nobody can sign in as this person. */
  tour?: number
}

export type DemoMember = DemoPerson & { side: Tone; role: Role; cadre: Cadre }

export type DemoPartnership = {
  slug: string
  name: Both
  focus: Both
  /** ISO date. */
  startedOn: string
  /** The first institution leads its side. */
  sides: Record<Tone, { place: Both; institutions: readonly DemoInstitution[] }>
  phases: Record<Phase, PhaseStatus>
  members: readonly DemoMember[]
  protocols: readonly DemoProtocol[]
  threads: readonly DemoThread[]
  resources: readonly DemoResource[]
  workshops: readonly DemoWorkshop[]
}

/**
 * How a line's two texts stand. Without one they were marked as translated and agree; an earlier
 * wording (`enWas`, `ruWas`) is what they were marked with, so that the line has drifted since.
 */
export type LineState = 'reviewed' | 'draft' | { enWas: string } | { ruWas: string }

/**
 * One line of a protocol in both languages; null where one is still missing. Neighbouring `li` and `ol`
 * lines are one list, `th` and `tr` lines one table with cells between ` | `. Inside a text `**bold**` and
 * `[words](https://…)`.
 */
export type Line = readonly [
  kind: LineKind,
  en: string | null,
  ru: string | null,
  state?: LineState,
]
export type LineKind =
  | 'h2'
  | 'h3'
  | 'p'
  | 'li'
  | 'ol'
  | 'th'
  | 'tr'
  | 'note'
  | 'warning'
  | 'contraindication'

export type DemoProtocol = {
  /** Short, in every block's id: lower-case letters and digits. */
  key: string
  title: LocalizedText
  status: ProtocolStatus
  /** Keys of people of the partnership. */
  createdBy: string
  translatedBy: string
  reviewedBy: string
  editedBy: string
  /** The language that was written first. */
  source: Language
  createdOn: string
  /** How long before the first start the translation was marked and the text last edited, in hours. */
  markedHoursAgo: number
  editedHoursAgo: number
  /** When the drifted units took on their present wording; with the last edit unless told. */
  driftedAt?: Readonly<Record<string, When>>
  lines: readonly Line[]
}

/**
 * When something happened: `2008-04-03 09:20` for history, `-12 14:20` for so many days before the day
 * (in UTC) of the first start; both by the clock of the person's city.
 */
export type When = string

/** A question for a text in the other language, of a post or an item. */
export type DemoRequest = {
  by: string
  at: When
  note?: string
  taken?: { by: string; at: When }
}

export type DemoPost = {
  /** Key of the author; `@{key}` in the text calls somebody by name. */
  by: string
  at: When
  text: string
  /** Where the author writes both languages; otherwise their own. */
  lang?: Language
  /** Number of the post that this one answers, from 1. */
  replyTo?: number
  /** By a colleague who reads both; a few hours later unless told. */
  translation?: { by: string; text: string; at?: When }
  request?: DemoRequest
  editedAt?: When
  /** Its words are gone, `text` is not stored. */
  deleted?: { by: string; at: When }
}

export type DemoThread = {
  key: string
  title: Both
  tags: readonly string[]
  /** Key of a protocol and of one of its units; `asMarked` if it was opened before the unit drifted. */
  anchor?: { protocol: string; unit: string; asMarked?: boolean }
  locked?: boolean
  posts: readonly DemoPost[]
  /** How many of the last posts these people have not been shown; everybody else knows them all. */
  unread?: Readonly<Record<string, number>>
}

export type DemoRendition = {
  lang: Language
  status: RenditionStatus
  by: string
  at: When
} & (
  | {
      /** Name in `server/demo/files`, and the name that people see. */
      file: string
      name: string
    }
  | { url: string }
)

export type DemoResource = {
  key: string
  kind: ResourceKind
  title: LocalizedText
  about: LocalizedText
  by: string
  at: When
  renditions: readonly DemoRendition[]
  requests?: readonly (DemoRequest & { to: Language })[]
}

/** First line of every protocol. */
export const NOT_FOR_USE: Line = [
  'note',
  'Demonstration text, not for clinical use',
  'Учебный пример, не для клинического применения',
  'reviewed',
]

/** A Russian name, with its form in the Latin script. */
export function cyrillicName(
  family: string,
  given: string,
  patronymic: string | undefined,
  latin: string,
): PersonName {
  return { given, family, ...(patronymic ? { patronymic } : {}), latin }
}

/** A name in the Latin script, with its Cyrillic form. */
export function latinName(given: string, family: string, cyrillic: string): PersonName {
  return { given, family, cyrillic }
}
