import { model, Schema, type Types } from 'mongoose'
import type { LocalizedText } from '../shared/languages'
import { localizedText, ObjectId, STRICT } from './types'

/** A paper that was taken back before another was issued in its place, as it was. */
export type FormerCertificate = Pick<CertificateRow, 'code' | 'name' | 'title' | 'hours' | 'date'>

/** What a certificate says, as it was issued: later changes of names and titles do not reach it. */
export type CertificateRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  participant: Types.ObjectId
  /** What anybody can look it up by. */
  code: string
  name: LocalizedText
  title: LocalizedText
  /** Half hours are told apart. */
  hours: number
  /** ISO dates, of the workshop and of the issue. */
  date: string
  issuedAt: Date
  issuedBy: Types.ObjectId | null
  revokedAt: Date | null
  former?: FormerCertificate[]
  demo: boolean
}

const certificateSchema = new Schema<CertificateRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    participant: { type: ObjectId, ref: 'WorkshopParticipant', required: true },
    code: { type: String, required: true },
    name: { type: localizedText, required: true, _id: false },
    title: { type: localizedText, required: true, _id: false },
    hours: { type: Number, required: true },
    date: { type: String, required: true },
    issuedAt: { type: Date, required: true },
    issuedBy: { type: ObjectId, ref: 'User', default: null },
    revokedAt: { type: Date, default: null },
    former: {
      default: [],
      type: [
        {
          _id: false,
          code: { type: String, required: true },
          name: { type: localizedText, required: true, _id: false },
          title: { type: localizedText, required: true, _id: false },
          hours: { type: Number, required: true },
          date: { type: String, required: true },
        },
      ],
    },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'certificates' },
)
certificateSchema.index({ code: 1 }, { unique: true })
certificateSchema.index({ 'former.code': 1 })
certificateSchema.index({ partnership: 1, workshop: 1, participant: 1 }, { unique: true })

export const Certificate = model<CertificateRow>('Certificate', certificateSchema)
