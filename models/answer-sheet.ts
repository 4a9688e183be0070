import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/**
 * One anonymous sheet of a workshop: a test before or after it, or an evaluation. A code of the
 * writer's own joins the two tests; nothing in the row leads to a person, nor does its time, which
 * is kept to the day.
 */
export type AnswerSheetRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  kind: 'pre' | 'post' | 'evaluation'
  /** SHA-256 of the workshop and the code. */
  code: string
  cadre: string | null
  lang: Language
  /** Of a test: option by item. */
  answers: Record<string, string>
  /** Of an evaluation: 1 to 5 by scale. */
  scales: Record<string, number>
  mostUseful: string
  leastUseful: string
  willChange: string
  /** ISO date. */
  day: string
  /** With which others of the workshop it came into the results, 1, 2, 3 …; null while it waits. */
  batch: number | null
  demo: boolean
}

const sheetSchema = new Schema<AnswerSheetRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    kind: { type: String, enum: ['pre', 'post', 'evaluation'], required: true },
    code: { type: String, required: true },
    cadre: { type: String, default: null },
    lang: { type: String, enum: LANGUAGES, required: true },
    answers: { type: Schema.Types.Mixed, default: () => ({}) },
    scales: { type: Schema.Types.Mixed, default: () => ({}) },
    mostUseful: { type: String, default: '' },
    leastUseful: { type: String, default: '' },
    willChange: { type: String, default: '' },
    day: { type: String, required: true },
    batch: { type: Number, default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'answer-sheets' },
)
sheetSchema.index({ partnership: 1, workshop: 1, kind: 1, code: 1 }, { unique: true })

export const AnswerSheet = model<AnswerSheetRow>('AnswerSheet', sheetSchema)
