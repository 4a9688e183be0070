import * as z from 'zod/mini'
import { ERRORS, type ErrorCode } from '../../../shared/errors'
import { LANGUAGES } from '../../../shared/languages'
import { type Shelf, shelfOf } from '../../lib/tab-shelf'
import type { UnsentPost } from './thread-store'
import { Person } from './wire'

const Unsent: z.ZodMiniType<UnsentPost> = z.object({
  clientKey: z.string(),
  text: z.string(),
  lang: z.enum(LANGUAGES),
  replyTo: z.nullable(z.object({ id: z.string(), seq: z.number(), author: z.nullable(Person) })),
  writtenAt: z.string(),
  refused: z.nullable(
    z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(ERRORS, code)),
  ),
  rewritten: z.boolean(),
  acknowledged: z.optional(z.boolean()),
})
const Book = z.array(Unsent)

/**
 * Posts that have not been sent, for this tab to find again after a reload, on a shared computer only
 * until then. Of one person and one thread.
 */
export class UnsentBook {
  readonly #key: string
  readonly #shelf: () => Shelf

  constructor(userId: string, threadId: string, sharedComputer = false) {
    this.#shelf = () => shelfOf('tab', sharedComputer)
    this.#key = `unsent ${userId} ${threadId}`
  }

  read(): UnsentPost[] {
    try {
      const found = Book.safeParse(JSON.parse(this.#shelf().getItem(this.#key) ?? '[]'))
      return found.success ? found.data : []
    } catch {
      return []
    }
  }

  write(posts: readonly UnsentPost[]): void {
    try {
      if (posts.length > 0) this.#shelf().setItem(this.#key, JSON.stringify(posts))
      else this.#shelf().removeItem(this.#key)
    } catch {
      // a browser without storage: the text still stands on the page
    }
  }
}
