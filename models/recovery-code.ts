import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** A way in without the second factor: on paper with its owner, here only as a hash, good once. */
export type RecoveryCodeRow = {
  _id: Types.ObjectId
  user: Types.ObjectId
  /** 1 to 10 on the sheet. */
  place: number
  /** SHA-256 of owner and code; the code has 80 random bits, which no slow hash could better. */
  hash: string
  usedAt: Date | null
  createdAt: Date
}

const recoveryCodeSchema = new Schema<RecoveryCodeRow>(
  {
    user: { type: ObjectId, ref: 'User', required: true },
    place: { type: Number, required: true },
    hash: { type: String, required: true },
    usedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'recovery_codes' },
)
// unique: two sheets made at the same moment are not both good
recoveryCodeSchema.index({ user: 1, place: 1 }, { unique: true })

export const RecoveryCode = model<RecoveryCodeRow>('RecoveryCode', recoveryCodeSchema)
