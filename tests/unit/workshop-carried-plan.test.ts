import fc from 'fast-check'
import { Types } from 'mongoose'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { carryRows, carryText, type RowKind } from '../../server/services/workshop-carried-rows'
import type { LocalizedText } from '../../shared/languages'
import { wallClockAt } from '../../shared/wall-clock'
import { movedLike } from '../../shared/workshop-series'

const ZONES = ['America/New_York', 'Europe/Moscow', 'Australia/Lord_Howe', 'UTC'] as const
const at = (iso: string) => Date.parse(iso)

describe('movedLike', () => {
  const zone = fc.constantFrom(...ZONES)
  const minutes = fc.integer({
    min: at('2026-01-01T00:00Z') / 60_000,
    max: at('2031-01-01T00:00Z') / 60_000,
  })
  const moment = minutes.map((minute) => minute * 60_000)

  it('moves by the difference on the wall clock, as Temporal does', () => {
    const shift = fc.integer({ min: -40 * 24 * 60, max: 40 * 24 * 60 })
    fc.assert(
      fc.property(zone, moment, moment, shift, (timeZone, this_, later, by) => {
        const from = { wall: wallClockAt(this_, timeZone), timeZone }
        const wall = new Date(at(`${from.wall}Z`) + by * 60_000).toISOString().slice(0, 16)
        const expected = Temporal.Instant.fromEpochMilliseconds(later)
          .toZonedDateTimeISO(timeZone)
          .toPlainDateTime()
          .add({ minutes: by })
          .toZonedDateTime(timeZone, { disambiguation: 'compatible' })
        const moved = movedLike(from, { wall, timeZone }, { at: later, timeZone })
        expect(moved).toEqual({ at: by === 0 ? later : expected.epochMilliseconds, timeZone })
      }),
      { numRuns: 300 },
    )
  })

  it('keeps the hour that is read on the clock when the planning zone is another', () => {
    const from = { wall: '2026-10-20T09:00', timeZone: 'America/New_York' }
    const to = { wall: '2026-10-20T16:00', timeZone: 'Europe/Moscow' }
    const later = { at: at('2026-11-03T14:00Z'), timeZone: 'America/New_York' }
    // the clocks of New York have gone back meanwhile
    const moved = { at: at('2026-11-03T13:00Z'), timeZone: 'Europe/Moscow' }
    expect(movedLike(from, to, later)).toEqual(moved)
    expect(movedLike(from, { ...to, wall: 'T' }, later)).toBeNull()
  })
})

type Row = { _id: Types.ObjectId; title: LocalizedText; minutes: number; speaker: string }
const KIND: RowKind<Row> = {
  nameOf: ({ title }) => title.en ?? '',
  parts: [['minutes'], ['speaker']],
  texts: ['title'],
}
const row = (en: string, minutes = 10, speaker = '') => {
  return { _id: new Types.ObjectId(), title: { en }, minutes, speaker }
}
const copies = (rows: readonly Row[]) =>
  rows.map((each) => ({ ...each, _id: new Types.ObjectId() }))
const said = (rows: readonly Row[]) => rows.map(({ _id: _, ...words }) => words)

describe('carryRows', () => {
  const rows = fc.array(
    fc.record({ en: fc.constantFrom('A', 'B', 'C', 'D'), minutes: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 5 },
  )
  const plan = rows.map((all) => all.map(({ en, minutes }) => row(en, minutes)))
  /** The same plan after an edit: rows moved, taken out, changed and added. */
  const edit = fc.tuple(plan, plan, fc.infiniteStream(fc.nat(9))).map(([before, added, stream]) => {
    const draw = () => Number(stream.next().value)
    const stayed = before
      .filter(() => draw() > 1)
      .map((each) => (draw() > 5 ? { ...each, minutes: 9, title: { en: 'E' } } : each))
    const mixed = [...stayed, ...added].map((each) => ({ each, place: draw() }))
    const after = mixed.sort((one, other) => one.place - other.place).map(({ each }) => each)
    return { before, after }
  })

  it('makes one that was planned like it like it again, and keeps what only the later one has', () => {
    fc.assert(
      fc.property(edit, plan, ({ before, after }, others) => {
        const twin = copies(before)
        expect(said(carryRows(before, after, twin, KIND))).toEqual(said(after))
        expect(carryRows(before, before, others, KIND)).toEqual(others)
        const own = others.map((each, n) => ({ ...each, title: { en: `own ${n}` } }))
        const mixed = carryRows(before, after, [...twin, ...own], KIND)
        const kept = mixed.filter(({ title }) => title.en?.startsWith('own'))
        expect(kept).toEqual(own)
      }),
      { numRuns: 300 },
    )
  })

  it('changes of a row what was changed, also where the later one calls it otherwise', () => {
    const before = [row('Case', 30, 'Ann'), row('Questions')]
    const later = [row('Another case', 30, 'Boris'), row('Questions', 20), row('Thanks')]
    const [first, second] = before as [Row, Row]
    const after = [row('Break', 5), second, { ...first, minutes: 45 }]
    expect(said(carryRows(before, after, later, KIND))).toEqual(
      said([
        row('Break', 5),
        row('Questions', 20),
        row('Thanks'),
        row('Another case', 45, 'Boris'),
      ]),
    )
  })
})

describe('carryText', () => {
  it('carries each language by itself', () => {
    const before = { en: 'Doses', ru: 'Дозы' }
    expect(carryText(before, { en: 'Doses', ru: 'Приём' }, { en: 'Visits' })).toEqual({
      en: 'Visits',
      ru: 'Приём',
    })
  })
})
