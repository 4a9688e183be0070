import { z } from 'zod'
import { ClientKey, Id } from '../ids'
import { scopeField, TOKEN_DAYS, TOKEN_SCOPE_NAMES } from '../token-scopes'

export const TOKEN_NAME_MAX = 60

const name = z
  .string()
  .max(300)
  .transform((text) =>
    text
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().min(1).max(TOKEN_NAME_MAX))

/** What the form for a new token posts. */
export const MakeToken = z
  .looseObject({
    intent: z.literal('make'),
    name,
    days: z.enum(TOKEN_DAYS).transform(Number),
    clientKey: ClientKey,
    /** Where the sign-in is no longer fresh. */
    password: z.string().max(1_000).optional(),
  })
  .transform(({ name, days, clientKey, password, ...boxes }, context) => {
    const scopes = TOKEN_SCOPE_NAMES.filter((scope) => boxes[scopeField(scope)] === 'on')
    if (scopes.length === 0) {
      context.addIssue({ code: 'custom', message: 'needed', path: ['scopes'] })
    }
    return { name, days, clientKey, scopes, ...(password ? { password } : {}) }
  })
export type MakeToken = z.infer<typeof MakeToken>

export const EndToken = z.object({ intent: z.literal('end'), id: Id })
