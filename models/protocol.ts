import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { PROTOCOL_STATUSES, type ProtocolStatus } from '../shared/protocol-statuses'
import type { UnitCounts } from '../shared/views'
import { WORKSHOP_PARTS, type WorkshopPart } from '../shared/workshops'
import { localizedText, ObjectId, STRICT } from './types'

const count = { type: Number, default: 0 }

export type ProtocolRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  title: LocalizedText
  status: ProtocolStatus
  /** A live document of a workshop rather than a protocol: lists of protocols leave it out. */
  workshop?: Types.ObjectId
  part?: WorkshopPart
  createdBy: Types.ObjectId
  /** Chosen by the browser; makes creating twice impossible. */
  clientKey: string
  createdAt: Date
  /** How the units stand, noted after commits of the live document so that lists never open it. */
  counts: UnitCounts
  /** The row of the live document's log after which that was seen; absent where none was said. */
  notedSeq?: number
  /** The generation of the document whose log that row is in; absent in the first. */
  notedGen?: number
  /** When a unit was last marked as in sync, so that a mark and a purge come one after the other. */
  markedAt?: Date
  editedAt: Date
  editedBy: Types.ObjectId | null
  demo: boolean
}

const protocolSchema = new Schema<ProtocolRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    title: { type: localizedText, required: true, _id: false },
    status: { type: String, enum: PROTOCOL_STATUSES, required: true },
    workshop: { type: ObjectId, ref: 'Workshop' },
    part: { type: String, enum: WORKSHOP_PARTS },
    createdBy: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    createdAt: { type: Date, required: true, immutable: true },
    counts: {
      _id: false,
      type: {
        units: count,
        inSync: count,
        reviewed: count,
        drifted: count,
        missing: count,
        draft: count,
      },
      default: () => ({}),
    },
    notedSeq: { type: Number },
    notedGen: { type: Number },
    markedAt: { type: Date },
    editedAt: { type: Date, required: true },
    editedBy: { type: ObjectId, ref: 'User', default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'protocols' },
)
protocolSchema.index({ partnership: 1, workshop: 1, editedAt: -1 }) // of a workshop, or (absent) the list
protocolSchema.index({ partnership: 1, editedAt: -1 })
protocolSchema.index({ partnership: 1, editedBy: 1, editedAt: -1 }) // where somebody left off
protocolSchema.index({ partnership: 1, createdBy: 1, clientKey: 1 }, { unique: true })

export const Protocol = model<ProtocolRow>('Protocol', protocolSchema)
