import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ObjectId, STRICT } from './types'

/** One thing that somebody means to change at work, to be asked about 90 days later; theirs alone. */
export type WorkshopPromiseRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  participant: Types.ObjectId
  text: string
  lang: Language
  at: Date
  /** When they are asked. */
  dueAt: Date
  askedAt: Date | null
  outcome: 'done' | 'partly' | 'not_yet' | null
  answer: string
  answeredAt: Date | null
  demo: boolean
}

const promiseSchema = new Schema<WorkshopPromiseRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    participant: { type: ObjectId, ref: 'WorkshopParticipant', required: true },
    text: { type: String, required: true },
    lang: { type: String, enum: LANGUAGES, required: true },
    at: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    askedAt: { type: Date, default: null },
    outcome: { type: String, enum: ['done', 'partly', 'not_yet', null], default: null },
    answer: { type: String, default: '' },
    answeredAt: { type: Date, default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshop-promises' },
)
promiseSchema.index({ partnership: 1, workshop: 1, participant: 1 }, { unique: true })
promiseSchema.index({ askedAt: 1, dueAt: 1 }) // what is due

export const WorkshopPromise = model<WorkshopPromiseRow>('WorkshopPromise', promiseSchema)
