import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

export type RequestTarget = 'resource' | 'reply'

/** Somebody asks for a library item or a post in another language. */
export type TranslationRequestRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  target: RequestTarget
  targetId: Types.ObjectId
  /** The thread of a post. */
  thread: Types.ObjectId | null
  to: Language
  note: string | null
  askedBy: Types.ObjectId
  askedAt: Date
  takenBy: Types.ObjectId | null
  takenAt: Date | null
  doneAt: Date | null
  withdrawnAt: Date | null
  /** Neither done nor withdrawn. */
  open: boolean
  demo: boolean
}

const translationRequestSchema = new Schema<TranslationRequestRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    target: { type: String, enum: ['resource', 'reply'], required: true },
    targetId: { type: ObjectId, required: true },
    thread: { type: ObjectId, ref: 'Thread', default: null },
    to: { type: String, enum: LANGUAGES, required: true },
    note: { type: String, default: null, maxlength: 500 },
    askedBy: { type: ObjectId, ref: 'User', required: true },
    askedAt: { type: Date, required: true, immutable: true },
    takenBy: { type: ObjectId, ref: 'User', default: null },
    takenAt: { type: Date, default: null },
    doneAt: { type: Date, default: null },
    withdrawnAt: { type: Date, default: null },
    open: { type: Boolean, required: true },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'translation_requests' },
)
// one open request per thing and language; what is open on a page of things, or answered by what came
translationRequestSchema.index(
  { partnership: 1, target: 1, targetId: 1, to: 1 },
  { unique: true, partialFilterExpression: { open: true } },
)
// what waits: oldest first
translationRequestSchema.index(
  { partnership: 1, askedAt: 1 },
  { partialFilterExpression: { open: true } },
)

export const TranslationRequest = model<TranslationRequestRow>(
  'TranslationRequest',
  translationRequestSchema,
)
