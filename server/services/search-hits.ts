import type { SearchTextRow } from '../../models/search-text'
import type { SearchHit } from '../../shared/views'
import { marksOf } from '../translation/words'
import { pathOf } from './addresses'

/** Longest excerpt, and how much of it stands before the first word found, in UTF-16 code units. */
const EXCERPT_MAX = 200
const BEFORE = 60

type Found = Omit<SearchTextRow, 'terms' | 'hash'>

/** A row as the page shows it: its words around the first one found, each with its place. */
export function toSearchHit(row: Found, words: readonly string[], slug: string): SearchHit {
  const text = row.text.replace(/\s/g, ' ')
  const { excerpt, from } = cutAround(text, marksOf(text, words)[0]?.[0] ?? 0)
  const shift = excerpt.startsWith('…') && from > 0 ? 1 : 0
  return {
    kind: row.kind,
    id: String(row.of),
    title: row.title,
    lang: row.lang,
    excerpt,
    marks: marksOf(excerpt.slice(shift), words).map(([at, length]) => [at + shift, length]),
    path: pathOf(slug, { kind: row.kind, id: String(row.of), ...placeOf(row.part) }),
    at: row.at.toISOString(),
  }
}

/** Which post or paragraph a part is; `post 12`, `post 12 ru`, `unit adh-03 en`. */
function placeOf(part: string): { seq?: number; unit?: string } {
  const [what, which] = part.split(' ')
  if (what === 'post' && which) return { seq: Number(which) }
  return what === 'unit' && which ? { unit: which } : {}
}

function cutAround(text: string, first: number): { excerpt: string; from: number } {
  if (text.length <= EXCERPT_MAX) return { excerpt: text, from: 0 }
  const wished = Math.max(0, Math.min(first - BEFORE, text.length - EXCERPT_MAX + 2))
  const space = wished > 0 ? text.indexOf(' ', wished) : -1
  const from = wished > 0 ? (space >= 0 && space < first ? space + 1 : Math.min(wished, first)) : 0
  const room = EXCERPT_MAX - (from > 0 ? 2 : 1)
  const rest = text.slice(from)
  if (rest.length <= room) return { excerpt: `${from > 0 ? '…' : ''}${whole(rest)}`, from }
  const last = rest.lastIndexOf(' ', room)
  const end = last > room / 2 ? last : room
  return { excerpt: `${from > 0 ? '…' : ''}${whole(rest.slice(0, end))}…`, from }
}

/** Without half of a character beyond the basic plane at either end. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}
