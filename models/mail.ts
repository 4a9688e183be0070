import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import type { MailTemplate } from '../shared/mails'
import { STRICT } from './types'

/** A letter waiting to go, committed together with what it tells of. */
export type MailRow = {
  _id: Types.ObjectId
  to: string
  lang: Language
  template: MailTemplate
  values: Record<string, unknown>
  status: 'waiting' | 'sending' | 'sent' | 'failed'
  tries: number
  /** When it is tried next; while it is being sent, when its sender is given up. */
  nextAt: Date
  at: Date
  sentAt?: Date
  /** What the other side last answered, as a code. */
  failure?: string
}

const mailSchema = new Schema<MailRow>(
  {
    to: { type: String, required: true, maxlength: 254 },
    lang: { type: String, enum: LANGUAGES, required: true },
    template: { type: String, required: true },
    values: { type: Schema.Types.Mixed, required: true },
    status: { type: String, enum: ['waiting', 'sending', 'sent', 'failed'], required: true },
    tries: { type: Number, default: 0 },
    nextAt: { type: Date, required: true },
    at: { type: Date, required: true, immutable: true },
    sentAt: { type: Date },
    failure: { type: String, maxlength: 200 },
  },
  { ...STRICT, collection: 'mails' },
)
mailSchema.index({ status: 1, nextAt: 1 }) // what is due
mailSchema.index({ to: 1, status: 1 }) // what has not left yet to one reader
mailSchema.index({ at: -1 }, { expireAfterSeconds: 30 * 86_400 }) // the outbox, newest first

export const MailItem = model<MailRow>('Mail', mailSchema)
