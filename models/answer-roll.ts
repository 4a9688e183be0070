import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/**
 * Who has handed in a sheet of a workshop, so that each counts once: kept apart from the sheets, without
 * a time and in no order of coming, so that nothing joins the two.
 */
export type AnswerRollRow = {
  /** The workshop's id. */
  _id: Types.ObjectId
  partnership: Types.ObjectId
  /** Keyed digests of a person and a kind of sheet, in the order of the alphabet. */
  givers: string[]
  /** So many batches of sheets have come into the results. */
  batches: number
  demo: boolean
}

const rollSchema = new Schema<AnswerRollRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    givers: { type: [String], default: [] },
    batches: { type: Number, default: 0 },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'answer-rolls' },
)
rollSchema.index({ partnership: 1 })

export const AnswerRoll = model<AnswerRollRow>('AnswerRoll', rollSchema)
