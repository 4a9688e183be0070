import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { localizedText, ObjectId, STRICT } from './types'

/** A question of the pre- and post-test; `right` names one option. */
export type TestItemRow = {
  id: string
  prompt: LocalizedText
  options: { id: string; text: LocalizedText }[]
  right: string
}

/** The test that is given before and after a workshop; its items stay once somebody has answered. */
export type WorkshopTestRow = {
  /** The workshop's id. */
  _id: Types.ObjectId
  partnership: Types.ObjectId
  items: TestItemRow[]
  preOpen: boolean
  postOpen: boolean
  /** Of the items. */
  rev: number
  /** Raised by the first sheet, so that it and a change of the items do not cross. */
  begun?: number
  demo: boolean
}

const testSchema = new Schema<WorkshopTestRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    items: {
      default: [],
      type: [
        {
          _id: false,
          id: { type: String, required: true },
          prompt: { type: localizedText, required: true, _id: false },
          options: {
            type: [
              {
                _id: false,
                id: { type: String, required: true },
                text: { type: localizedText, required: true, _id: false },
              },
            ],
            required: true,
          },
          right: { type: String, required: true },
        },
      ],
    },
    preOpen: { type: Boolean, default: false },
    postOpen: { type: Boolean, default: false },
    rev: { type: Number, default: 1 },
    begun: { type: Number },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshop-tests' },
)
testSchema.index({ partnership: 1 })

export const WorkshopTest = model<WorkshopTestRow>('WorkshopTest', testSchema)
