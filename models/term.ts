import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** A term of a partnership's glossary, in both languages. */
export type TermRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  en: string
  ru: string
  /** Part of speech, as glossaries abbreviate it: `n`, `n abbr`, `v` … */
  pos: string
  domain: string
  note: string
  /** Names the entry within the partnership, so that loading a list twice is loading it once. */
  key: string
  demo: boolean
}

const termSchema = new Schema<TermRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    en: { type: String, required: true, maxlength: 200 },
    ru: { type: String, required: true, maxlength: 200 },
    pos: { type: String, default: '', maxlength: 40 },
    domain: { type: String, default: '', maxlength: 40 },
    note: { type: String, default: '', maxlength: 1_000 },
    key: { type: String, required: true, maxlength: 420 },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'terms' },
)
termSchema.index({ partnership: 1, key: 1 }, { unique: true }) // the list, and each entry once

export const Term = model<TermRow>('Term', termSchema)
