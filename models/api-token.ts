import { model, Schema, type Types } from 'mongoose'
import { TOKEN_SCOPE_NAMES, type TokenScope } from '../shared/token-scopes'
import { ObjectId, STRICT } from './types'

/** How long an expired token stays in its owner's list, so that they see why a program stopped, seconds. */
const SHOWN_S = 30 * 86_400

/** A personal token for the programming interface. */
export type ApiTokenRow = {
  _id: Types.ObjectId
  user: Types.ObjectId
  /** SHA-256 of the token: the database alone opens nothing. */
  tokenHash: string
  name: string
  scopes: TokenScope[]
  /** Chosen by the form: sent twice, it makes one token. */
  clientKey: string
  createdAt: Date
  expiresAt: Date
  /** To the hour or so: for the person's own list. */
  usedAt: Date | null
}

const apiTokenSchema = new Schema<ApiTokenRow>(
  {
    user: { type: ObjectId, ref: 'User', required: true },
    tokenHash: { type: String, required: true },
    name: { type: String, required: true, maxlength: 60 },
    scopes: { type: [{ type: String, enum: TOKEN_SCOPE_NAMES }], required: true },
    clientKey: { type: String, required: true },
    createdAt: { type: Date, required: true, immutable: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { ...STRICT, collection: 'api_tokens' },
)
apiTokenSchema.index({ tokenHash: 1 }, { unique: true })
apiTokenSchema.index({ user: 1, clientKey: 1 }, { unique: true })
apiTokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: SHOWN_S })

export const ApiToken = model<ApiTokenRow>('ApiToken', apiTokenSchema)
