import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/** A name in a post: `length` UTF-16 code units of its text from `from`, the `@` among them. */
export type MentionRow = { user: Types.ObjectId; from: number; length: number }

/** The post that is answered; its number and author never change. */
export type AnsweredRow = { reply: Types.ObjectId; seq: number; author: Types.ObjectId }

export type ReplyTranslationRow = {
  lang: Language
  text: string
  by: Types.ObjectId
  at: Date
  /** How many edits the post had when it was translated. */
  ofEdit: number
}

/** That patient data was taken out: all of the post or passages; `rev` is its count of changes after it. */
export type PurgedRow = { by: Types.ObjectId; at: Date; rev: number; whole: boolean }

/** A post of a thread. */
export type ReplyRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  thread: Types.ObjectId
  /** 1, 2, 3 … within the thread; never changes. */
  seq: number
  /** The thread's count of changes when this post last changed. */
  rev: number
  lang: Language
  author: Types.ObjectId
  /** Empty once deleted. */
  text: string
  /** Chosen by the browser; makes retries safe. */
  clientKey: string
  postedAt: Date
  /** How often its words were changed. */
  edits: number
  editedAt: Date | null
  deletedAt: Date | null
  deletedBy: Types.ObjectId | null
  mentions: MentionRow[]
  replyTo: AnsweredRow | null
  translation: ReplyTranslationRow | null
  purged?: PurgedRow
  demo: boolean
}

const replySchema = new Schema<ReplyRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    thread: { type: ObjectId, ref: 'Thread', required: true },
    seq: { type: Number, required: true, immutable: true },
    rev: { type: Number, required: true },
    lang: { type: String, enum: LANGUAGES, required: true },
    author: { type: ObjectId, ref: 'User', required: true },
    text: { type: String, default: '' },
    clientKey: { type: String, required: true },
    postedAt: { type: Date, required: true, immutable: true },
    edits: { type: Number, default: 0 },
    editedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
    deletedBy: { type: ObjectId, ref: 'User', default: null },
    mentions: {
      default: [],
      type: [
        {
          _id: false,
          user: { type: ObjectId, ref: 'User', required: true },
          from: { type: Number, required: true },
          length: { type: Number, required: true },
        },
      ],
    },
    replyTo: {
      default: null,
      type: new Schema<AnsweredRow>(
        {
          reply: { type: ObjectId, ref: 'Reply', required: true },
          seq: { type: Number, required: true },
          author: { type: ObjectId, ref: 'User', required: true },
        },
        { strict: 'throw', _id: false },
      ),
    },
    translation: {
      default: null,
      type: new Schema<ReplyTranslationRow>(
        {
          lang: { type: String, enum: LANGUAGES, required: true },
          text: { type: String, required: true },
          by: { type: ObjectId, ref: 'User', required: true },
          at: { type: Date, required: true },
          ofEdit: { type: Number, required: true },
        },
        { strict: 'throw', _id: false },
      ),
    },
    purged: {
      type: new Schema<PurgedRow>(
        {
          by: { type: ObjectId, ref: 'User', required: true },
          at: { type: Date, required: true },
          rev: { type: Number, required: true },
          whole: { type: Boolean, required: true },
        },
        { strict: 'throw', _id: false },
      ),
    },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'replies' },
)
// the thread page, and counting what lies after a number without opening it
replySchema.index({ partnership: 1, thread: 1, seq: 1 }, { unique: true })
replySchema.index({ partnership: 1, thread: 1, rev: 1 }) // catching up
replySchema.index({ partnership: 1, author: 1, clientKey: 1 }, { unique: true }) // idempotent posting

export const Reply = model<ReplyRow>('Reply', replySchema)
