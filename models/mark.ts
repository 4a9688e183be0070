import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/** Who said, and when, that a unit's two texts agree. The ledger holds the present; this, the history. */
export type MarkRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  protocol: Types.ObjectId
  unit: string
  from: Language
  to: Language
  sourceHash: string
  targetHash: string
  state: 'translated' | 'reviewed'
  by: Types.ObjectId
  clientKey: string
  at: Date
}

const markSchema = new Schema<MarkRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    protocol: { type: ObjectId, ref: 'Protocol', required: true },
    unit: { type: String, required: true },
    from: { type: String, enum: LANGUAGES, required: true },
    to: { type: String, enum: LANGUAGES, required: true },
    sourceHash: { type: String, required: true },
    targetHash: { type: String, required: true },
    state: { type: String, enum: ['translated', 'reviewed'], required: true },
    by: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    at: { type: Date, required: true, immutable: true },
  },
  { ...STRICT, collection: 'marks' },
)
markSchema.index({ partnership: 1, protocol: 1, at: -1 })
markSchema.index({ partnership: 1, protocol: 1, unit: 1, by: 1 }) // who is told when a unit drifts
markSchema.index({ partnership: 1, at: -1 }) // what was marked since a visit
markSchema.index({ partnership: 1, by: 1, at: -1 }) // where somebody left off
markSchema.index({ by: 1, clientKey: 1 }, { unique: true })

export const Mark = model<MarkRow>('Mark', markSchema)
