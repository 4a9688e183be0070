import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/**
 * What in a protocol's text somebody has to see to, noted after commits of the live document so that
 * the home page never opens one: a unit whose text in `changed` is no longer what was marked, so that
 * `needs` has to follow; or (without a unit) how many units have no text in `needs`.
 */
export type AttentionRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  protocol: Types.ObjectId
  kind: 'drift' | 'missing'
  /** The language that somebody has to write. */
  needs: Language
  /** Null for `missing`. */
  unit: string | null
  /** The unit's clause number, `3.4`; null where it has none. Rows of an earlier version lack it. */
  number?: string | null
  /** The two hashes that were marked: the same drift as long as they are. */
  base: string
  /** The other language's text as it was marked and as it is, shortened around the change. */
  before: string
  after: string
  /** Units without text; 1 for a drift. */
  count: number
  by: Types.ObjectId | null
  /** Of the last change of this. */
  at: Date
}

const attentionSchema = new Schema<AttentionRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    protocol: { type: ObjectId, ref: 'Protocol', required: true },
    kind: { type: String, enum: ['drift', 'missing'], required: true },
    needs: { type: String, enum: LANGUAGES, required: true },
    unit: { type: String, default: null },
    number: { type: String, default: null },
    base: { type: String, default: '' },
    before: { type: String, default: '' },
    after: { type: String, default: '' },
    count: { type: Number, required: true },
    by: { type: ObjectId, ref: 'User', default: null },
    at: { type: Date, required: true },
  },
  { ...STRICT, collection: 'attention' },
)
// what one protocol has, after each commit of its text
attentionSchema.index({ partnership: 1, protocol: 1, unit: 1, needs: 1 }, { unique: true })
// what waits for a language, newest first
attentionSchema.index({ partnership: 1, kind: 1, needs: 1, at: -1 })

export const Attention = model<AttentionRow>('Attention', attentionSchema)
