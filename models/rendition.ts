import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { RENDITION_STATUSES, type RenditionStatus } from '../shared/resource-kinds'
import { ObjectId, STRICT } from './types'

/** A stored file: where its bytes are, and what was found about them when it came. */
export type FileRow = {
  /** In the storage; never what a person called it. */
  key: string
  /** As shown and offered for saving. */
  name: string
  /** Found in the content, with the charset where there is one. */
  mediaType: string
  bytes: number
  sha256: string
}

/** One language version of a library item: a file or a link. */
export type RenditionRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  resource: Types.ObjectId
  lang: Language
  status: RenditionStatus
  file: FileRow | null
  url: string | null
  addedBy: Types.ObjectId
  addedAt: Date
  /** The newest of its language; earlier ones are kept. */
  current: boolean
  demo: boolean
}

const renditionSchema = new Schema<RenditionRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    resource: { type: ObjectId, ref: 'Resource', required: true },
    lang: { type: String, enum: LANGUAGES, required: true },
    status: { type: String, enum: RENDITION_STATUSES, required: true },
    file: {
      _id: false,
      default: null,
      type: {
        key: { type: String, required: true },
        name: { type: String, required: true },
        mediaType: { type: String, required: true },
        bytes: { type: Number, required: true },
        sha256: { type: String, required: true },
      },
    },
    url: { type: String, default: null },
    addedBy: { type: ObjectId, ref: 'User', required: true },
    addedAt: { type: Date, required: true, immutable: true },
    current: { type: Boolean, required: true },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'renditions' },
)
// an item's versions, newest first
renditionSchema.index({ partnership: 1, resource: 1, lang: 1, addedAt: -1 })
// one current version a language
renditionSchema.index(
  { partnership: 1, resource: 1, lang: 1 },
  { unique: true, partialFilterExpression: { current: true }, name: 'one_current' },
)

export const Rendition = model<RenditionRow>('Rendition', renditionSchema)
