import { model, Schema, type Types } from 'mongoose'
import { STRICT } from './types'

/** What a passkey was asked to sign: taken once, within minutes, for the one thing it was made for. */
export type PasskeyChallengeRow = {
  _id: Types.ObjectId
  /** SHA-256 of the challenge: the database alone answers none. */
  hash: string
  purpose: 'register' | 'second' | 'sign-in'
  /** The session or the half-done sign-in it belongs to; empty where nobody is known yet. */
  of: string
  expiresAt: Date
}

const passkeyChallengeSchema = new Schema<PasskeyChallengeRow>(
  {
    hash: { type: String, required: true },
    purpose: { type: String, enum: ['register', 'second', 'sign-in'], required: true },
    of: { type: String, default: '', maxlength: 100 },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'passkey_challenges' },
)
passkeyChallengeSchema.index({ hash: 1 }, { unique: true })
passkeyChallengeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const PasskeyChallenge = model<PasskeyChallengeRow>(
  'PasskeyChallenge',
  passkeyChallengeSchema,
)
