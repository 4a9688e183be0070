import { Schema } from 'mongoose'

/** `{ en?, ru? }`: a name or title, at least one of them (the schemas of `shared` check that). */
export const localizedText = {
  en: { type: String },
  ru: { type: String },
}

/** Options of every collection: unknown fields are a bug, not data. Indexes are made by migrations. */
export const STRICT = {
  strict: 'throw',
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
  minimize: false,
} as const

export const { ObjectId } = Schema.Types
