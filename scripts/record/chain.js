import { createHash } from 'node:crypto'

/*
 * The chain of the record as docs/record.md describes it, read with nothing of the product's own: what
 * checks it must not share the mistakes of what made it.
 */

/** What the first row of a chain follows. */
export const BEGINNING = '0'.repeat(64)

/**
 * @typedef {{ id: string, partnership: string | null, kind: string, by: string | null,
 *   subject: Record<string, string>, detail: Record<string, string>, at: string }} Content
 * @typedef {{ seq: number, hash: string }} Head
 */

/** One chain, row after row. */
export class Chain {
  /** @type {Head} */
  head = { seq: 0, hash: BEGINNING }

  /**
   * @param {unknown} seq the place that the row says it has
   * @param {unknown} hash the hash that stands in it
   * @param {Content} content
   * @returns {string | null} what is wrong with the row, or null
   */
  add(seq, hash, content) {
    const next = this.head.seq + 1
    if (seq !== next) return `number ${next} is missing: number ${seq} follows ${this.head.seq}`
    const expected = createHash('sha256')
      .update(this.head.hash + canonical({ seq, ...content }), 'utf8')
      .digest('hex')
    if (hash !== expected) return 'its hash does not fit its content and the row before it'
    this.head = { seq: next, hash: expected }
    return null
  }
}

/**
 * JSON with sorted keys and no space (RFC 8785; the record holds strings, nulls and whole numbers).
 *
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  const fields = keys.map((key) => `${JSON.stringify(key)}:${canonical(Reflect.get(value, key))}`)
  return `{${fields.join(',')}}`
}
