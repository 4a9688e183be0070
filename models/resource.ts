import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language, type LocalizedText } from '../shared/languages'
import { RESOURCE_KINDS, type ResourceKind } from '../shared/resource-kinds'
import { localizedText, ObjectId, STRICT } from './types'

export type ResourceRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  title: LocalizedText
  about: LocalizedText
  kind: ResourceKind
  /** Languages that it has nothing in, kept with the renditions so that the list can ask for them. */
  missing: Language[]
  createdBy: Types.ObjectId
  /** Chosen by the browser; makes creating twice impossible. */
  clientKey: string
  createdAt: Date
  /** Described anew, or a rendition came, went or changed. */
  changedAt: Date
  /** Raised by every change of what is shown of it, requests among them. */
  rev: number
  demo: boolean
}

const resourceSchema = new Schema<ResourceRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    title: { type: localizedText, required: true, _id: false },
    about: { type: localizedText, default: () => ({}), _id: false },
    kind: { type: String, enum: RESOURCE_KINDS, required: true },
    missing: { type: [{ type: String, enum: LANGUAGES }], default: () => [...LANGUAGES] },
    createdBy: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    createdAt: { type: Date, required: true, immutable: true },
    changedAt: { type: Date, required: true },
    rev: { type: Number, default: 1 },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'resources' },
)
// the library, a page at a time: all of it, of a kind, with nothing in a language, both
resourceSchema.index({ partnership: 1, changedAt: -1, _id: -1 })
resourceSchema.index({ partnership: 1, kind: 1, changedAt: -1, _id: -1 })
resourceSchema.index({ partnership: 1, missing: 1, changedAt: -1, _id: -1 })
resourceSchema.index({ partnership: 1, kind: 1, missing: 1, changedAt: -1, _id: -1 })
resourceSchema.index({ partnership: 1, createdBy: 1, clientKey: 1 }, { unique: true })

export const Resource = model<ResourceRow>('Resource', resourceSchema)
