import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { OUTCOME_KINDS, type OutcomeKind } from '../shared/workshops'
import { localizedText, ObjectId, STRICT } from './types'

/** A decision or a task that came out of a workshop. */
export type OutcomeRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  kind: OutcomeKind
  text: LocalizedText
  /** The paragraph of the notes that it was made from. */
  source: { protocol: Types.ObjectId; unit: string } | null
  assignee: Types.ObjectId | null
  /** ISO date. */
  due: string | null
  /** The day that whoever has it was reminded of, or was told of so late that they need not be. */
  reminded: string | null
  doneAt: Date | null
  doneBy: Types.ObjectId | null
  createdBy: Types.ObjectId
  clientKey: string
  at: Date
  rev: number
  demo: boolean
}

const outcomeSchema = new Schema<OutcomeRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    kind: { type: String, enum: OUTCOME_KINDS, required: true },
    text: { type: localizedText, required: true, _id: false },
    source: {
      default: null,
      type: new Schema(
        {
          protocol: { type: ObjectId, ref: 'Protocol', required: true },
          unit: { type: String, required: true },
        },
        { strict: 'throw', _id: false },
      ),
    },
    assignee: { type: ObjectId, ref: 'User', default: null },
    due: { type: String, default: null },
    reminded: { type: String, default: null },
    doneAt: { type: Date, default: null },
    doneBy: { type: ObjectId, ref: 'User', default: null },
    createdBy: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    at: { type: Date, required: true },
    rev: { type: Number, default: 1 },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'outcomes' },
)
outcomeSchema.index({ partnership: 1, workshop: 1, at: 1 })
outcomeSchema.index({ partnership: 1, assignee: 1, doneAt: 1, due: 1 }) // what waits for somebody
outcomeSchema.index({ doneAt: 1, due: 1 }) // whose day comes
outcomeSchema.index({ partnership: 1, createdBy: 1, clientKey: 1 }, { unique: true })

export const Outcome = model<OutcomeRow>('Outcome', outcomeSchema)
