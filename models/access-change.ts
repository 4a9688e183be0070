import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/**
 * A change of what somebody may do, committed with the change itself: what the bus loses, every
 * process finds here.
 */
export type AccessChangeRow = {
  _id: Types.ObjectId
  /** By the clock of the database, so that processes with other clocks find it. */
  at: Date
  kind: 'access' | 'session'
  user: Types.ObjectId
  /** Absent: the change is of the account, everywhere. */
  partnership?: Types.ObjectId
  /** The session that ended. */
  session?: Types.ObjectId
}

/** Longer than any process is away and keeps its sockets, seconds. */
const KEPT_S = 3_600

const accessChangeSchema = new Schema<AccessChangeRow>(
  {
    at: { type: Date, required: true },
    kind: { type: String, enum: ['access', 'session'], required: true },
    user: { type: ObjectId, required: true },
    partnership: { type: ObjectId },
    session: { type: ObjectId },
  },
  { ...STRICT, collection: 'access_changes' },
)
accessChangeSchema.index({ at: 1 }, { expireAfterSeconds: KEPT_S }) // also what is new

export const AccessChange = model<AccessChangeRow>('AccessChange', accessChangeSchema)
