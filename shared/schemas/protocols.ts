import { z } from 'zod'
import { ClientKey, UnitKey } from '../ids'
import { LANGUAGES } from '../languages'
import { Acknowledged, PurgeBase } from './purges'
import { OneLine } from './text'

const Title = OneLine(200)

/** New protocol and rename: a title in at least one language. */
const ProtocolTitle = z
  .object({
    titleEn: Title.default(''),
    titleRu: Title.default(''),
    acknowledged: Acknowledged,
  })
  .refine((t) => t.titleEn !== '' || t.titleRu !== '', {
    path: ['titleEn'],
    message: 'title_required',
  })

export const RenameProtocol = ProtocolTitle.and(z.object({ base: PurgeBase }))
export type RenameProtocol = z.infer<typeof RenameProtocol>

export const CreateProtocol = ProtocolTitle.and(z.object({ clientKey: ClientKey }))
export type CreateProtocol = z.infer<typeof CreateProtocol>

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Language = z.enum(LANGUAGES)

/** Record that a unit's two texts agree. Hashes are what the person saw. */
export const MarkInSync = z
  .object({
    unit: UnitKey,
    from: Language,
    to: Language,
    sourceHash: Sha256Hex,
    targetHash: Sha256Hex,
    state: z.enum(['translated', 'reviewed']),
    clientKey: ClientKey,
  })
  .refine((m) => m.from !== m.to, { path: ['to'] })
export type MarkInSync = z.infer<typeof MarkInSync>

/** Put back a copy that was kept before most of the text was removed. */
export const PutBackCopy = z.object({ copy: z.string().regex(/^[\w.-]{1,80}$/) })
export type PutBackCopy = z.infer<typeof PutBackCopy>
