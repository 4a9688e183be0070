import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { localizedText, STRICT } from './types'

export type InstitutionRow = {
  _id: Types.ObjectId
  name: LocalizedText
  city: LocalizedText
  /** ISO 3166-1 alpha-2. */
  country: string
  /** IANA. */
  timeZone: string
  demo: boolean
}

const institutionSchema = new Schema<InstitutionRow>(
  {
    name: { type: localizedText, required: true, _id: false },
    city: { type: localizedText, required: true, _id: false },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ }, // ISO 3166-1 alpha-2
    timeZone: { type: String, required: true }, // IANA
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'institutions' },
)

export const Institution = model<InstitutionRow>('Institution', institutionSchema)
