import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** A WebAuthn credential; the key that signs never leaves the person's device. */
export type PasskeyRow = {
  _id: Types.ObjectId
  user: Types.ObjectId
  /** base64url, as the authenticator chose it. */
  credentialId: string
  /** COSE key, base64url. */
  publicKey: string
  /** The authenticator's own count of signatures; 0 for ever where it does not count. */
  counter: number
  /** Domain it was made for: browsers offer it nowhere else. */
  rpId: string
  transports: string[]
  /** May be copied to other devices by its maker's cloud; fixed when it is made. */
  backupEligible: boolean
  /** Is so copied, as of its last use. */
  synced: boolean
  name: string
  createdAt: Date
  usedAt?: Date
}

const passkeySchema = new Schema<PasskeyRow>(
  {
    user: { type: ObjectId, ref: 'User', required: true },
    credentialId: { type: String, required: true, maxlength: 1_400 }, // 1,023 bytes (WebAuthn 3)
    publicKey: { type: String, required: true, maxlength: 4_000 },
    counter: { type: Number, required: true },
    rpId: { type: String, required: true, maxlength: 253 },
    transports: [{ type: String, maxlength: 30 }],
    backupEligible: { type: Boolean, required: true },
    synced: { type: Boolean, required: true },
    name: { type: String, required: true, maxlength: 60 },
    createdAt: { type: Date, required: true },
    usedAt: { type: Date },
  },
  { ...STRICT, collection: 'passkeys' },
)
passkeySchema.index({ user: 1, _id: 1 })
passkeySchema.index({ credentialId: 1 }, { unique: true })

export const Passkey = model<PasskeyRow>('Passkey', passkeySchema)
