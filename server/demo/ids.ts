import { createHash } from 'node:crypto'
import { Types } from 'mongoose'

/** The id of a demonstration row: it follows from a stable name, so that seeding twice is seeding once. */
export function demoId(name: string): Types.ObjectId {
  return new Types.ObjectId(digest(name).slice(0, 24))
}

/** A UUID (version 8, RFC 9562) that follows from a stable name, where a row needs a client key. */
export function demoUuid(name: string): string {
  const hex = digest(name)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
  return parts.join('-')
}

function digest(name: string): string {
  return createHash('sha256').update(`twinward demonstration ${name}`).digest('hex')
}
