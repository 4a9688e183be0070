import { type DateFound, findDates } from './dates'
import { PATIENT_DATA_KINDS, type PatientDataKind } from './kinds'
import { findNames, type NameFound } from './names'
import { findNumbers } from './numbers'
import { findPhones } from './phones'

/** A piece that gives somebody away; `from` and `to` in UTF-16 code units. */
export type Piece = {
  what: 'name' | 'born' | 'number'
  from: number
  to: number
  /** Of birth. */
  year?: number
  /** “Patient” stands before the name already. */
  called?: boolean
}

/** One person's data at one place: the pieces, and all from the first to the last. */
export type Finding = { kind: PatientDataKind; from: number; to: number; pieces: readonly Piece[] }

/** How far a name may stand from what makes it a patient's, in UTF-16 code units. */
const BIRTH_REACH = 80
const NUMBER_REACH = 60
const PHONE_REACH = 40
/**
 * A date that does not say what it is, right behind a name, is one of birth up to this year: behind a
 * whole name whatever the age, for children are treated too; behind a given name and a family name,
 * which authors sign with, of those who were born before they could have.
 */
const BORN_UNTIL = { sure: 2030, known: 2009, likely: 0, beside: 0 }
/** Nothing but this stands between what is right beside each other. */
const BESIDE = /^[\s,;:(_–—-]{1,4}$/

/**
 * What in a text looks like a patient's data, in EN and RU, in the text's order.
 *
 * Linear in the length of the text: every expression has bounded quantifiers (a test reads them), so
 * that a place costs a bounded number of steps, and what stands near is found by walking two ordered
 * lists together.
 */
export function findPatientData(text: string): Finding[] {
  const numbers = findNumbers(text)
  const phones = findPhones(text).filter(({ from, to }) => !meets(numbers, from, to))
  const dates = findDates(text)
  if (numbers.length + phones.length + dates.length === 0) return []
  const names = findNames(text)

  const found: Finding[] = [
    ...numbers.map(({ kind, from, to }) => {
      const named = nearest(names, { from, to }, NUMBER_REACH, (name) => isSomebody(name))
      return finding(kind, [{ what: 'number', from, to }, ...pieceOf(named)])
    }),
    ...dates.flatMap((date) => bornAt(text, names, date)),
    ...phones.flatMap(({ from, to }) => {
      const near = (name: NameFound) =>
        (isSomebody(name) || isRightBefore(text, name, from)) && isTheirs(text, name, { from, to })
      const named = nearest(names, { from, to }, PHONE_REACH, near)
      return named ? [finding('phone', [{ what: 'number', from, to }, ...pieceOf(named)])] : []
    }),
  ]
  return found.sort((one, other) => one.from - other.from || one.to - other.to)
}

/** The kinds that were found, each once. */
export function kindsOf(found: readonly Finding[]): PatientDataKind[] {
  return PATIENT_DATA_KINDS.filter((kind) => found.some((one) => one.kind === kind))
}

function bornAt(text: string, names: readonly NameFound[], date: DateFound): Finding[] {
  const piece: Piece = { what: 'born', from: date.from, to: date.to, year: date.year }
  const isOf = (name: NameFound) => {
    const isBeside = name.to <= date.from && BESIDE.test(text.slice(name.to, date.from))
    if (date.ofBirth) return name.as !== 'staff' && (name.certainty !== 'beside' || isBeside)
    if (!isBeside || name.certainty === 'beside') return false
    if (name.as === 'patient') return true
    return name.as === null && date.year <= BORN_UNTIL[name.certainty]
  }
  const named = nearest(names, date, BIRTH_REACH, isOf)
  return named ? [finding('name-born', [...pieceOf(named), piece])] : []
}

/** Somebody of whom it is sure enough, and who does not work here. */
function isSomebody({ certainty, as }: NameFound): boolean {
  if (certainty === 'beside') return false
  return as === 'patient' || (as === null && certainty !== 'likely')
}

/** «Мария 8-912-…»: hardly a name elsewhere, but here whose number it is. */
function isRightBefore(text: string, { certainty, as, to }: NameFound, from: number): boolean {
  return certainty === 'beside' && as !== 'staff' && to < from && BESIDE.test(text.slice(to, from))
}

/** A telephone of a clinic beside a name is the clinic's. */
const OF_INSTITUTION =
  /регистратур|при[её]мн|клиник|больниц|центр|отделен|горяч|диспансер|добавочн|доб\.|hotline|clinic|hospital|cent(?:er|re)|office|front desk|extension|ext\.|department/iu

function isTheirs(text: string, name: NameFound, phone: { from: number; to: number }): boolean {
  const [from, to] = name.to <= phone.from ? [name.to, phone.from] : [phone.to, name.from]
  return (
    !OF_INSTITUTION.test(text.slice(from, to)) &&
    !/\n\s?\n|[.!?]\s\p{Lu}/u.test(text.slice(from, to))
  )
}

/** The nearest name before or after a place, within reach; a list is walked as far as it reaches. */
function nearest(
  names: readonly NameFound[],
  at: { from: number; to: number },
  reach: number,
  fits: (name: NameFound) => boolean,
): NameFound | undefined {
  let best: NameFound | undefined
  let least = reach + BEHIND + 1
  for (let place = firstFrom(names, at.from - reach - NAME_MAX); place < names.length; place++) {
    const name = names[place]
    if (!name || name.from > at.to + reach) break
    const isBefore = name.to <= at.from
    const gap = isBefore ? at.from - name.to : name.from - at.to
    // a name overlaps what was found where a word is both
    if (gap < 0) continue
    const distance = isBefore ? gap : gap + BEHIND
    if (distance >= least || !fits(name)) continue
    best = name
    least = distance
  }
  return best
}

/** A name before what belongs to it is nearer than one behind, which begins the next sentence. */
const BEHIND = 8
/** Longest name, four words of the longest kind. */
const NAME_MAX = 200

function firstFrom(names: readonly NameFound[], from: number): number {
  let [low, high] = [0, names.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((names[middle]?.from ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

function pieceOf(name: NameFound | undefined): Piece[] {
  if (!name) return []
  return [{ what: 'name', from: name.from, to: name.to, called: name.as === 'patient' }]
}

function finding(kind: PatientDataKind, pieces: readonly Piece[]): Finding {
  const ordered = [...pieces].sort((one, other) => one.from - other.from)
  const from = Math.min(...ordered.map((piece) => piece.from))
  return { kind, from, to: Math.max(...ordered.map(({ to }) => to)), pieces: ordered }
}

function meets(
  ordered: readonly { from: number; to: number }[],
  from: number,
  to: number,
): boolean {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle]?.to ?? 0) <= from) low = middle + 1
    else high = middle
  }
  const next = ordered[low]
  return next !== undefined && next.from < to
}
