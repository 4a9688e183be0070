import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/** Somebody's vote. Who it was is kept as a keyed digest: enough to count each once. */
export type VoteRow = {
  voter: string
  choices: string[]
  text: string
  lang: Language | null
  at: Date
}

/**
 * The votes of a poll or a question, beside its item: many come at once, and each is one atomic change
 * of this one row that asks at the same time whether it is open and who has voted.
 */
export type WorkshopTallyRow = {
  /** The item's id; of the pulse the workshop's. */
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  kind: 'poll' | 'question' | 'pulse'
  open: boolean
  votes: VoteRow[]
  /** Count of changes. */
  rev: number
  demo: boolean
}

const tallySchema = new Schema<WorkshopTallyRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    kind: { type: String, enum: ['poll', 'question', 'pulse'], required: true },
    open: { type: Boolean, required: true },
    votes: {
      default: [],
      type: [
        {
          _id: false,
          voter: { type: String, required: true },
          choices: { type: [String], default: [] },
          text: { type: String, default: '' },
          lang: { type: String, enum: [...LANGUAGES, null], default: null },
          at: { type: Date, required: true },
        },
      ],
    },
    rev: { type: Number, default: 0 },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshop-tallies' },
)
tallySchema.index({ partnership: 1, workshop: 1 })

export const WorkshopTally = model<WorkshopTallyRow>('WorkshopTally', tallySchema)
