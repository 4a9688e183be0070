import { model, Schema, type Types } from 'mongoose'
import { ObjectId, STRICT } from './types'

/** How many bytes of files a partnership has, those under way among them; counted as they change. */
export type StorageUseRow = { _id: Types.ObjectId; bytes: number }

const storageUseSchema = new Schema<StorageUseRow>(
  {
    /** The partnership's id. */
    _id: { type: ObjectId, required: true },
    bytes: { type: Number, required: true, default: 0 },
  },
  { ...STRICT, collection: 'storage_use' },
)

export const StorageUse = model<StorageUseRow>('StorageUse', storageUseSchema)
