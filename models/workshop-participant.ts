import { model, Schema, type Types } from 'mongoose'
import { LANGUAGES, type Language, type LocalizedText } from '../shared/languages'
import { DOORS, type Door, REGISTRATIONS, type Registration } from '../shared/workshops'
import { localizedText, ObjectId, STRICT } from './types'

/** Somebody without an account, as they said and as their e-mail code proved. */
export type GuestRow = {
  name: string
  /** Null for somebody whom a facilitator wrote down by hand. */
  email: string | null
  lang: Language
  timeZone: string
  institution: string
}

/** One stay in the room: `to` is null while it lasts, `seenAt` says until when it surely did. */
export type StayRow = { key: string; from: Date; to: Date | null; seenAt: Date }

/** What a facilitator says instead of the stays. */
export type CorrectionRow = { minutes: number; by: Types.ObjectId; at: Date; note: string }

/** How a guest stood as a workshop went on without guests. */
export type GaveWayRow = {
  registration: Registration
  registeredAt: Date | null
  /** When and where it was planned then. */
  startsAt: Date
  place?: LocalizedText
  /** Templates of letters to them that had not left, and do not leave any more. */
  unsent: string[]
  /** Was a letter about it written? */
  told: boolean
}

/** Somebody in a workshop: a member of the partnership or a guest, from registration to attendance. */
export type WorkshopParticipantRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  /** Null for guests, and for somebody written down by hand. */
  user: Types.ObjectId | null
  guest: GuestRow | null
  /** SHA-256 of the link in their own letter, for a guest whom a facilitator invited. */
  invite?: string | null
  /** When the first invitation was written that may have reached them; null where none can have. */
  invitedAt?: Date | null
  registration: Registration
  /** Since when in this state; the waiting list goes by it. */
  registeredAt: Date | null
  /** Their place went as they were turned away, not by a word of their own or of the list's keepers. */
  placeLost?: boolean
  /** Until they have a place, or are invited, anew. */
  gaveWay?: GaveWayRow | null
  door: Door
  /** Since when they wait at it; null for whoever never did. */
  waitsSince?: Date | null
  presenter: boolean
  interpreter: boolean
  /** A facilitator has said what they are here: then it does not follow from the plan. */
  roleNamed?: boolean
  /** As they were when they registered or first came; for reports after they have gone. */
  cadre: string | null
  side: Types.ObjectId | null
  institution: LocalizedText | null
  stays: StayRow[]
  correction: CorrectionRow | null
  /** Names of reminders that were sent. */
  told: string[]
  createdAt: Date
  demo: boolean
}

const participantSchema = new Schema<WorkshopParticipantRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    workshop: { type: ObjectId, ref: 'Workshop', required: true },
    user: { type: ObjectId, ref: 'User', default: null },
    guest: {
      default: null,
      type: new Schema<GuestRow>(
        {
          name: { type: String, required: true, maxlength: 120 },
          email: { type: String, default: null, lowercase: true, maxlength: 254 },
          lang: { type: String, enum: LANGUAGES, required: true },
          timeZone: { type: String, required: true },
          institution: { type: String, default: '', maxlength: 200 },
        },
        { strict: 'throw', _id: false },
      ),
    },
    invite: { type: String, default: null },
    invitedAt: { type: Date },
    registration: { type: String, enum: REGISTRATIONS, required: true },
    registeredAt: { type: Date, default: null },
    placeLost: { type: Boolean, default: false },
    gaveWay: {
      default: null,
      type: new Schema<GaveWayRow>(
        {
          registration: { type: String, enum: REGISTRATIONS, required: true },
          registeredAt: { type: Date, default: null },
          startsAt: { type: Date, required: true },
          place: { type: new Schema(localizedText, { strict: 'throw', _id: false }) },
          unsent: { type: [String], default: [] },
          told: { type: Boolean, default: false },
        },
        { strict: 'throw', _id: false },
      ),
    },
    door: { type: String, enum: DOORS, default: 'none' },
    waitsSince: { type: Date, default: null },
    presenter: { type: Boolean, default: false },
    interpreter: { type: Boolean, default: false },
    roleNamed: { type: Boolean, default: false },
    cadre: { type: String, default: null },
    side: { type: ObjectId, default: null },
    institution: {
      default: null,
      type: new Schema<LocalizedText>(localizedText, { strict: 'throw', _id: false }),
    },
    stays: {
      default: [],
      type: [
        {
          _id: false,
          key: { type: String, required: true },
          from: { type: Date, required: true },
          to: { type: Date, default: null },
          seenAt: { type: Date, required: true },
        },
      ],
    },
    correction: {
      default: null,
      type: new Schema<CorrectionRow>(
        {
          minutes: { type: Number, required: true },
          by: { type: ObjectId, ref: 'User', required: true },
          at: { type: Date, required: true },
          note: { type: String, default: '', maxlength: 300 },
        },
        { strict: 'throw', _id: false },
      ),
    },
    told: { type: [String], default: [] },
    createdAt: { type: Date, required: true, immutable: true },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshop-participants' },
)
// each person once
participantSchema.index(
  { workshop: 1, user: 1 },
  { unique: true, partialFilterExpression: { user: { $type: 'objectId' } } },
)
participantSchema.index(
  { workshop: 1, 'guest.email': 1 },
  { unique: true, partialFilterExpression: { 'guest.email': { $type: 'string' } } },
)
participantSchema.index(
  { invite: 1 },
  { unique: true, partialFilterExpression: { invite: { $type: 'string' } } },
)
participantSchema.index({ partnership: 1, workshop: 1, registration: 1, registeredAt: 1 }) // the waiting list
participantSchema.index({ user: 1, registration: 1 }) // one's own calendar
participantSchema.index({ 'guest.email': 1 }, { sparse: true }) // what an account that goes leaves behind
participantSchema.index({ partnership: 1, user: 1 }) // the register of trained providers

export const WorkshopParticipant = model<WorkshopParticipantRow>(
  'WorkshopParticipant',
  participantSchema,
)
