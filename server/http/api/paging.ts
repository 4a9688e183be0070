import { z } from 'zod'
import { AppError } from '../../../shared/errors'

export const PAGE_DEFAULT = 50
export const PAGE_MAX = 100

const limit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(PAGE_MAX))
  .default(PAGE_DEFAULT)

const Paging = z.object({
  limit,
  cursor: z
    .string()
    .max(400)
    .regex(/^[\w-]+$/)
    .optional(),
})
export type Paging = z.infer<typeof Paging>

const Stretch = z.object({
  limit,
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .default(0),
})
/** A part of what is numbered: as many as `limit` after a number. */
export type Stretch = z.infer<typeof Stretch>

/**
 * Which part of a list is asked for.
 *
 * @throws AppError `invalid_input` with the failing parameters in its detail
 */
export function parsePaging(query: unknown): Paging {
  return parseQuery(Paging, query)
}

/**
 * Which part of what is numbered is asked for.
 *
 * @throws AppError `invalid_input` with the failing parameters in its detail
 */
export function parseStretch(query: unknown): Stretch {
  return parseQuery(Stretch, query)
}

function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => [String(issue.path[0]), issue.code] as const)
  throw new AppError('invalid_input', Object.fromEntries(fields))
}

/**
 * One page of a list, ordered by a key that no two items share. The cursor is the last item's key, so
 * items that come or go meanwhile shift nothing.
 *
 * @param keyOf `form` is what a key looks like: a cursor of another list is refused
 * @throws AppError `invalid_input` for a cursor that is none of this list's
 */
export function pageOf<T>(
  items: readonly T[],
  { limit, cursor }: Paging,
  order: { keyOf: (item: T) => string; form: RegExp; descending?: boolean },
): { items: T[]; next: string | null } {
  const sign = order.descending ? -1 : 1
  const after = cursor === undefined ? undefined : decodeCursor(cursor, order.form)
  const compare = (a: string, b: string) => (a < b ? -sign : a > b ? sign : 0)
  const rest = items
    .map((item) => ({ item, key: order.keyOf(item) }))
    .filter(({ key }) => after === undefined || compare(key, after) > 0)
    .sort((a, b) => compare(a.key, b.key))
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  const next = rest.length > shown.length && last ? encodeCursor(last.key) : null
  return { items: shown.map(({ item }) => item), next }
}

function encodeCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url')
}

function decodeCursor(cursor: string, form: RegExp): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!form.test(key)) throw new AppError('invalid_input', { cursor: 'invalid' })
  return key
}
