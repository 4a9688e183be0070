import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

export const EXPORT_KINDS = ['partnership', 'own'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** An archive that somebody asked for: built beside other work, fetched later, removed after a week. */
export type ExportRow = {
  _id: Types.ObjectId
  kind: ExportKind
  /** Null for one's own data. */
  partnership: Types.ObjectId | null
  /** Who asked; nobody else fetches it. */
  user: Types.ObjectId
  state: 'waiting' | 'building' | 'ready' | 'failed'
  /** Which attempt is building it; an earlier one finds itself refused. */
  attempt: number
  /** How long the attempt is believed to live unless it says so again. */
  until: Date | null
  /** What could not be put in, as codes. */
  problems: number
  bytes: number
  sha256: string | null
  at: Date
  readyAt: Date | null
  expiresAt: Date
}

const exportSchema = new Schema<ExportRow>(
  {
    kind: { type: String, enum: EXPORT_KINDS, required: true },
    partnership: { type: ObjectId, ref: 'Partnership', default: null },
    user: { type: ObjectId, ref: 'User', required: true },
    state: { type: String, enum: ['waiting', 'building', 'ready', 'failed'], required: true },
    attempt: { type: Number, default: 0 },
    until: { type: Date, default: null },
    problems: { type: Number, default: 0 },
    bytes: { type: Number, default: 0 },
    sha256: { type: String, default: null },
    at: { type: Date, required: true, immutable: true },
    readyAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { ...STRICT, collection: 'exports' },
)
// one's own archives, newest first; what is to be built; what is over
exportSchema.index({ user: 1, kind: 1, partnership: 1, at: -1 })
exportSchema.index({ state: 1, until: 1 })
exportSchema.index({ expiresAt: 1 })

export const Export = model<ExportRow>('Export', exportSchema)
