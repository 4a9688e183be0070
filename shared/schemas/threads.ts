import { z } from 'zod'
import { ClientKey, Id, UnitKey } from '../ids'
import { LANGUAGES } from '../languages'
import { Acknowledged } from './purges'
import { OneLine, Prose, toLine } from './text'

/** Longest text of a post, in UTF-16 code units. */
export const POST_MAX = 20_000
export const TAGS_MAX = 5
/** What is typed as tags, in UTF-16 code units. */
const TAGS_TEXT_MAX = 300

const Language = z.enum(LANGUAGES)
const PostText = Prose(POST_MAX)

/**
 * A tag as it is kept, so that the same word is the same tag: one lower-case line, nothing in it that is
 * not seen, no `#` before it. May be empty.
 */
export function toTag(typed: string): string {
  const seen = typed.slice(0, TAGS_TEXT_MAX).replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return toLine(toLine(seen).replace(/^#+/, '')).toLowerCase()
}

/** As typed: words with commas between them; kept each once. */
const Tags = z
  .string()
  .max(TAGS_TEXT_MAX)
  .default('')
  .transform((text) => [...new Set(text.split(',').map(toTag).filter(Boolean))])
  .pipe(z.array(z.string().max(30)).max(TAGS_MAX))

/** Open a thread with its first post; about a paragraph when it names one. */
export const OpenThread = z
  .object({
    titleEn: OneLine(200).default(''),
    titleRu: OneLine(200).default(''),
    /** Of the title that was written and of the first post. */
    lang: Language,
    text: PostText,
    tags: Tags,
    protocolId: Id.optional().or(z.literal('').transform(() => undefined)),
    unit: UnitKey.optional().or(z.literal('').transform(() => undefined)),
    clientKey: ClientKey,
    acknowledged: Acknowledged,
  })
  .refine((thread) => thread.titleEn !== '' || thread.titleRu !== '', {
    path: ['titleEn'],
    message: 'title_required',
  })
  .refine((thread) => (thread.protocolId === undefined) === (thread.unit === undefined), {
    path: ['unit'],
  })
export type OpenThread = z.infer<typeof OpenThread>

export const PostReply = z.object({
  text: PostText,
  lang: Language,
  clientKey: ClientKey,
  /** The post that this one answers. */
  replyTo: Id.optional().or(z.literal('').transform(() => undefined)),
  /** Sent again after `patient_data` was answered: it is to be posted anyway. */
  acknowledged: Acknowledged,
})

/** New words for a post; `base` is the post's count of changes that they were written upon. */
const rewritten = {
  replyId: Id,
  text: PostText,
  base: z.coerce.number().int().min(0).max(1e9).optional(),
  acknowledged: Acknowledged,
}
export type PostReply = z.infer<typeof PostReply>

/** What else is done in a thread, by the form's `intent`; each may be repeated safely. */
export const ThreadChange = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('edit'), ...rewritten }),
  z.object({ intent: z.literal('delete'), replyId: Id }),
  z.object({ intent: z.literal('translate'), ...rewritten }),
  z.object({ intent: z.literal('lock') }),
  z.object({ intent: z.literal('unlock') }),
  /** Everything up to this number has been shown to the reader. */
  z.object({ intent: z.literal('read'), seq: z.coerce.number().int().min(0).max(1e9) }),
])
export type ThreadChange = z.infer<typeof ThreadChange>
