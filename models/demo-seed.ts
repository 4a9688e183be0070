import { type InferSchemaType, model, Schema } from 'mongoose'
import { STRICT } from './types'

/** The one row that tells how far the demonstration data got. */
const demoSeedSchema = new Schema(
  {
    _id: { type: String, required: true },
    /** Version of the data that was loaded completely; 0 while the first load is under way. */
    version: { type: Number, required: true },
    /** The first start: recent activity is relative to it, also when a load is finished later. */
    startedAt: { type: Date, required: true, immutable: true },
  },
  { ...STRICT, collection: 'demo_seed' },
)

export type DemoSeedRow = InferSchemaType<typeof demoSeedSchema>
export const DemoSeed = model('DemoSeed', demoSeedSchema)
