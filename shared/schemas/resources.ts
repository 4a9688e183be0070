import { z } from 'zod'
import { ClientKey, Id } from '../ids'
import { LANGUAGES } from '../languages'
import { CHOSEN_STATUSES, RESOURCE_KINDS } from '../resource-kinds'
import { Acknowledged, PurgeBase } from './purges'
import { OneLine, Prose } from './text'

const Language = z.enum(LANGUAGES)

/** Most bytes of one file, and of all files of a partnership. */
export const FILE_MAX_BYTES = 200_000_000
export const PARTNERSHIP_MAX_BYTES = 10_000_000_000

const described = {
  titleEn: OneLine(200).default(''),
  titleRu: OneLine(200).default(''),
  aboutEn: OneLine(1_000).default(''),
  aboutRu: OneLine(1_000).default(''),
  kind: z.enum(RESOURCE_KINDS),
  acknowledged: Acknowledged,
}
const titled = {
  check: (item: { titleEn: string; titleRu: string }) => item.titleEn !== '' || item.titleRu !== '',
  params: { path: ['titleEn'], message: 'title_required' },
}

export const CreateResource = z
  .object({ ...described, clientKey: ClientKey })
  .refine(titled.check, titled.params)
export type CreateResource = z.infer<typeof CreateResource>

/** A web address: http or https, without a password in it. */
const WebAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null
    return /^https?:$/.test(url?.protocol ?? '') && url?.username === '' && url?.password === ''
  }, 'address')

/** What is done to an item, by the form's `intent`. */
export const ResourceChange = z.discriminatedUnion('intent', [
  z
    .object({ intent: z.literal('describe'), ...described, base: PurgeBase })
    .refine(titled.check, titled.params),
  z.object({
    intent: z.literal('link'),
    url: WebAddress,
    lang: Language,
    status: z.enum(CHOSEN_STATUSES),
    clientKey: ClientKey,
  }),
  z.object({ intent: z.literal('status'), renditionId: Id, status: z.enum(CHOSEN_STATUSES) }),
  z.object({ intent: z.literal('remove'), renditionId: Id }),
])
export type ResourceChange = z.infer<typeof ResourceChange>

/** What travels with a file as tus `Upload-Metadata`. */
export const UploadMetadata = z.object({
  filename: OneLine(4_000),
  resourceId: Id,
  lang: Language,
  status: z.enum(CHOSEN_STATUSES),
  acknowledged: Acknowledged,
})
export type UploadMetadata = z.infer<typeof UploadMetadata>

/** Ask for a translation, take it, give it back, say it is done; of a library item or a post. */
export const TranslationChange = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('ask'),
    target: z.enum(['resource', 'reply']),
    targetId: Id,
    to: Language,
    note: Prose(500)
      .optional()
      .or(z.literal('').transform(() => undefined)),
  }),
  z.object({ intent: z.literal('take'), requestId: Id }),
  z.object({ intent: z.literal('giveBack'), requestId: Id }),
  z.object({ intent: z.literal('done'), requestId: Id }),
  z.object({ intent: z.literal('withdraw'), requestId: Id }),
])
export type TranslationChange = z.infer<typeof TranslationChange>
