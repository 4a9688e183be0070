import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language, type LocalizedText } from '../shared/languages'
import { localizedText, ObjectId, STRICT } from './types'

/** The paragraph a thread is about, and how it read when the thread was opened. */
export type AnchorRow = { protocol: Types.ObjectId; unit: string; quote: LocalizedText }

/** A discussion. It hands its posts their numbers, and keeps beside itself what lists show of it. */
export type ThreadRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  title: LocalizedText
  /** Of the first post. */
  lang: Language
  tags: string[]
  anchor: AnchorRow | null
  createdBy: Types.ObjectId
  createdAt: Date
  /** Chosen by the browser; makes opening twice impossible. */
  clientKey: string
  /** Number of the last post; raised in the transaction that stores it. */
  lastSeq: number
  /** Count of all changes of its posts; each takes its own from here. */
  rev: number
  /** Posts that are not deleted. */
  replyCount: number
  /** Of the last post, deleted or not. */
  lastAt: Date
  lastBy: Types.ObjectId
  locked: boolean
  lockedBy: Types.ObjectId | null
  demo: boolean
}

const threadSchema = new Schema<ThreadRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    title: { type: localizedText, required: true, _id: false },
    lang: { type: String, enum: LANGUAGES, required: true },
    tags: { type: [String], default: [] },
    anchor: {
      _id: false,
      default: null,
      type: new Schema<AnchorRow>(
        {
          protocol: { type: ObjectId, ref: 'Protocol', required: true },
          unit: { type: String, required: true },
          quote: { type: localizedText, default: () => ({}), _id: false },
        },
        { strict: 'throw', _id: false, minimize: false },
      ),
    },
    createdBy: { type: ObjectId, ref: 'User', required: true },
    createdAt: { type: Date, required: true, immutable: true },
    clientKey: { type: String, required: true },
    lastSeq: { type: Number, required: true },
    rev: { type: Number, required: true },
    replyCount: { type: Number, required: true },
    lastAt: { type: Date, required: true },
    lastBy: { type: ObjectId, ref: 'User', required: true },
    locked: { type: Boolean, default: false },
    lockedBy: { type: ObjectId, ref: 'User', default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'threads' },
)
// the list, last answered first; and the same list of one tag, and of one protocol
threadSchema.index({ partnership: 1, lastAt: -1, _id: -1 })
threadSchema.index({ partnership: 1, tags: 1, lastAt: -1, _id: -1 })
threadSchema.index({ partnership: 1, 'anchor.protocol': 1, lastAt: -1, _id: -1 })
// a repeated intent opens nothing new
threadSchema.index({ partnership: 1, createdBy: 1, clientKey: 1 }, { unique: true })

export const Thread = model<ThreadRow>('Thread', threadSchema)
