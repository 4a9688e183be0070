import { z } from 'zod'
import { Id } from '../ids'

/** Six figures of an authenticator app, however they were grouped when typed. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((text) => text.normalize('NFKC').replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9]{6}$/))

/** Letters and figures of recovery codes: Crockford's base 32, without I, L, O and U. */
export const RECOVERY_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 16 characters of 5 bits each: 80 bits. */
export const RECOVERY_LENGTH = 16

/** A recovery code as somebody types it from paper: case, groups and look-alikes do not matter. */
export const RecoveryCodeText = z
  .string()
  .max(60)
  .transform((text) =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s–—-]/g, '')
      .replace(/O/g, '0')
      .replace(/[IL]/g, '1'),
  )
  .pipe(z.string().regex(new RegExp(`^[${RECOVERY_ALPHABET}]{${RECOVERY_LENGTH}}$`)))

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]+$/)
const transports = z.array(z.string().max(30)).max(10).default([])

/** What a browser answers when a passkey is made; extensions and all else are left out. */
const Registration = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(12_000),
    transports,
  }),
})
export type Registration = z.infer<typeof Registration>

/** What a browser answers when a passkey is asked to sign. */
const Assertion = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(8_000),
    userHandle: base64url(100).nullish(),
  }),
})
export type Assertion = z.infer<typeof Assertion>

/** JSON in a form's field. */
function jsonOf<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .max(24_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

/** A passkey's name, as its owner tells their devices apart. */
const PasskeyName = z
  .string()
  .max(200)
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(1).max(60))

/** The first code of an app that is being set up. */
export const ConfirmTotp = z.object({ code: TotpCode })
export type ConfirmTotp = z.infer<typeof ConfirmTotp>

/** What the page of passkeys posts. */
export const ChangePasskeys = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('options') }),
  z.object({ intent: z.literal('add'), name: PasskeyName, passkey: jsonOf(Registration) }),
  z.object({ intent: z.literal('rename'), id: Id, name: PasskeyName }),
  z.object({ intent: z.literal('remove'), id: Id }),
])
export type ChangePasskeys = z.infer<typeof ChangePasskeys>
export type AddPasskey = Extract<ChangePasskeys, { intent: 'add' }>

const redirectTo = z.string().max(2_000).optional()

/** The second step of signing in, by whatever the account has. */
export const SecondStep = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('options') }),
  z.object({ intent: z.literal('totp'), code: TotpCode, redirectTo }),
  z.object({ intent: z.literal('recovery'), recoveryCode: RecoveryCodeText, redirectTo }),
  z.object({ intent: z.literal('passkey'), passkey: jsonOf(Assertion), redirectTo }),
])
export type SecondStep = z.infer<typeof SecondStep>
/** What proves it is them: a step that is not a question. */
export type SecondProof = Exclude<SecondStep, { intent: 'options' }>

/** Signing in by a passkey alone. */
export const PasskeySignIn = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('options') }),
  z.object({
    intent: z.literal('passkey'),
    passkey: jsonOf(Assertion),
    /** A tick: there or not. */
    shared: z
      .string()
      .max(10)
      .optional()
      .transform((value) => Boolean(value)),
    redirectTo,
  }),
])
export type PasskeySignIn = z.infer<typeof PasskeySignIn>

/** Proving anew who one is, before the ways to sign in are changed. */
export const ProveAnew = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('options') }),
  z.object({
    intent: z.literal('password'),
    password: z
      .string()
      .min(1)
      .max(1_000)
      .transform((text) => text.normalize('NFKC')),
    redirectTo,
  }),
  z.object({ intent: z.literal('totp'), code: TotpCode, redirectTo }),
  z.object({ intent: z.literal('passkey'), passkey: jsonOf(Assertion), redirectTo }),
])
export type ProveAnew = z.infer<typeof ProveAnew>
/** What proves it. */
export type FreshProof = Exclude<ProveAnew, { intent: 'options' }>
