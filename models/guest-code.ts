import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/** A code on its way to the address of somebody who wants to come in as a guest. */
export type GuestCodeRow = {
  _id: Types.ObjectId
  /** SHA-256 of the browser's token: the code alone opens nothing. */
  tokenHash: string
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  email: string
  name: string
  institution: string
  cadre: string | null
  lang: Language
  timeZone: string
  codeHash: string
  tries: number
  expiresAt: Date
}

const guestCodeSchema = new Schema<GuestCodeRow>(
  {
    tokenHash: { type: String, required: true },
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    email: { type: String, required: true, lowercase: true, maxlength: 254 },
    name: { type: String, required: true, maxlength: 120 },
    institution: { type: String, default: '', maxlength: 200 },
    cadre: { type: String, default: null },
    lang: { type: String, enum: LANGUAGES, required: true },
    timeZone: { type: String, required: true },
    codeHash: { type: String, required: true },
    tries: { type: Number, default: 0 },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'guest-codes' },
)
guestCodeSchema.index({ tokenHash: 1 }, { unique: true })
guestCodeSchema.index({ email: 1, partnership: 1 }) // of whoever becomes a member
guestCodeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const GuestCode = model<GuestCodeRow>('GuestCode', guestCodeSchema)
