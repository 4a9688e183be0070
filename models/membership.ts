import { model, Schema, type Types } from 'mongoose'
import { ROLES, type Role } from '../shared/policy'
import { ObjectId, STRICT } from './types'

export type MembershipRow = {
  _id: Types.ObjectId
  partnership: Types.ObjectId
  user: Types.ObjectId
  side: Types.ObjectId
  role: Role
  /** Profession in the team, a key of the `people` locale: physician, nurse, translator … */
  cadre: string
  status: 'active' | 'removed'
  /** Since when, this time; absent where it began with the partnership. */
  joinedAt?: Date
  /**
   * Raised with every change of a membership, and of all coordinators with one of theirs: two such
   * changes at once meet in these rows, so that the last coordinator is seen to be the last.
   */
  rev?: number
  demo: boolean
}

const membershipSchema = new Schema<MembershipRow>(
  {
    partnership: { type: ObjectId, ref: 'Partnership', required: true },
    user: { type: ObjectId, ref: 'User', required: true },
    side: { type: ObjectId, required: true },
    role: { type: String, enum: ROLES, required: true },
    cadre: { type: String, required: true },
    status: { type: String, enum: ['active', 'removed'], required: true },
    joinedAt: { type: Date },
    rev: { type: Number, default: 0 },
    demo: { type: Boolean, default: false },
  },
  { ...STRICT, collection: 'memberships' },
)
membershipSchema.index({ partnership: 1, user: 1 }, { unique: true })
membershipSchema.index({ user: 1 })

export const Membership = model<MembershipRow>('Membership', membershipSchema)
