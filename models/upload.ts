import { model, Schema, type Types } from 'mongoose'
import { ERRORS, type ErrorCode } from '../shared/errors'
import { LANGUAGES, type Language } from '../shared/languages'
import { CHOSEN_STATUSES, type RenditionStatus } from '../shared/resource-kinds'
import { ObjectId, STRICT } from './types'

/** A file on its way: the truth about it for every process. Its id is the rendition's to be. */
export type UploadRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  user: Types.ObjectId
  resource: Types.ObjectId
  lang: Language
  status: RenditionStatus
  name: string
  length: number
  /** Bytes that are durable; reaches `length` only together with the stored rendition. */
  offset: number
  /** Its first bytes have been looked at. */
  sniffed: boolean
  state: 'open' | 'done' | 'refused'
  /** Why it was refused. */
  refusal: ErrorCode | null
  /** Who is writing, for how long unless they say so again; by the database's clock. */
  lease: { by: string; until: Date } | null
  createdAt: Date
  expiresAt: Date
}

const uploadSchema = new Schema<UploadRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    resource: { type: ObjectId, ref: 'Resource', required: true },
    lang: { type: String, enum: LANGUAGES, required: true },
    status: { type: String, enum: CHOSEN_STATUSES, required: true },
    name: { type: String, required: true },
    length: { type: Number, required: true },
    offset: { type: Number, default: 0 },
    sniffed: { type: Boolean, default: false },
    state: { type: String, enum: ['open', 'done', 'refused'], default: 'open' },
    refusal: { type: String, enum: [...Object.keys(ERRORS), null], default: null },
    lease: {
      _id: false,
      default: null,
      type: { by: { type: String, required: true }, until: { type: Date, required: true } },
    },
    createdAt: { type: Date, required: true, immutable: true },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'uploads' },
)
// one's own unfinished files of an item
uploadSchema.index({ partnership: 1, user: 1, state: 1, resource: 1, createdAt: 1 })
// how many a person has under way, in all partnerships
uploadSchema.index({ user: 1, state: 1 })
// the sweep; not by MongoDB itself, since pieces and counters go with a row
uploadSchema.index({ expiresAt: 1 })

export const Upload = model<UploadRow>('Upload', uploadSchema)
