import { model, Schema } from 'mongoose'
import { STRICT } from './types'

/**
 * Where a chain of the record ends, kept apart from its rows: rows that are cut off at the end would
 * leave no gap, but a head without them.
 */
export type AuditSealRow = {
  /** `installation`, `programme`, or the id of a partnership. */
  _id: string
  seq: number
  hash: string
  at: Date
}

const auditSealSchema = new Schema<AuditSealRow>(
  {
    _id: { type: String, required: true },
    seq: { type: Number, required: true },
    hash: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { ...STRICT, collection: 'audit_seals' },
)

export const AuditSeal = model<AuditSealRow>('AuditSeal', auditSealSchema)
