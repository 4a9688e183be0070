import { z } from 'zod'
import { CADRES } from '../cadres'
import { type NameProblem, nameProblem, scriptsIn, tidyName } from '../display-name'
import { GUEST_CODE_DIGITS } from '../guests'
import { Id } from '../ids'
import { LANGUAGES } from '../languages'
import { Email } from './email'
import { OneLine } from './text'
import { TimeZone } from './workshops'

/** Longest name of a guest, and of where they work, in UTF-16 code units. */
export const GUEST_NAME_MAX = 120
const PLACE_MAX = 200

/** A guest's whole name, by the rules of accounts; what is wrong with it is a `NameProblem`. */
const Name = z
  .string({ error: 'name_needed' })
  .max(4 * GUEST_NAME_MAX, { error: 'name_long' })
  .transform(tidyName)
  .superRefine((text, context) => {
    const problem = wholeNameProblem(text)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

function wholeNameProblem(text: string): NameProblem | null {
  const problem = nameProblem(text, GUEST_NAME_MAX)
  if (problem) return problem
  if (text.length < 2) return 'name_needed'
  return scriptsIn(text).size > 1 ? 'name_mixed' : null
}

/** Somebody without an account asks to come in. */
export const AskGuestCode = z.object({
  name: Name,
  email: Email,
  institution: OneLine(PLACE_MAX).default(''),
  cadre: z
    .enum(CADRES)
    .or(z.literal('').transform(() => undefined))
    .optional(),
  lang: z.enum(LANGUAGES),
  /** As the browser says; where it does not, the workshop's. */
  timeZone: TimeZone.optional().catch(undefined),
})
export type AskGuestCode = z.infer<typeof AskGuestCode>

/** A guest of a workshop that is over asks to come back. */
export const AskReturnCode = AskGuestCode.pick({ email: true, lang: true })
export type AskReturnCode = z.infer<typeof AskReturnCode>

/** As people copy it: with spaces or hyphens between the digits. */
export const EnterGuestCode = z.object({
  code: z
    .string()
    .max(50)
    .transform((text) => text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, ''))
    .pipe(z.string().regex(new RegExp(`^\\d{${GUEST_CODE_DIGITS}}$`))),
  /** Others use this computer too: the session is short and ends with the browser. */
  shared: z
    .string()
    .max(10)
    .optional()
    .transform((value) => value !== undefined && value !== ''),
})

/** What a facilitator does about guests. */
export const GuestsChange = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('make-link') }),
  z.object({ intent: z.literal('end-link') }),
  z.object({ intent: z.enum(['link-waits', 'link-admits', 'admit-all']) }),
  z.object({
    intent: z.literal('invite'),
    name: Name,
    email: Email,
    lang: z.enum(LANGUAGES),
  }),
  z.object({ intent: z.enum(['resend', 'admit', 'refuse', 'remove']), participantId: Id }),
])
export type GuestsChange = z.infer<typeof GuestsChange>
export type InviteGuest = Pick<
  Extract<GuestsChange, { intent: 'invite' }>,
  'name' | 'email' | 'lang'
>
