import { z } from 'zod'
import { LANGUAGES } from '../languages'

export const SignIn = z.object({
  email: z
    .string()
    .max(254)
    .transform((text) => text.normalize('NFKC').trim().toLowerCase())
    .pipe(z.email()),
  /** ≤ 1,000 characters so that hashing cannot be made expensive. NFKC so that keyboards agree. */
  password: z
    .string()
    .min(1)
    .max(1_000)
    .transform((text) => text.normalize('NFKC')),
  redirectTo: z.string().max(2_000).optional(),
})
export type SignIn = z.infer<typeof SignIn>

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const Preferences = z.object({
  lang: z.enum(LANGUAGES).optional(),
  theme: z.enum(THEMES).optional(),
  redirectTo: z.string().max(2_000).optional(),
})
export type Preferences = z.infer<typeof Preferences>
