import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** When somebody was last in a partnership: the visit that lasts, and the end of the one before. */
export type VisitRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  user: Types.ObjectId
  /** The last look of the present visit. */
  lastAt: Date
  /** The last look of the visit before; null on the first. */
  previousAt: Date | null
}

const visitSchema = new Schema<VisitRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    lastAt: { type: Date, required: true },
    previousAt: { type: Date, default: null },
  },
  { ...STRICT, collection: 'visits' },
)
visitSchema.index({ partnership: 1, user: 1 }, { unique: true })

export const Visit = model<VisitRow>('Visit', visitSchema)
