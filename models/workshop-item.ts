import { model, Schema, type Types } from 'mongoose'
import type { Language, LocalizedText } from '../shared/languages'
import type { CaseWords } from '../shared/room-views'
import {
  type HandState,
  ITEM_KINDS,
  type ItemKind,
  type PollForm,
  type PollPurpose,
  type PollStatus,
  type QuestionStatus,
} from '../shared/workshops'
import { ObjectId, STRICT } from './types'

type At = Types.ObjectId

/** A colleague's translation; `by` is a participant. */
export type SaidTranslationRow = { lang: Language; text: string; by: At; at: Date }
/** The same of a case, field by field. */
export type CaseTranslationRow = CaseWords & Omit<SaidTranslationRow, 'text'>

/** What somebody said to a question or a case of another's. */
type ReplyRow = {
  lang: Language
  text: string
  by: At
  at: Date
  translation: SaidTranslationRow | null
}

type Said = {
  lang: Language
  text: string
  translation: SaidTranslationRow | null
  translationAsked: boolean
  deletedAt: Date | null
}

/** What each kind of item holds; people in it are participants of the workshop. */
export type ItemBodies = {
  stage: {
    row: At | null
    slide: { deck: At; page: number; pages: number } | null
    presenter: At | null
    timer: { endsAt: Date; minutes: number } | null
  }
  message: Said
  question: Said & {
    status: QuestionStatus
    answer: ({ how: 'live' | 'written' } & ReplyRow) | null
    thread: At | null
  }
  poll: {
    form: PollForm
    purpose: PollPurpose
    prompt: LocalizedText
    options: { id: string; text: LocalizedText }[]
    right: string[]
    status: PollStatus
    shown: boolean
    /** How often its votes had changed when its results were last shown anew. */
    counted?: number
    /** Of free answers, by their words: who gave one nobody knows. */
    translations?: (SaidTranslationRow & { said: string })[]
    translationAsked?: boolean
  }
  hand: { state: HandState }
  group: {
    number: number
    topic: LocalizedText
    people: At[]
    /** The protocol row of its notes. */
    notes: At | null
    open: boolean
    endsAt: Date | null
  }
  /** Said to one group; `group` is its item. */
  group_message: Said & { group: At }
  case: Omit<Said, 'text' | 'translation'> &
    CaseWords & {
      ageBand: string
      sex: 'f' | 'm' | 'unsaid'
      translation: CaseTranslationRow | null
      status: 'waiting' | 'on_air' | 'discussed'
      recommendations: ReplyRow | null
    }
}

type ItemRowOf<K extends ItemKind> = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  kind: K
  /** The room's number when it last changed, and when it began. */
  rev: number
  born: number
  /** The participant whose it is; null for the stage. */
  by: Types.ObjectId | null
  /** Chosen by the browser; makes retries safe. */
  clientKey: string
  at: Date
  body: ItemBodies[K]
  demo: boolean
}
/** Something in the room of a workshop. */
export type WorkshopItemRow<K extends ItemKind = ItemKind> = { [E in K]: ItemRowOf<E> }[K]

const itemSchema = new Schema<ItemRowOf<ItemKind>>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    kind: { type: String, enum: ITEM_KINDS, required: true, immutable: true },
    rev: { type: Number, required: true },
    born: { type: Number, required: true, immutable: true },
    by: { type: ObjectId, ref: 'WorkshopParticipant', default: null },
    clientKey: { type: String, required: true },
    at: { type: Date, required: true },
    // of one shape per kind, written by the services alone
    body: { type: Schema.Types.Mixed, required: true },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshop-items' },
)
itemSchema.index({ partnership: 1, workshop: 1, rev: 1 }) // catching up
itemSchema.index({ partnership: 1, workshop: 1, kind: 1, born: 1 }) // the page
itemSchema.index({ partnership: 1, workshop: 1, by: 1, clientKey: 1 }, { unique: true })

export const WorkshopItem = model<ItemRowOf<ItemKind>>('WorkshopItem', itemSchema)
