import { model, Schema, type Types } from 'mongoose'
import { AUDIT_KINDS, type AuditKind } from '../shared/audit'
import { ObjectId, STRICT } from './types'

/**
 * One row of the record: written with the fact it tells of, in the same transaction, and never changed
 * but once, when the sealer chains it.
 */
export type AuditEntryRow = {
  _id: Types.ObjectId
  /** Null: of nobody's partnership, for the programme to read. */
  partnership: Types.ObjectId | null
  kind: AuditKind
  by: Types.ObjectId | null
  /** Ids of what it was done to. */
  subject: Record<string, string>
  /** Codes and counts; a reason given. Never the text of documents. */
  detail: Record<string, string>
  at: Date
  /** Given by the sealer: place in the chain of the installation, and its link of that chain. */
  seq?: number
  hash?: string
  /** The same within the partnership, or within the programme's own rows. */
  ownSeq?: number
  ownHash?: string
}

const auditEntrySchema = new Schema<AuditEntryRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', default: null },
    kind: { type: String, enum: AUDIT_KINDS, required: true },
    by: { type: ObjectId, ref: 'User', default: null },
    subject: { type: Schema.Types.Mixed, required: true },
    detail: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true, immutable: true },
    seq: { type: Number },
    hash: { type: String },
    ownSeq: { type: Number },
    ownHash: { type: String },
  },
  { ...STRICT, collection: 'audit_entries' },
)
auditEntrySchema.index({ partnership: 1, at: -1, _id: -1 }) // the record, newest first
auditEntrySchema.index({ partnership: 1, kind: 1, at: -1, _id: -1 }) // … of some kinds
auditEntrySchema.index({ partnership: 1, by: 1, kind: 1, at: -1, _id: -1 }) // … of one person
auditEntrySchema.index({ seq: 1, at: 1, _id: 1 }) // what waits for the sealer stands first, in its order
auditEntrySchema.index(
  { partnership: 1, ownSeq: 1 }, // the export, in the order of its chain
  { unique: true, partialFilterExpression: { ownSeq: { $exists: true } } },
)
auditEntrySchema.index(
  { seq: 1 },
  { unique: true, partialFilterExpression: { seq: { $exists: true } } },
)

/** A slip in our own code must not change what is recorded; the sealer alone goes around this. */
auditEntrySchema.pre(
  /^(update|replace|delete|findOneAnd)/,
  { document: false, query: true },
  refuse,
)
auditEntrySchema.pre('bulkWrite', refuse)
auditEntrySchema.pre('save', function () {
  if (!this.isNew) refuse()
})

function refuse(): never {
  throw new Error('The record is only ever added to.')
}

export const AuditEntry = model<AuditEntryRow>('AuditEntry', auditEntrySchema)
