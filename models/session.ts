import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

export type SessionRow = {
  _id: Types.ObjectId
  /** SHA-256 of the cookie's token: the database alone opens no session. */
  tokenHash: string
  user: Types.ObjectId
  /** The user's access version when the session began; an older one is no session. */
  accessVersion: number
  /** On a computer that others use: short, and nothing is kept on the device. */
  shared: boolean
  /** What the browser called itself, cut; for the person's own list of sessions. */
  agent?: string
  createdAt: Date
  /** When they last proved again, within the session, who they are. */
  provedAt?: Date
  /** To the hour or so: for the person's own list. */
  seenAt: Date
  expiresAt: Date
}

const sessionSchema = new Schema<SessionRow>(
  {
    tokenHash: { type: String, required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    accessVersion: { type: Number, required: true },
    shared: { type: Boolean, default: false },
    agent: { type: String, maxlength: 300 },
    createdAt: { type: Date, required: true },
    provedAt: { type: Date },
    seenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'sessions' },
)
sessionSchema.index({ tokenHash: 1 }, { unique: true })
sessionSchema.index({ user: 1 })
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const Session = model<SessionRow>('Session', sessionSchema)
