import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** A guest's way back into the one workshop they proved their address for. */
export type GuestSessionRow = {
  _id: Types.ObjectId
  /** SHA-256 of the cookie's token. */
  tokenHash: string
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  participant: Types.ObjectId
  /** On a computer that others use: short, and nothing is kept on the device. */
  shared: boolean
  createdAt: Date
  expiresAt: Date
}

const guestSessionSchema = new Schema<GuestSessionRow>(
  {
    tokenHash: { type: String, required: true },
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    participant: { type: ObjectId, ref: 'WorkshopParticipant', required: true },
    shared: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'guest-sessions' },
)
guestSessionSchema.index({ tokenHash: 1 }, { unique: true })
guestSessionSchema.index({ participant: 1 })
guestSessionSchema.index({ workshop: 1 }) // a workshop that is put off
guestSessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const GuestSession = model<GuestSessionRow>('GuestSession', guestSessionSchema)
