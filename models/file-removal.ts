import { model, Schema } from 'mongoose'
import { STRICT } from './types'

/** Bytes that nothing refers to any more: written down with the fact, so that none stay behind. */
export type FileRemovalRow = {
  /** Key in the storage. */
  _id: string
  at: Date
}

const fileRemovalSchema = new Schema<FileRemovalRow>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { ...STRICT, collection: 'file_removals' },
)
// the sweep, longest waiting first
fileRemovalSchema.index({ at: 1 })

export const FileRemoval = model<FileRemovalRow>('FileRemoval', fileRemovalSchema)
