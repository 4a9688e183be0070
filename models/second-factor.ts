import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** An authenticator app: one per account. It counts once its first code has been typed. */
export type AuthenticatorRow = {
  _id: Types.ObjectId
  user: Types.ObjectId
  /** The shared secret, sealed: the database alone makes no codes. */
  secret: string
  /** The last 30-second step whose code was taken: no code is taken twice. */
  lastStep: number
  /** Null while it is being set up. */
  confirmedAt: Date | null
  createdAt: Date
  /** Of one that is being set up: when that is given up. */
  expiresAt?: Date
}

const authenticatorSchema = new Schema<AuthenticatorRow>(
  {
    user: { type: ObjectId, ref: 'User', required: true },
    secret: { type: String, required: true, maxlength: 500 },
    lastStep: { type: Number, default: 0 },
    confirmedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date },
  },
  { ...STRICT, collection: 'authenticators' },
)
authenticatorSchema.index({ user: 1 }, { unique: true })
authenticatorSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const Authenticator = model<AuthenticatorRow>('Authenticator', authenticatorSchema)
