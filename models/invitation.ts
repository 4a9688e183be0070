import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language } from '../shared/languages'
import { ROLES, type Role } from '../shared/policy'
import { INVITATION_STATUSES, type InvitationStatus } from '../shared/schemas/invitations'
import { ObjectId, STRICT } from './types'

/** That an address may join a partnership as what is written here, and nowhere else. */
export type InvitationRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  email: string
  role: Role
  side: Types.ObjectId
  /** Null: whoever joins says it. */
  cadre: string | null
  /** Of the letter. */
  lang: Language
  note: string | null
  by: Types.ObjectId
  /** Of the list it was sent with: sent again, that list writes no second letter. */
  clientKey: string
  /** SHA-256 of the token in the last letter: the database alone lets nobody in. */
  tokenHash: string
  /** An open one that is past its time is over, whether or not its row says so yet. */
  status: InvitationStatus
  at: Date
  /** Of each letter, the last one last. */
  sentAt: Date[]
  until: Date
  endedAt?: Date
  acceptedBy?: Types.ObjectId
  /** Of the form by which it was accepted: sent twice, it has one effect and one answer. */
  joinKey?: string
}

const invitationSchema = new Schema<InvitationRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    email: { type: String, required: true, maxlength: 254 },
    role: { type: String, enum: ROLES, required: true },
    side: { type: ObjectId, required: true },
    cadre: { type: String, default: null },
    lang: { type: String, enum: LANGUAGES, required: true },
    note: { type: String, default: null, maxlength: 500 },
    by: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    tokenHash: { type: String, required: true },
    status: { type: String, enum: INVITATION_STATUSES, required: true },
    at: { type: Date, required: true, immutable: true },
    sentAt: { type: [Date], required: true },
    until: { type: Date, required: true },
    endedAt: { type: Date },
    acceptedBy: { type: ObjectId, ref: 'User' },
    joinKey: { type: String },
  },
  { ...STRICT, collection: 'invitations' },
)
invitationSchema.index({ tokenHash: 1 }, { unique: true })
invitationSchema.index(
  { partnership: 1, email: 1 },
  { unique: true, partialFilterExpression: { status: 'open' } }, // one live one
)
invitationSchema.index({ partnership: 1, at: -1 }) // the coordinators' list
invitationSchema.index({ email: 1, sentAt: 1 }) // letters to one address, across partnerships

export const Invitation = model<InvitationRow>('Invitation', invitationSchema)
