import { type Model, Types } from 'mongoose'

type Row = Record<string, unknown>

/**
 * Rows of a collection as plain values, in the order in which they were made: ids as hex digits, times
 * as ISO-8601, `_id` as `id`.
 *
 * @param without fields that mean something to this installation alone
 */
export async function* rowsOf(
  model: Model<never>,
  filter: Row,
  without: readonly string[] = [],
): AsyncGenerator<Row> {
  const dropped = new Set(['demo', 'clientKey', ...without])
  const cursor = model.collection.find(filter, { sort: { _id: 1 }, batchSize: 500 })
  for await (const row of cursor) {
    const { _id, ...fields } = row
    const kept = Object.entries(fields).filter(([name]) => !dropped.has(name))
    yield { id: plain(_id), ...Object.fromEntries(kept.map(([k, value]) => [k, plain(value)])) }
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Types.ObjectId) return String(value)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if ('_bsontype' in value) return String(value)
  const fields = Object.entries(value)
  return Object.fromEntries(fields.map(([k, each]) => [k === '_id' ? 'id' : k, plain(each)]))
}
