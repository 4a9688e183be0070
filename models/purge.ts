import { model, Schema, type Types } from 'mongoose'
import { PURGE_PLACES, type PurgePlace } from '../shared/schemas/purges'
import { ObjectId, STRICT } from './types'

/**
 * That patient data was removed from a place, for whoever sees the gap. Never what it was. Of a
 * protocol's text the row is written before the text is touched and finished after it, so that a
 * removal that was cut off is still told of.
 */
export type PurgeRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  what: PurgePlace
  /** The post, thread, item, version of a file, or protocol. */
  of: Types.ObjectId
  /** What it belongs to, where that has a page of its own: a post's thread, a file's item. */
  within: Types.ObjectId | null
  /** Places that held it; a whole one counts as one. */
  count: number
  by: Types.ObjectId
  at: Date
  done: boolean
}

const purgeSchema = new Schema<PurgeRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    what: { type: String, enum: PURGE_PLACES, required: true },
    of: { type: ObjectId, required: true },
    within: { type: ObjectId, default: null },
    count: { type: Number, required: true },
    by: { type: ObjectId, ref: 'User', required: true },
    at: { type: Date, required: true, immutable: true },
    done: { type: Boolean, required: true },
  },
  { ...STRICT, collection: 'purges' },
)
// what was removed here, newest first; and from what belongs to it
purgeSchema.index({ partnership: 1, of: 1, at: -1 })
purgeSchema.index({ partnership: 1, within: 1, at: -1 })

// whether an archive is from before one
purgeSchema.index({ partnership: 1, at: -1 })

export const Purge = model<PurgeRow>('Purge', purgeSchema)
