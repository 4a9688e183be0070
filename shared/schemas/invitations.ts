import { z } from 'zod'
import { CADRES } from '../cadres'
import { ClientKey, Id } from '../ids'
import { LANGUAGES, type Language, type LocalizedText } from '../languages'
import { ROLES, type Role } from '../policy'
import type { PersonName } from '../views'
import { NewPassword } from './accounts'
import { AnswerCounterpart } from './counterparts'
import { Email } from './email'
import { checkName, NameFields } from './profiles'
import { Prose } from './text'

/** Invited by one list. */
export const INVITED_AT_ONCE = 50
/** Of a pasted list, UTF-16 code units: a row of a table is not much longer than an address. */
const LIST_MAX = 20_000
const NOTE_MAX = 500

const CadreChoice = z.preprocess((cadre) => cadre || undefined, z.enum(CADRES).optional())

/** A line of a pasted list: whom it names, or why it names nobody. */
export type Invitee =
  | { line: string; email: string }
  | { line: string; problem: 'no_address' | 'bad_address' | 'twice' }

/**
 * The addresses of a pasted list, in its order: one a line, “Name <a@b>”, rows of a table with tabs,
 * several on a line with commas or semicolons between. A line with an address that cannot be read
 * comes back with the reason; what is between the addresses is taken for names.
 */
export function readInvitees(text: string): Invitee[] {
  const known = new Set<string>()
  return text.split(/\r\n?|\n/).flatMap((raw): Invitee[] => {
    const line = raw.replace(/\s+/g, ' ').trim()
    if (line === '') return []
    const pieces = raw.split(/[;,\t]+/).filter((piece) => piece.includes('@'))
    if (pieces.length === 0) return [{ line: line.slice(0, 200), problem: 'no_address' }]
    return pieces.map((piece): Invitee => {
      const written = piece.replace(/\s+/g, ' ').trim().slice(0, 400)
      const email = Email.safeParse(addressIn(written))
      if (!email.success) return { line: written.slice(0, 200), problem: 'bad_address' }
      if (known.has(email.data)) return { line: email.data, problem: 'twice' }
      known.add(email.data)
      return { line: written.slice(0, 200), email: email.data }
    })
  })
}

/** What stands in angle brackets, else the word that has the @ in it, without quotes around it. */
function addressIn(piece: string): string {
  const open = piece.indexOf('<')
  const close = piece.indexOf('>', open + 1)
  if (open >= 0 && close > open) return piece.slice(open + 1, close).trim()
  const word = piece.split(' ').find((each) => each.includes('@')) ?? ''
  return word.replace(/^(?:mailto:)?["'«“(]*/i, '').replace(/["'»”).]*$/, '')
}

/** Several letters at once; role and side are the same for all of them. */
export const Invite = z.object({
  people: z
    .string()
    .max(LIST_MAX, { error: 'list_long' })
    .refine((text) => text.trim() !== '', { error: 'list_empty' }),
  role: z.enum(ROLES),
  sideId: Id,
  lang: z.enum(LANGUAGES),
  cadre: CadreChoice,
  note: z.preprocess(
    (note) => (typeof note === 'string' && note.trim() === '' ? undefined : note),
    Prose(NOTE_MAX).optional(),
  ),
  clientKey: ClientKey,
})
export type Invite = z.infer<typeof Invite>

/** What became of each line of a list. */
export type InviteOutcome = {
  line: string
  outcome:
    | 'sent'
    | 'no_address'
    | 'bad_address'
    | 'twice'
    | 'member'
    | 'invited'
    | 'address_limit'
    | 'limit'
}

/** The lines that came back and may be sent again when mended or later; members and twins need no letter. */
export function linesToMend(outcomes: readonly InviteOutcome[]): string {
  const again: readonly InviteOutcome['outcome'][] = ['no_address', 'bad_address', 'limit']
  const left = outcomes.filter(({ outcome }) => again.includes(outcome))
  return left.map(({ line }) => line).join('\n')
}

export const InvitationChange = z.object({
  invitationId: Id,
  intent: z.enum(['resend', 'revoke']),
})
export type InvitationChange = z.infer<typeof InvitationChange>

/** What is done on the page of a partnership's people. */
export const PeopleChange = z.union([InvitationChange, AnswerCounterpart])

export const INVITATION_STATUSES = ['open', 'expired', 'accepted', 'revoked'] as const
export type InvitationStatus = (typeof INVITATION_STATUSES)[number]

/** An invitation in the coordinators' list. */
export type InvitationView = {
  id: string
  email: string
  role: Role
  sideId: string
  status: InvitationStatus
  by: PersonName | null
  /** The last letter. */
  sentAt: string
  until: string
  endedAt: string | null
}

/** 256 bits, base64url. */
export const InvitationToken = z.string().regex(/^[\w-]{43}$/)

/** Whoever stands at the door: what they are asked for depends on it. */
export type Joiner =
  /** Nobody is signed in, and the address has no account. */
  | { kind: 'new' }
  /** Nobody is signed in, and the address has an account. */
  | { kind: 'known' }
  /** The one who is invited. */
  | { kind: 'invited' }
  /** Somebody else. */
  | { kind: 'other' }
  /** Has joined by this very invitation. */
  | { kind: 'joined'; slug: string }

/** What one is joining, as the page that asks for a yes shows it. */
export type JoinView = {
  joiner: Joiner
  /** The invited address; masked for whoever is signed in as somebody else. */
  email: string
  partnership: LocalizedText
  places: readonly LocalizedText[]
  /** Of the side that one is to join. */
  place: LocalizedText
  role: Role
  /** Null: whoever joins says it. */
  cadre: string | null
  inviter: PersonName | null
  note: string | null
  until: string
  lang: Language
}

/** A yes of somebody who has an account. */
export const JoinSignedIn = z.object({ cadre: CadreChoice })
export type JoinSignedIn = z.infer<typeof JoinSignedIn>

/** The account that is made by joining: a name, and how one will sign in. */
export const JoinAnew = z
  .object({
    ...NameFields,
    cadre: CadreChoice,
    by: z.enum(['password', 'code']),
    password: z.string().max(4_000, { error: 'long' }).default(''),
    shared: z.preprocess((value) => typeof value === 'string' && value !== '', z.boolean()),
    /** Of the form: sent twice, it makes one account. */
    clientKey: ClientKey,
  })
  .superRefine(checkName)
  .transform((input, context) => {
    if (input.by === 'code') return { ...input, password: null }
    const password = NewPassword.shape.password.safeParse(input.password)
    if (password.success) return { ...input, password: password.data }
    const message = password.error.issues[0]?.message ?? 'short'
    context.addIssue({ code: 'custom', path: ['password'], message })
    return z.NEVER
  })
export type JoinAnew = z.infer<typeof JoinAnew>
