import { Types } from 'mongoose'
import { type Language, type LocalizedText, localized } from '../../shared/languages'

/** Rows of a list within a plan: the agenda, the links for sound and picture. */
type Row = { _id: Types.ObjectId }

/** How rows of one list are told apart, and which of their fields belong together. */
export type RowKind<R extends Row> = {
  /** By what a row is known again in another workshop, where it has another id. */
  nameOf: (row: R) => string
  /** What of a row may be carried by itself; fields that are true only together stand together. */
  parts: readonly (readonly (keyof R)[])[]
  /** Texts in both languages: each language is carried by itself. */
  texts: readonly (keyof R)[]
}

/**
 * What was done to the rows of one workshop, done to those of a later one: rows that were added, taken
 * out, moved or changed there. What only the later one has or says stays.
 *
 * @param before rows of the changed workshop @param after the same now; rows that stayed keep their id
 * @returns rows of the later one: its own keep their ids, others are new
 */
export function carryRows<R extends Row>(
  before: readonly R[],
  after: readonly R[],
  later: readonly R[],
  kind: RowKind<R>,
): R[] {
  const twins = twinsOf(before, later, kind.nameOf)
  const told = after.flatMap((row): R[] => {
    const was = before.find(({ _id }) => _id.equals(row._id))
    if (!was) return [{ ...row, _id: new Types.ObjectId() }]
    const twin = twins.get(was)
    // taken out there
    return twin ? [carryRow(was, row, twin, kind)] : []
  })
  const paired = new Set(twins.values())
  const isOwn = (row: R) => !paired.has(row)
  const places = after
    .map((row) => before.findIndex(({ _id }) => _id.equals(row._id)))
    .filter((place) => place >= 0)
  const isReordered = places.some((place, at) => place < (places[at - 1] ?? 0))
  if (isReordered) {
    return weave(
      told,
      later.filter((row) => isOwn(row) || has(told, row)),
    )
  }
  const kept = later.flatMap((row) => (isOwn(row) ? row : (has(told, row) ?? [])))
  return weave(kept, told)
}

/** A text of one workshop as it was changed, for a later one: by language. */
export function carryText(
  before: LocalizedText,
  after: LocalizedText,
  later: LocalizedText,
): LocalizedText {
  const carry = (lang: Language) =>
    (before[lang] ?? '') === (after[lang] ?? '') ? later[lang] : after[lang]
  return localized(carry('en'), carry('ru'))
}

/** The same of what must have a text. */
export function carryTitle(
  before: LocalizedText,
  after: LocalizedText,
  later: LocalizedText,
): LocalizedText {
  const title = carryText(before, after, later)
  return title.en || title.ru ? title : after
}

/** Do two values of a plan say the same? Ids, moments and texts are compared by what they say. */
export function saysSame(one: unknown, other: unknown): boolean {
  return said(one) === said(other)
}

function said(value: unknown): string {
  const sorted = (_key: string, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each
  return JSON.stringify(value, sorted)
}

function carryRow<R extends Row>(before: R, after: R, later: R, { parts, texts }: RowKind<R>): R {
  const row = { ...later }
  for (const names of parts) {
    if (names.every((name) => saysSame(before[name], after[name]))) continue
    for (const name of names) row[name] = after[name]
  }
  for (const name of texts) {
    const text = carryTitle(
      before[name] as LocalizedText,
      after[name] as LocalizedText,
      later[name] as LocalizedText,
    )
    row[name] = text as R[typeof name]
  }
  return row
}

/**
 * Which row of the later workshop is which of the changed one: those of the same name, and between
 * them, where as many are left on both sides, each by its place.
 */
function twinsOf<R extends Row>(
  before: readonly R[],
  later: readonly R[],
  nameOf: (row: R) => string,
): Map<R, R> {
  const twins = new Map<R, R>()
  const free = new Set(later)
  for (const row of before) {
    const twin = later.find((each) => free.has(each) && nameOf(each) === nameOf(row))
    if (!twin) continue
    twins.set(row, twin)
    free.delete(twin)
  }
  const here = runsOf(before, (row) => twins.get(row) ?? null)
  const there = runsOf(later, (row) => (free.has(row) ? null : row))
  for (const [start, rows] of here) {
    const others = there.get(start) ?? []
    if (others.length !== rows.length) continue
    rows.forEach((row, at) => {
      const other = others[at]
      if (other) twins.set(row, other)
    })
  }
  return twins
}

/** Rows without an anchor, by the anchor that they follow; null before the first one. */
function runsOf<R>(rows: readonly R[], anchorOf: (row: R) => R | null): Map<R | null, R[]> {
  const runs = new Map<R | null, R[]>()
  let start: R | null = null
  for (const row of rows) {
    const anchor = anchorOf(row)
    if (anchor) start = anchor
    else runs.set(start, [...(runs.get(start) ?? []), row])
  }
  return runs
}

/** Rows that are missing, each after the one that it follows in its own list. */
function weave<R extends Row>(rows: readonly R[], list: readonly R[]): R[] {
  const woven = [...rows]
  list.forEach((row, at) => {
    if (has(woven, row)) return
    const previous = list[at - 1]
    const place = previous ? woven.findIndex(({ _id }) => _id.equals(previous._id)) + 1 : 0
    woven.splice(place, 0, row)
  })
  return woven
}

function has<R extends Row>(rows: readonly R[], { _id }: R): R | undefined {
  return rows.find((row) => row._id.equals(_id))
}
