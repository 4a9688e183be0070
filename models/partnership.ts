import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { PHASE_STATUSES, PHASES, type PhaseView } from '../shared/views'
import { localizedText, ObjectId, STRICT } from './types'

export type SideRow = {
  _id: Types.ObjectId
  /** The institution that leads the side; its zone is the side's clock. */
  institution: Types.ObjectId
  /** Further institutions of the same side. */
  partners: Types.ObjectId[]
  place: LocalizedText
  tone: 'a' | 'b'
}

const sideSchema = new Schema<SideRow>(
  {
    /** The institution that leads the side; its zone is the side's clock. */
    institution: { type: ObjectId, ref: 'Institution', required: true },
    /** Further institutions of the same side. */
    partners: { type: [{ type: ObjectId, ref: 'Institution' }], default: [] },
    place: { type: localizedText, required: true, _id: false },
    tone: { type: String, enum: ['a', 'b'], required: true },
  },
  { strict: 'throw' },
)

export type PartnershipRow = {
  _id: Types.ObjectId
  slug: string
  name: LocalizedText
  focus: LocalizedText
  sides: SideRow[]
  phases: PhaseView[]
  /** Kept beside the list so that opening it counts nothing. */
  memberCount: number
  protocolCount: number
  startedOn?: Date
  demo: boolean
}

const partnershipSchema = new Schema<PartnershipRow>(
  {
    slug: { type: String, required: true },
    name: { type: localizedText, required: true, _id: false },
    focus: { type: localizedText, required: true, _id: false },
    sides: { type: [sideSchema], required: true },
    phases: {
      required: true,
      type: [
        {
          _id: false,
          phase: { type: String, enum: PHASES, required: true },
          status: { type: String, enum: PHASE_STATUSES, required: true },
        },
      ],
    },
    memberCount: { type: Number, default: 0 },
    protocolCount: { type: Number, default: 0 },
    startedOn: { type: Date },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'partnerships' },
)
partnershipSchema.index({ slug: 1 }, { unique: true })

export const Partnership = model<PartnershipRow>('Partnership', partnershipSchema)
