import * as z from 'zod/mini'
import { LANGUAGES } from '../../../shared/languages'
import { Code } from '../../lib/ask'
import type { UnsentPost } from './thread-store'
import { Person } from './wire'

/** Posts that have not been sent, as the tab keeps them. */
export const UnsentPosts: z.ZodMiniType<UnsentPost[]> = z.array(
  z.object({
    clientKey: z.string(),
    text: z.string(),
    lang: z.enum(LANGUAGES),
    replyTo: z.nullable(z.object({ id: z.string(), seq: z.number(), author: z.nullable(Person) })),
    writtenAt: z.string(),
    refused: z.nullable(Code),
    rewritten: z.boolean(),
    acknowledged: z.optional(z.boolean()),
  }),
)
