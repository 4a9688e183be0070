import { type AnyBulkWriteOperation, type ClientSession, Types } from 'mongoose'
import { Attention, type AttentionRow } from '../../models/attention'
import { Mark } from '../../models/mark'
import { Notification } from '../../models/notification'
import type { UnitStatus } from '../../shared/editor/alignment'
import { LANGUAGES, type Language, otherLanguage } from '../../shared/languages'
import type { RoomAddress } from '../ports'
import type { Notice } from './notify'

/** Who last changed a document, and when. */
export type Editing = { userId: string | null; at: Date }

/** Who wrote the present text of units, by unit; asked only when somebody has to be told. */
export type AuthorsOf = (
  units: readonly string[],
) => Promise<ReadonlyMap<string, readonly string[]>>

/** Who last changed what a need is about, and when: of a drift, that unit's text in that language. */
export type EditingOf = (need: Pick<Need, 'kind' | 'unit' | 'needs'>) => Editing

/** What in a text somebody has to see to: of `AttentionRow`, what follows from the text alone. */
type Need = Pick<
  AttentionRow,
  'kind' | 'needs' | 'unit' | 'number' | 'base' | 'before' | 'after' | 'count'
>

/** What became of a protocol's list of what needs attention. */
export type AttentionChange = {
  fresh: readonly Need[]
  changed: readonly Need[]
  gone: readonly Pick<AttentionRow, '_id' | 'unit'>[]
  /** The same need at another place of the page: nobody's doing, so that it keeps whose it was. */
  renumbered: readonly Need[]
}

/**
 * Compare what a text needs with what was noted of it before.
 *
 * @param numbers by which its units are cited
 */
export async function compareAttention(
  at: RoomAddress,
  units: readonly UnitStatus[],
  numbers: ReadonlyMap<string, string>,
  session?: ClientSession,
): Promise<AttentionChange> {
  const known = await Attention.find({ partnership: at.partnership, protocol: at.room })
    .session(session ?? null)
    .lean()
  const before = new Map(known.map((row) => [keyOf(row), row]))
  const needs = needsOf(units).map((need) => ({
    ...need,
    number: (need.unit !== null && numbers.get(need.unit)) || null,
  }))
  const wanted = new Set(needs.map(keyOf))
  return {
    fresh: needs.filter((need) => before.get(keyOf(need))?.base !== need.base),
    changed: needs.filter((need) => {
      const row = before.get(keyOf(need))
      return row?.base === need.base && (row.after !== need.after || row.count !== need.count)
    }),
    gone: known.filter((row) => !wanted.has(keyOf(row))),
    renumbered: needs.filter((need) => {
      const row = before.get(keyOf(need))
      return row !== undefined && (row.number ?? null) !== need.number
    }),
  }
}

/** Were this document's drifts ever noted? */
export async function isNoted(at: RoomAddress): Promise<boolean> {
  const drift = { partnership: at.partnership, protocol: at.room, kind: 'drift' as const }
  return (await Attention.exists(drift)) !== null
}

/** Write the comparison down. */
export async function noteAttention(
  at: RoomAddress,
  { fresh, changed, gone, renumbered }: AttentionChange,
  editingOf: EditingOf,
  session?: ClientSession,
): Promise<void> {
  const place = {
    partnership: new Types.ObjectId(at.partnership),
    protocol: new Types.ObjectId(at.room),
  }
  const writes: AnyBulkWriteOperation<AttentionRow>[] = [...fresh, ...changed].map((need) => {
    const { unit, needs, ...state } = need
    const { userId, at } = editingOf(need)
    const by = userId === null ? null : new Types.ObjectId(userId)
    return {
      updateOne: {
        filter: { ...place, unit, needs },
        update: { $set: { ...state, by, at } },
        upsert: true,
      },
    }
  })
  for (const { unit, needs, number } of renumbered) {
    writes.push({
      updateOne: {
        filter: { ...place, unit, needs },
        update: { $set: { number: number ?? null } },
      },
    })
  }
  for (const { _id } of gone) writes.push({ deleteOne: { filter: { _id } } })
  if (writes.length > 0) await Attention.bulkWrite(writes, session ? { session } : {})
}

/**
 * Notices of what has drifted just now, to everybody who ever marked the paragraph and to those who
 * wrote it. The event is named by what was marked: one drift is told once, however long it is typed on.
 */
