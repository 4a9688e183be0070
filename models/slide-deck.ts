import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language, type LocalizedText } from '../shared/languages'
import { localizedText, ObjectId, STRICT } from './types'

/** What a colleague wrote for a page; `by` is a participant. */
export type PageWordsRow = { lang: Language; text: string; by: Types.ObjectId; at: Date }

/** A page as an image in the storage and as its words. */
export type DeckPageRow = {
  key: string
  mediaType: string
  bytes: number
  width: number
  height: number
  /** As the PDF has it; empty where it has none. */
  text: string
  /** At most one of each language: the page's own where the PDF has none, and its translation. */
  words?: PageWordsRow[]
  /** Count of changes of `words`. */
  rev?: number
}

/** The slides of a workshop, made once from a PDF of the library. */
export type SlideDeckRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  title: LocalizedText
  lang: Language
  resource: Types.ObjectId
  rendition: Types.ObjectId
  /** The deck with the same slides in the other language, which names this one. */
  pair?: Types.ObjectId | null
  state: 'waiting' | 'making' | 'ready' | 'failed'
  /** Which attempt is making it; an earlier one finds itself refused. */
  attempt: number
  /** How often one ended without a result. */
  failures?: number
  /** Until then nobody else makes it. */
  until: Date | null
  failure: string | null
  /** Values for its words. */
  failureDetail: Record<string, string>
  /** Pages of the PDF, once it has been opened. */
  total: number | null
  pages: DeckPageRow[]
  createdBy: Types.ObjectId
  clientKey: string
  at: Date
  demo: boolean
}

const deckSchema = new Schema<SlideDeckRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    title: { type: localizedText, required: true, _id: false },
    lang: { type: String, enum: LANGUAGES, required: true },
    resource: { type: ObjectId, ref: 'Resource', required: true },
    rendition: { type: ObjectId, ref: 'Rendition', required: true },
    pair: { type: ObjectId, ref: 'SlideDeck', default: null },
    state: { type: String, enum: ['waiting', 'making', 'ready', 'failed'], required: true },
    attempt: { type: Number, default: 0 },
    failures: { type: Number, default: 0 },
    until: { type: Date, default: null },
    failure: { type: String, default: null },
    failureDetail: { type: Schema.Types.Mixed, default: () => ({}) },
    total: { type: Number, default: null },
    pages: {
      default: [],
      type: [
        {
          _id: false,
          key: { type: String, required: true },
          mediaType: { type: String, required: true },
          bytes: { type: Number, required: true },
          width: { type: Number, required: true },
          height: { type: Number, required: true },
          text: { type: String, default: '' },
          words: {
            default: [],
            type: [
              {
                _id: false,
                lang: { type: String, enum: LANGUAGES, required: true },
                text: { type: String, required: true },
                by: { type: ObjectId, ref: 'WorkshopParticipant', required: true },
                at: { type: Date, required: true },
              },
            ],
          },
          rev: { type: Number, default: 0 },
        },
      ],
    },
    createdBy: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    at: { type: Date, required: true },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'slide-decks' },
)
deckSchema.index({ partnership: 1, workshop: 1, at: 1 })
deckSchema.index({ state: 1, until: 1 }) // what is to be made
deckSchema.index({ partnership: 1, createdBy: 1, clientKey: 1 }, { unique: true })

export const SlideDeck = model<SlideDeckRow>('SlideDeck', deckSchema)
