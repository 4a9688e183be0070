import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** Two people of the two sides of a partnership: proposed by one, confirmed by the other. */
export type CounterpartRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  /** Whoever proposed it, then the one who answers. */
  people: [Types.ObjectId, Types.ObjectId]
  /** The same two in the order of their ids: a pair is one, whoever proposed it. */
  pair: string
  topic: string | null
  status: 'proposed' | 'confirmed' | 'declined' | 'ended'
  /** Proposed or confirmed. */
  live: boolean
  at: Date
  answeredAt?: Date
  endedAt?: Date
}

const counterpartSchema = new Schema<CounterpartRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    people: { type: [{ type: ObjectId, ref: 'User' }], required: true },
    pair: { type: String, required: true },
    topic: { type: String, default: null, maxlength: 120 },
    status: {
      type: String,
      enum: ['proposed', 'confirmed', 'declined', 'ended'],
      required: true,
    },
    live: { type: Boolean, required: true },
    at: { type: Date, required: true, immutable: true },
    answeredAt: { type: Date },
    endedAt: { type: Date },
  },
  { ...STRICT, collection: 'counterparts' },
)
counterpartSchema.index(
  { partnership: 1, pair: 1 },
  { unique: true, partialFilterExpression: { live: true } },
)
counterpartSchema.index({ partnership: 1, live: 1, people: 1 })

export const Counterpart = model<CounterpartRow>('Counterpart', counterpartSchema)
