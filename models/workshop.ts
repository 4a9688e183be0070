import { model, Schema, type Types } from 'mongoose'
import { CADRES, type Cadre } from '../shared/cadres'
import type { LocalizedText } from '../shared/languages'
import {
  CHANNEL_KINDS,
  type ChannelKind,
  FALLBACKS,
  type Fallback,
  SPOKEN,
  type Spoken,
  WORKSHOP_MODES,
  WORKSHOP_STATUSES,
  type WorkshopMode,
  type WorkshopStatus,
} from '../shared/workshops'
import { localizedText, ObjectId, STRICT } from './types'

/** A row of the agenda; where it begins follows from the rows before it. */
export type AgendaRow = {
  _id: Types.ObjectId
  minutes: number
  title: LocalizedText
  speaker: Types.ObjectId | null
  speakerName: string
  spoken: Spoken
  interpretation: boolean
  resource: Types.ObjectId | null
}

/** Sound and picture for those who listen in one language; never required. */
export type ChannelRow = {
  _id: Types.ObjectId
  spoken: Spoken
  kind: ChannelKind
  /** Of `link`; what the others need follows from `_id`. */
  url: string | null
}

/** A workshop: its plan, its state, and the number that its room's changes take. */
export type WorkshopRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  title: LocalizedText
  objectives: LocalizedText
  status: WorkshopStatus
  mode: WorkshopMode
  place: LocalizedText
  startsAt: Date
  /** Beginning and all rows of the agenda. */
  endsAt: Date
  timeZone: string
  audience: Cadre[]
  capacity: number | null
  /** How many hold a place; raised in the transaction that gives it. */
  registered: number
  agenda: AgendaRow[]
  facilitators: Types.ObjectId[]
  materials: Types.ObjectId[]
  channels: ChannelRow[]
  waitingRoom: boolean
  guests: boolean
  /** SHA-256 of the guests' link; null where there is none. */
  guestLink: string | null
  /** Whoever proves an address by that link comes in at once; not where there is a waiting room. */
  linkAdmits?: boolean
  /** Planned without guests from then on, while some of theirs are still to give way or to be told. */
  guestsLeaveSince?: Date | null
  accreditation: LocalizedText
  recordingConsent: LocalizedText
  fallbacks: Fallback[]
  phone: string
  /** One id for all workshops of a series. */
  series: Types.ObjectId | null
  seriesCount: number
  /** Its own number within the series, from 1. */
  seriesPlace: number
  createdBy: Types.ObjectId
  clientKey: string
  createdAt: Date
  /** Count of changes of the plan; the SEQUENCE of its calendar entry. */
  rev: number
  /** Count of changes of the room: each takes its own from here. */
  roomRev: number
  /** Count of decks taken away: what shows one and what removes it write the same row. */
  decksGone?: number
  announcedAt: Date | null
  startedAt: Date | null
  closedAt: Date | null
  /** When it was closed and then opened again; nobody attends meanwhile. */
  breaks?: { from: Date; to: Date }[]
  /** Minutes it went on by a facilitator's word, where the room was open for far longer than planned. */
  lasted?: number | null
  cancelledAt: Date | null
  cancelReason: string
  /** When the plan was last changed. */
  changedAt: Date | null
  /** Who changed it last. */
  changedBy?: Types.ObjectId | null
  demo: boolean
}

const text = { type: localizedText, default: () => ({}), _id: false }
const moment = { type: Date, default: null }

const workshopSchema = new Schema<WorkshopRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    title: { type: localizedText, required: true, _id: false },
    objectives: text,
    status: { type: String, enum: WORKSHOP_STATUSES, required: true },
    mode: { type: String, enum: WORKSHOP_MODES, required: true },
    place: text,
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    audience: { type: [{ type: String, enum: CADRES }], default: [] },
    capacity: { type: Number, default: null },
    registered: { type: Number, default: 0 },
    agenda: {
      default: [],
      type: [
        new Schema<AgendaRow>(
          {
            minutes: { type: Number, required: true },
            title: { type: localizedText, required: true, _id: false },
            speaker: { type: ObjectId, ref: 'User', default: null },
            speakerName: { type: String, default: '' },
            spoken: { type: String, enum: SPOKEN, required: true },
            interpretation: { type: Boolean, default: false },
            resource: { type: ObjectId, ref: 'Resource', default: null },
          },
          { strict: 'throw', minimize: false },
        ),
      ],
    },
    facilitators: { type: [{ type: ObjectId, ref: 'User' }], default: [] },
    materials: { type: [{ type: ObjectId, ref: 'Resource' }], default: [] },
    channels: {
      default: [],
      type: [
        new Schema<ChannelRow>(
          {
            spoken: { type: String, enum: SPOKEN, required: true },
            kind: { type: String, enum: CHANNEL_KINDS, required: true },
            url: { type: String, default: null },
          },
          { strict: 'throw' },
        ),
      ],
    },
    waitingRoom: { type: Boolean, default: false },
    guests: { type: Boolean, default: false },
    guestLink: { type: String, default: null },
    linkAdmits: { type: Boolean, default: false },
    guestsLeaveSince: moment,
    accreditation: text,
    recordingConsent: text,
    fallbacks: { type: [{ type: String, enum: FALLBACKS }], default: [] },
    phone: { type: String, default: '' },
    series: { type: ObjectId, default: null },
    seriesCount: { type: Number, default: 1 },
    seriesPlace: { type: Number, default: 1 },
    createdBy: { type: ObjectId, ref: 'User', required: true },
    clientKey: { type: String, required: true },
    createdAt: { type: Date, required: true, immutable: true },
    rev: { type: Number, default: 1 },
    roomRev: { type: Number, default: 0 },
    decksGone: { type: Number, default: 0 },
    announcedAt: moment,
    startedAt: moment,
    closedAt: moment,
    breaks: {
      default: [],
      type: [
        { _id: false, from: { type: Date, required: true }, to: { type: Date, required: true } },
      ],
    },
    lasted: { type: Number, default: null },
    cancelledAt: moment,
    cancelReason: { type: String, default: '' },
    changedAt: moment,
    changedBy: { type: ObjectId, ref: 'User', default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'workshops' },
)
// the list, and the home page's next one
workshopSchema.index({ partnership: 1, startsAt: -1, _id: -1 })
workshopSchema.index({ partnership: 1, series: 1, startsAt: 1 })
// reminders look for what begins soon, whichever the partnership
workshopSchema.index({ status: 1, startsAt: 1 })
// a repeated intent plans nothing new; each workshop of a series has a key of its own
workshopSchema.index({ partnership: 1, createdBy: 1, clientKey: 1 }, { unique: true })
// whose guests are still to be told that there are none any more
workshopSchema.index(
  { guestsLeaveSince: 1 },
  { partialFilterExpression: { guestsLeaveSince: { $type: 'date' } } },
)
workshopSchema.index(
  { guestLink: 1 },
  { unique: true, partialFilterExpression: { guestLink: { $type: 'string' } } },
)

export const Workshop = model<WorkshopRow>('Workshop', workshopSchema)
