import {
  AUDIENCE,
  MARKED,
  planPartOf,
  planParts,
  ROW_LISTS,
  ROW_PARTS,
  rowsIn,
} from '../../../shared/plan-parts'
import { joinRows, joinSeen } from '../../../shared/seen-words'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'
import { withoutEmptyRows } from './read-plan'

type Fields = Readonly<Record<string, string>>
type RowList = (typeof ROW_LISTS)[number]

/** What somebody else has saved where the reader has written something else. */
export type PlanClash =
  /** `theirs`: the values of their form that it is about; `name`: the field in the joined form. */
  | { kind: 'field'; name: string; field: string; theirs: Fields }
  /** A row that one of the two has taken out, and the other changed; it is in the joined form. */
  | { kind: 'gone' | 'back'; name: string; theirs: Fields }
  /** Both have put the rows into another order. */
  | { kind: 'order'; name: string; theirs: readonly Fields[] }

const MOST: Record<RowList, number> = {
  agenda: WORKSHOP_LIMITS.agendaRows,
  channels: WORKSHOP_LIMITS.channels,
}

/**
 * The form of a plan that came too late, joined with the plan as it is by now: what its reader changed
 * is as they typed it, all else is as it is stored.
 *
 * @param typed the fields of the form, with what it was opened with
 * @param now the same of the stored plan
 * @returns `isAlike`: something of what is to be the later ones’, too, is stored for this one already
 */
export function joinPlanForm(
  typed: Fields,
  now: Fields,
): { values: Record<string, string>; clashes: PlanClash[]; isAlike: boolean } {
  const { base: _base, seen = '', acknowledged: _asked, ...sent } = typed
  const mine = withoutEmptyRows(sent)
  const joined = joinSeen(seen, planParts(mine), planParts(now))
  const isOwn = (name: string) => name.split('.').length < 3
  const names = [...new Set([...Object.keys(now), ...Object.keys(mine)])].filter(isOwn)
  const values = Object.fromEntries(
    names.map((name) => {
      // what is no part of a plan is nobody else's
      const isMine = joined.isMine(planPartOf(name)) || !(name in now || isMark(name))
      return [name, (isMine ? mine : now)[name] ?? '']
    }),
  )
  const clashes: PlanClash[] = joined.both
    .filter(isOwn)
    .map((name) => ({ kind: 'field', name, field: name, theirs: now }))
  for (const list of ROW_LISTS) {
    const here = new Map(rowsIn(mine, list).map(({ id, at }) => [id, rowAt(mine, list, at)]))
    const there = new Map(rowsIn(now, list).map(({ id, at }) => [id, rowAt(now, list, at)]))
    const order = { seen, list, mine: [...here.keys()], theirs: [...there.keys()] }
    const rows = joinRows(joined, order)
    // more than a plan may have: whoever reads it chooses among all that there are, begun with their own
    const isTooLong = rows.ids.length > MOST[list]
    const ids = isTooLong ? rows.ids.filter((id) => here.has(id)) : rows.ids
    if (rows.isBoth || isTooLong) {
      clashes.push({ kind: 'order', name: list, theirs: [...there.values()] })
    }
    ids.forEach((id, at) => {
      const [own, other] = [here.get(id), there.get(id)]
      const row =
        own && other
          ? pickRow(list, own, other, (part) => joined.isMine(`${list}.${id}.${part}`))
          : (own ?? other ?? {})
      for (const [field, value] of Object.entries(row)) values[`${list}.${at}.${field}`] = value
      const told = joined.both.filter((part) => part.startsWith(`${list}.${id}.`))
      const name = `${list}.${at}`
      if (told.length === 0) return
      if (!own || !other) {
        clashes.push({ kind: own ? 'gone' : 'back', name, theirs: other ?? {} })
        return
      }
      for (const part of told) {
        const field = part.slice(`${list}.${id}.`.length)
        clashes.push({ kind: 'field', name: `${name}.${field}`, field, theirs: other })
      }
    })
  }
  return { values, clashes, isAlike: typed.scope === 'later' && joined.isAlike }
}

function isMark(name: string): boolean {
  return [...MARKED, AUDIENCE].some((list) => name.startsWith(`${list}.`))
}

function rowAt(fields: Fields, list: RowList, at: number): Fields {
  const start = `${list}.${at}.`
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      name.startsWith(start) ? [[name.slice(start.length), value] as const] : [],
    ),
  )
}

function pickRow(
  list: RowList,
  mine: Fields,
  theirs: Fields,
  isMine: (part: string) => boolean,
): Fields {
  const picked = Object.entries(ROW_PARTS[list]).flatMap(([part, names]) =>
    names.map((name: string) => [name, (isMine(part) ? mine : theirs)[name] ?? ''] as const),
  )
  return { ...theirs, ...Object.fromEntries(picked) }
}
