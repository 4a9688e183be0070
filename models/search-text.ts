import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language, type LocalizedText } from '../shared/languages'
import { SEARCH_KINDS, type SearchKind } from '../shared/schemas/notifications'
import { localizedText, ObjectId, STRICT } from './types'

/** One findable text, with what it is found by. Made from the rows it stands for; never the truth. */
export type SearchTextRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  kind: SearchKind
  /** The thread, protocol, resource or term it belongs to. */
  of: Types.ObjectId
  /** Which text of it, unique within. */
  part: string
  title: LocalizedText
  lang: Language
  /** Its beginning, for the excerpt. */
  text: string
  /** Words and their stems. */
  terms: string[]
  /** Of everything that the row is made from, so that an unchanged text is not written again. */
  hash: string
  published: boolean
  at: Date
}

const searchTextSchema = new Schema<SearchTextRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    kind: { type: String, enum: SEARCH_KINDS, required: true },
    of: { type: ObjectId, required: true },
    part: { type: String, required: true, maxlength: 120 },
    title: { type: localizedText, required: true, _id: false },
    lang: { type: String, enum: LANGUAGES, required: true },
    text: { type: String, default: '', maxlength: 2_000 },
    terms: { type: [String], required: true },
    hash: { type: String, required: true },
    published: { type: Boolean, required: true },
    at: { type: Date, required: true },
  },
  { ...STRICT, collection: 'search_texts' },
)
// one word of one kind, newest first, without a look at what the reader may not see
searchTextSchema.index({ partnership: 1, published: 1, kind: 1, terms: 1, at: -1 })
// the texts of one thing, and their hashes without opening them
searchTextSchema.index({ partnership: 1, kind: 1, of: 1, part: 1 }, { unique: true })

export const SearchText = model<SearchTextRow>('SearchText', searchTextSchema)
