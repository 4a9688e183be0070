import { createHash } from 'node:crypto'
import type { AuditEntryRow } from '../../models/audit-entry'

/** The chain over all rows of an installation. */
export const INSTALLATION = 'installation'
/** The chain over the rows of no partnership. */
export const PROGRAMME = 'programme'
/** What the first row of a chain follows. */
export const BEGINNING = '0'.repeat(64)

/** Where a chain has got to. */
export type Head = { seq: number; hash: string }
export const EMPTY: Head = { seq: 0, hash: BEGINNING }

/** What of a row is sealed. */
export type Sealed = Pick<
  AuditEntryRow,
  '_id' | 'partnership' | 'kind' | 'by' | 'subject' | 'detail' | 'at'
>

/** The chain that a row belongs to besides the installation's. */
export function chainOf({ partnership }: Pick<Sealed, 'partnership'>): string {
  return partnership ? String(partnership) : PROGRAMME
}

/**
 * The next link: SHA-256 over the hash before, in hex, and the row as canonical JSON (RFC 8785).
 * `scripts/record/chain.js` reads the same rule, apart from this, and a test holds the two together.
 */
export function link(head: Head, row: Sealed): Head {
  const seq = head.seq + 1
  const hash = createHash('sha256')
    .update(head.hash)
    .update(canonical({ seq, ...contentOf(row) }))
    .digest('hex')
  return { seq, hash }
}

/** A row as it is exported and sealed: ids in hex, its time in UTC with milliseconds. */
export function contentOf({ _id, partnership, kind, by, subject, detail, at }: Sealed) {
  return {
    id: String(_id),
    partnership: partnership ? String(partnership) : null,
    kind,
    by: by ? String(by) : null,
    subject,
    detail,
    at: at.toISOString(),
  }
}

/** JSON with the keys of every object in the order of their UTF-16 code units, and no space. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
  return `{${fields.join(',')}}`
}
