import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** A person's private calendar address; making a new one ends the old one. */
export type CalendarFeedRow = {
  /** The person's id. */
  _id: Types.ObjectId
  user: Types.ObjectId
  /** SHA-256 of the address's token. */
  tokenHash: string
  createdAt: Date
}

const feedSchema = new Schema<CalendarFeedRow>(
  {
    user: { type: ObjectId, ref: 'User', required: true },
    tokenHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'calendar-feeds' },
)
feedSchema.index({ tokenHash: 1 }, { unique: true })

export const CalendarFeed = model<CalendarFeedRow>('CalendarFeed', feedSchema)
