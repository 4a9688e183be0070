import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import type { PersonName } from '../shared/views'
import { STRICT } from './types'

export type UserRow = {
  _id: Types.ObjectId
  email: string
  /** argon2id, PHC string format; null where one signs in by a code sent to the address. */
  passwordHash: string | null
  name: PersonName
  /** Languages the person reads and writes. */
  languages: Language[]
  /** Language of the interface, once chosen. */
  lang?: Language
  timeZone: string
  programmeAdmin: boolean
  /** Raised when every earlier session must end. */
  accessVersion: number
  /** When the account was deleted: nobody signs in, and only the name stays for what was signed. */
  deletedAt?: Date
  /** Offered on the sign-in page of a demonstration. */
  demo: boolean
  /** Place in the tour of the sign-in page, from 1; only of offered accounts. */
  tour?: number
}

const userSchema = new Schema<UserRow>(
  {
    email: { type: String, required: true, lowercase: true, maxlength: 254 },
    passwordHash: { type: String, default: null },
    name: {
      _id: false,
      required: true,
      type: {
        given: { type: String, required: true },
        family: { type: String, required: true },
        patronymic: { type: String },
        latin: { type: String },
        cyrillic: { type: String },
        address: { type: String },
      },
    },
    languages: { type: [{ type: String, enum: LANGUAGES }], required: true },
    lang: { type: String, enum: LANGUAGES },
    timeZone: { type: String, required: true },
    programmeAdmin: { type: Boolean, default: false },
    accessVersion: { type: Number, default: 1 },
    deletedAt: { type: Date },
    demo: { type: Boolean, default: false },
    tour: { type: Number },
  },
  { ...STRICT, collection: 'users' },
)
userSchema.index({ email: 1 }, { unique: true })
userSchema.index({ demo: 1 })

export const User = model<UserRow>('User', userSchema)
