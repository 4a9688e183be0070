import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/**
 * One step of a way in that is not over: a second factor asked for, a code or a link sent by mail.
 * Its browser (or, of a link, its letter) has a token; the database alone opens nothing.
 */
export type SignInChallengeRow = {
  _id: Types.ObjectId
  kind: 'second' | 'code' | 'link'
  /** SHA-256 of the token. */
  tokenHash: string
  /** null: a code asked for an address that nobody has; it never fits and nobody learns why. */
  user: Types.ObjectId | null
  /** The user's access version when it began; void once that has moved. */
  accessVersion: number
  /** SHA-256 over the token and the code: nobody finds the code out without the browser's cookie. */
  codeHash?: string
  /** How the first factor was shown; of a second factor's challenge. */
  method?: 'password' | 'code'
  /** On a computer that others use. */
  shared: boolean
  redirectTo: string | null
  tries: number
  createdAt: Date
  expiresAt: Date
}

const signInChallengeSchema = new Schema<SignInChallengeRow>(
  {
    kind: { type: String, enum: ['second', 'code', 'link'], required: true },
    tokenHash: { type: String, required: true },
    user: { type: ObjectId, ref: 'User', default: null },
    accessVersion: { type: Number, default: 0 },
    codeHash: { type: String },
    method: { type: String, enum: ['password', 'code'] },
    shared: { type: Boolean, default: false },
    redirectTo: { type: String, default: null, maxlength: 2_000 },
    tries: { type: Number, default: 0 },
    createdAt: { type: Date, required: true, immutable: true },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'sign_in_challenges' },
)
signInChallengeSchema.index({ tokenHash: 1 }, { unique: true })
signInChallengeSchema.index({ user: 1 }) // all void after a password change
signInChallengeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const SignInChallenge = model<SignInChallengeRow>('SignInChallenge', signInChallengeSchema)
