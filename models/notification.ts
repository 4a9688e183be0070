import { model, Schema, type Types } from 'mongoose'
import { NOTIFICATION_KINDS, type NotificationKind } from '../shared/schemas/notifications'
import { ObjectId, STRICT } from './types'

/** That one person was told of one event. References only: words are looked up when it is read. */
export type NotificationRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  /** Who is told. */
  user: Types.ObjectId
  kind: NotificationKind
  /** Names what happened; a person is told of it once. */
  event: string
  /** Who did it. */
  by: Types.ObjectId | null
  thread?: Types.ObjectId
  reply?: Types.ObjectId
  protocol?: Types.ObjectId
  unit?: string
  resource?: Types.ObjectId
  workshop?: Types.ObjectId
  at: Date
  readAt: Date | null
  demo: boolean
}

const notificationSchema = new Schema<NotificationRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    kind: { type: String, enum: NOTIFICATION_KINDS, required: true },
    event: { type: String, required: true, maxlength: 300 },
    by: { type: ObjectId, ref: 'User', default: null },
    thread: { type: ObjectId, ref: 'Thread' },
    reply: { type: ObjectId, ref: 'Reply' },
    protocol: { type: ObjectId, ref: 'Protocol' },
    unit: { type: String },
    resource: { type: ObjectId, ref: 'Resource' },
    workshop: { type: ObjectId, ref: 'Workshop' },
    at: { type: Date, required: true },
    readAt: { type: Date, default: null },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'notifications' },
)
// a person's list is across partnerships, so the person comes first
notificationSchema.index({ user: 1, event: 1 }, { unique: true }) // told once
notificationSchema.index({ user: 1, partnership: 1, at: -1, _id: -1 }) // the list, newest first
notificationSchema.index({ user: 1, readAt: 1, partnership: 1, at: -1 }) // what is unread
notificationSchema.index({ partnership: 1, protocol: 1, unit: 1 }) // a drift that was undone

export const Notification = model<NotificationRow>('Notification', notificationSchema)