export async function driftNotices(
  at: RoomAddress,
  { fresh }: Pick<AttentionChange, 'fresh'>,
  editingOf: EditingOf,
  authorsOf?: AuthorsOf,
): Promise<Notice[]> {
  // of a unit that has drifted in both languages, the later change is what is told
  const drifts = new Map<string, { base: string; editing: Editing }>()
  for (const need of fresh) {
    const { kind, unit, base } = need
    if (kind !== 'drift' || !unit) continue
    const [known, editing] = [drifts.get(unit)?.editing, editingOf(need)]
    if (!known || known.at < editing.at) drifts.set(unit, { base, editing })
  }
  if (drifts.size === 0) return []
  const units = [...drifts.keys()]
  const [marks, authors] = await Promise.all([
    Mark.find(
      { partnership: at.partnership, protocol: at.room, unit: { $in: units } },
      { _id: 0, unit: 1, by: 1 },
    ).lean(),
    authorsOf?.(units),
  ])
  return [...drifts].map(([unit, { base, editing }]) => ({
    kind: 'drift',
    partnership: at.partnership,
    event: driftEvent(at, unit, base),
    by: editing.userId,
    to: [
      ...marks.flatMap((mark) => (mark.unit === unit ? [mark.by] : [])),
      ...(authors?.get(unit) ?? []),
    ],
    protocol: at.room,
    unit,
    at: editing.at,
  }))
}

/**
 * A drift that is over before it was read was never worth a word.
 *
 * @returns whose count has changed
 */
export async function withdrawDrifts(
  at: RoomAddress,
  { fresh, gone }: AttentionChange,
  standing: readonly UnitStatus[],
  session: ClientSession,
): Promise<string[]> {
  const over = [...gone, ...fresh].flatMap(({ unit }) => unit ?? [])
  if (over.length === 0) return []
  const events = needsOf(standing).flatMap(({ unit, base }) =>
    unit ? [driftEvent(at, unit, base)] : [],
  )
  const filter = {
    partnership: at.partnership,
    protocol: at.room,
    unit: { $in: over },
    kind: 'drift' as const,
    readAt: null,
    event: { $nin: events },
  }
  const rows = await Notification.find(filter, { user: 1 }).session(session).lean()
  if (rows.length === 0) return []
  await Notification.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { session })
  return [...new Set(rows.map(({ user }) => String(user)))]
}

/** Names a drift by what was marked; told once. */
export function driftEvent(at: RoomAddress, unit: string, base: string): string {
  return `drift ${at.room} ${unit} ${base}`
}

function keyOf({ unit, needs }: Pick<AttentionRow, 'unit' | 'needs'>): string {
  return `${unit ?? ''} ${needs}`
}

function needsOf(units: readonly UnitStatus[]): Need[] {
  const missing = LANGUAGES.flatMap((needs): Need[] => {
    const count = units.filter(
      ({ state, missingIn }) => missingIn === needs && (state === 'missing' || state === 'extra'),
    ).length
    const none = { unit: null, base: '', before: '', after: '' }
    return count > 0 ? [{ kind: 'missing', needs, count, ...none }] : []
  })
  return [...missing, ...units.flatMap(driftsOf)]
}

function driftsOf({ unit, state, from, to, entry, text }: UnitStatus): Need[] {
  if (!entry || !from || !to) return []
  const sides: Partial<Record<typeof state, Language[]>> = {
    'source-changed': [from],
    'target-changed': [to],
    'both-changed': [from, to],
  }
  return (sides[state] ?? []).map((lang) => ({
    kind: 'drift',
    needs: otherLanguage(lang),
    unit,
    base: baseOf(entry),
    ...aroundChange(lang === from ? entry.srcText : entry.tgtText, text[lang]),
    count: 1,
  }))
}

/** What was marked, for telling one state from another. */
export function baseOf({ src, tgt }: { src: string; tgt: string }): string {
  return `${src.slice(0, 24)}${tgt.slice(0, 24)}`
}

/** Characters of unchanged text around a change, and of a text altogether. */
const AROUND = 60
const SHOWN = 240

/** Two states of a text, without most of what they share at their beginning and end; cut at spaces. */
export function aroundChange(before: string, after: string): { before: string; after: string } {
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && before[head] === after[head]) head++
  let tail = 0
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const start = head > AROUND ? before.lastIndexOf(' ', head - AROUND) + 1 : 0
  const cut = (text: string) => {
    const rest = text.length - tail
    const space = text.indexOf(' ', rest + AROUND)
    const end = Math.min(space < 0 ? text.length : space, start + SHOWN)
    const shown = text.slice(start, end).replace(/[\uD800-\uDBFF]$/, '')
    return `${start > 0 ? '…' : ''}${shown}${end < text.length ? '…' : ''}`
  }
  return { before: cut(before), after: cut(after) }
}
