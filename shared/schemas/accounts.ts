import { z } from 'zod'
import { Id } from '../ids'
import { LANGUAGES } from '../languages'
import { Email } from './email'

/** Long enough that guessing is hopeless where tries are counted; NIST SP 800-63B-4 §3.1.1.2. */
export const PASSWORD_MIN = 10
/** So that hashing cannot be made expensive. */
export const PASSWORD_MAX = 1_000

const RedirectTo = z.string().max(2_000).optional()
/** A tick in a form: there or not. */
const Ticked = z
  .string()
  .max(10)
  .optional()
  .transform((value) => value !== undefined && value !== '')

/** As it was typed, to be compared. NFKC so that keyboards agree. */
const TypedPassword = z
  .string()
  .min(1)
  .max(PASSWORD_MAX)
  .transform((text) => text.normalize('NFKC'))

/**
 * A password to be kept: 10 to 1,000 characters of any kind. What it must not be besides is asked by
 * the server, which knows the account and the lists. The messages name what is wrong.
 */
const ChosenPassword = z
  .string()
  .max(2 * PASSWORD_MAX, { message: 'long' })
  .transform((text) => text.normalize('NFKC'))
  .superRefine((text, context) => {
    const length = [...text].length
    if (text.trim() === '') context.addIssue({ code: 'custom', message: 'blank' })
    else if (length < PASSWORD_MIN) context.addIssue({ code: 'custom', message: 'short' })
    else if (length > PASSWORD_MAX) context.addIssue({ code: 'custom', message: 'long' })
  })

export const SignIn = z.object({
  email: Email,
  password: TypedPassword,
  shared: Ticked,
  redirectTo: RedirectTo,
})
export type SignIn = z.infer<typeof SignIn>

/** A code to sign in with is asked for. */
export const AskCode = z.object({ email: Email, shared: Ticked, redirectTo: RedirectTo })
export type AskCode = z.infer<typeof AskCode>

/** Digits of a sign-in code. */
export const CODE_DIGITS = 10
/** As people copy it: with spaces or hyphens between the digits. */
export const EnterCode = z.object({
  code: z
    .string()
    .max(50)
    .transform((text) => text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, ''))
    .pipe(z.string().regex(new RegExp(`^\\d{${CODE_DIGITS}}$`))),
})

/** A link to set a password is asked for. */
export const AskLink = z.object({ email: Email, redirectTo: RedirectTo })

export const NewPassword = z.object({ password: ChosenPassword })
export const ChangePassword = z.object({
  currentPassword: TypedPassword,
  password: ChosenPassword,
})
export type ChangePassword = z.infer<typeof ChangePassword>

/** One of one's sessions, by its id. */
export const EndSession = z.object({ sessionId: Id })

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const Preferences = z.object({
  lang: z.enum(LANGUAGES).optional(),
  theme: z.enum(THEMES).optional(),
  redirectTo: z.string().max(2_000).optional(),
})
export type Preferences = z.infer<typeof Preferences>
