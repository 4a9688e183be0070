import { z } from 'zod'
import { Email } from './email'

/** Ending one's account: the address typed once more, and a proof that it is oneself. */
export const DeleteAccount = z.object({
  email: Email,
  password: z.string().max(1_000).optional(),
})
export type DeleteAccount = z.infer<typeof DeleteAccount>
