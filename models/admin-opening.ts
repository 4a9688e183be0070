import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** That a programme admin opened a partnership's content, with a reason which its members can read. */
export type AdminOpeningRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  user: Types.ObjectId
  /** It holds for this session alone. */
  session: Types.ObjectId
  reason: string
  at: Date
  until: Date
}

const adminOpeningSchema = new Schema<AdminOpeningRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    session: { type: ObjectId, ref: 'Session', required: true },
    reason: { type: String, required: true, maxlength: 500 },
    at: { type: Date, required: true, immutable: true },
    until: { type: Date, required: true },
  },
  { ...STRICT, collection: 'admin_openings' },
)
adminOpeningSchema.index({ partnership: 1, at: -1 }) // what the partnership is shown
adminOpeningSchema.index({ session: 1, until: 1 }) // asked at every door
adminOpeningSchema.index({ until: 1 }) // what has just ended

export const AdminOpening = model<AdminOpeningRow>('AdminOpening', adminOpeningSchema)
