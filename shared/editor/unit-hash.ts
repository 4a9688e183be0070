import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'

/**
 * A unit's text as it is compared: Unicode NFC, every kind of space (no-break ones included) one
 * plain space, quotation marks of any language one kind, nothing around it. Typography may change
 * without a translation becoming doubtful; letters, digits and punctuation may not.
 */
export function normaliseUnitText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[«»„“”‟]/g, '"')
    .replace(/[‘’‚‛‹›]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** What a unit says: its text as it is compared, and the SHA-256 of that in hex. */
export type UnitForm = { normalised: string; hash: string }

/** How many forms are kept: two languages of a thousand units, and what is being typed. */
const KEPT = 8_192
const known = new Map<string, UnitForm>()

/**
 * The form of a unit, from the texts of all its blocks in one language joined by one space: splitting
 * a paragraph between words does not change it. Remembered, so that deriving the states of a thousand
 * units at each keystroke hashes one text.
 */
export function unitForm(texts: readonly string[]): UnitForm {
  const raw = texts.length === 1 ? (texts[0] ?? '') : texts.join(' ')
  const before = known.get(raw)
  if (before) return before
  const normalised = normaliseUnitText(raw)
  const form = { normalised, hash: sha256Hex(normalised) }
  if (known.size >= KEPT) forgetOlderHalf()
  known.set(raw, form)
  return form
}

/**
 * SHA-256 in hex of a unit's normalised text. Synchronous and without Web Crypto, which browsers
 * withhold from pages on plain http.
 */
export function unitHash(texts: readonly string[]): string {
  return unitForm(texts).hash
}

function sha256Hex(text: string): string {
  return Array.from(digest(encodeUtf8(text)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Maps keep the order of insertion, so the first half is the older one. */
function forgetOlderHalf() {
  let excess = known.size / 2
  for (const key of known.keys()) {
    if (excess-- <= 0) return
    known.delete(key)
  }
}
