import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KnownChanges } from '../../app/lib/known-changes'
import { runs } from '../setup/runs'

const number = fc.nat({ max: 25 })
const arrival = fc.oneof(
  { weight: 4, arbitrary: number.map((rev) => ({ kind: 'one' as const, rev })) },
  { weight: 1, arbitrary: number.map((rev) => ({ kind: 'all up to' as const, rev })) },
)

describe('what a page knows of changes', () => {
  it('reaches as far as there is no hole, whatever the order and repetition of arrivals', () => {
    fc.assert(
      fc.property(number, fc.array(arrival, { maxLength: 60 }), (start, arrivals) => {
        const changes = new KnownChanges(start)
        const known = new Set(numbersTo(start))
        for (const { kind, rev } of arrivals) {
          if (kind === 'one') changes.hear(rev)
          else changes.reach(rev)
          for (const each of kind === 'one' ? [rev] : numbersTo(rev)) known.add(each)

          let whole = 0
          while (known.has(whole + 1)) whole += 1
          expect(changes.rev).toBe(whole)
          expect(changes.hasGap).toBe([...known].some((each) => each > whole))
        }
      }),
      runs(400),
    )
  })

  it('has no gap once all has come, in any order and half of it twice', () => {
    const all = numbersTo(20)
    const orders = fc.shuffledSubarray([...all, ...all.slice(0, 10)], { minLength: 30 })
    fc.assert(
      fc.property(orders, (order) => {
        const changes = new KnownChanges(0)
        for (const rev of order) changes.hear(rev)
        expect([changes.rev, changes.hasGap]).toEqual([20, false])
      }),
      runs(100),
    )
  })
})

function numbersTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1)
}
