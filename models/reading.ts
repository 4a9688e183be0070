import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/**
 * How far somebody has read in a thread. `unread` is always the number of others' undeleted posts
 * after `readSeq` and up to `toldSeq`; no row is nothing unread: what was there before one came
 * counts as read.
 */
export type ReadingRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  user: Types.ObjectId
  thread: Types.ObjectId
  /** Number of the last post that has been shown. */
  readSeq: number
  /** Number of the last post that was counted for this person; behind the thread's while away. */
  toldSeq: number
  unread: number
  /** When the last counted post was stored: the order of the list of unread threads. */
  lastAt: Date
  demo: boolean
}

const readingSchema = new Schema<ReadingRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    thread: { type: ObjectId, ref: 'Thread', required: true },
    readSeq: { type: Number, required: true },
    toldSeq: { type: Number, required: true },
    unread: { type: Number, required: true },
    lastAt: { type: Date, required: true },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'readings' },
)
// everybody's row of a thread, raised with each post; one's own rows of a page of threads
readingSchema.index({ partnership: 1, thread: 1, user: 1 }, { unique: true })
// the total in the rail is summed from this index alone, and only what is unread is in it
readingSchema.index(
  { partnership: 1, user: 1, lastAt: -1, thread: -1, unread: 1 },
  { partialFilterExpression: { unread: { $gt: 0 } } },
)

export const Reading = model<ReadingRow>('Reading', readingSchema)
