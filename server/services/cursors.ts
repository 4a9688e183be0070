import { Types } from 'mongoose'
import { AppError } from '../../shared/errors'

/** A place in a list ordered by a time and, among equals, by id; both falling. */
export type Place = { at: Date; id: Types.ObjectId }

const FORM = /^([\d-]{10}T[\d:.]{12}Z) ([0-9a-f]{24})$/

/** The place after an item, for an address. */
export function cursorAfter({ at, id }: Place): string {
  return Buffer.from(`${at.toISOString()} ${String(id)}`, 'utf8').toString('base64url')
}

/** @throws AppError `invalid_input` for what is no cursor of such a list */
export function placeOf(cursor: string): Place {
  const [, time = '', id = ''] = FORM.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) throw new AppError('invalid_input', { cursor: 'invalid' })
  return { at, id: new Types.ObjectId(id) }
}
