import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { localizedText, ObjectId, STRICT } from './types'

/** A quotation, and that whoever said it agreed to be quoted. */
export type QuoteRow = { text: string; who: string; consent: boolean }

/** What people write into an event report (T15); everything that can be counted is counted when read. */
export type WorkshopReportRow = {
  /** The workshop's id. */
  _id: Types.ObjectId
  partnership: Types.ObjectId
  summary: LocalizedText
  decisions: LocalizedText
  quotes: QuoteRow[]
  costs: LocalizedText
  press: LocalizedText
  rev: number
  editedBy: Types.ObjectId | null
  editedAt: Date | null
  demo: boolean
}

const text = { type: localizedText, default: () => ({}), _id: false }

const reportSchema = new Schema<WorkshopReportRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    summary: text,
    decisions: text,
    quotes: {
      default: [],
      type: [
        {
          _id: false,
          text: { type: String, required: true },
          who: { type: String, default: '' },
          consent: { type: Boolean, default: false },
        },
      ],
    },
    costs: text,
    press: text,
    rev: { type: Number, default: 0 },
    editedBy: { type: ObjectId, ref: 'User', default: null },
    editedAt: { type: Date, default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshop-reports' },
)
reportSchema.index({ partnership: 1 })

export const WorkshopReport = model<WorkshopReportRow>('WorkshopReport', reportSchema)
