import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeEntry, encodeMessage, readEntry } from '../../server/adapters/redis-relay-codec'
import type { RoomMessage } from '../../server/ports'

type Heard = { room: string; message: RoomMessage; from: string }

function heardIn(bytes: Uint8Array, isWanted: Parameters<typeof readEntry>[1] = () => true) {
  const heard: Heard[] = []
  readEntry(bytes, isWanted, (room, message, from) => heard.push({ room, message, from }))
  return heard
}

const count = fc.nat({ max: 2 ** 32 - 1 })
const seq = fc.maxSafeNat()
const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const anyMessage: fc.Arbitrary<RoomMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('row' as const),
    gen: seq,
    epoch: seq,
    seq,
    update: fc.option(fc.uint8Array({ maxLength: 200 })),
    by: fc.array(fc.record({ user: text, clients: fc.array(count), frames: count })),
    at: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  }),
  fc.record({
    kind: fc.constant('presence' as const),
    entries: fc.array(
      fc.record({ client: count, clock: count, user: text, state: fc.option(text) }),
    ),
  }),
  fc.constant({ kind: 'presence-asked' as const }),
  fc.record({ kind: fc.constant('hash' as const), gen: seq, seq, hash: text }),
)
const anySaid = fc.array(fc.record({ room: text, message: anyMessage }), { maxLength: 8 })

const entryOf = (from: string, said: { room: string; message: RoomMessage }[]) =>
  encodeEntry(
    from,
    said.map(({ room, message }) => encodeMessage(room, message)),
  )

it('what is read is what was said, in order', () => {
  fc.assert(
    fc.property(text, anySaid, (from, said) => {
      expect(heardIn(entryOf(from, said))).toEqual(said.map((one) => ({ ...one, from })))
    }),
  )
})

it('only the rooms that are wanted are read, and nobody hears themselves', () => {
  fc.assert(
    fc.property(text, anySaid, (from, said) => {
      const wanted = said[0]?.room
      const heard = heardIn(
        entryOf(from, said),
        (_from, room) => room === undefined || room === wanted,
      )
      expect(heard.map(({ room }) => room)).toEqual(
        said.flatMap(({ room }) => (room === wanted ? [room] : [])),
      )
      expect(heardIn(entryOf(from, said), (who) => who !== from)).toEqual([])
    }),
  )
})

it('bytes that make no sense are passed over and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (junk) => {
      heardIn(junk)
      heardIn(Uint8Array.of(1, 1, 120, ...junk))
      heardIn(Uint8Array.of(1, 1, 120, 1, 121, junk.length, ...junk))
    }),
    { numRuns: 2_000 },
  )
})

it('an entry that was cut off gives what came whole, and nothing of what lies behind it', () => {
  const said = fc.array(fc.record({ room: fc.constantFrom('a', 'b'), message: anyMessage }), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(said, fc.nat(), (all, at) => {
      const whole = entryOf('x', all)
      // what lies behind the end in memory is another entry
      const memory = new Uint8Array([...whole, ...entryOf('y', all)])
      const cut = memory.subarray(0, at % whole.length)
      const isWhole = (_one: unknown, i: number) =>
        entryOf('x', all.slice(0, i + 1)).length <= cut.length
      expect(heardIn(cut)).toEqual(all.filter(isWhole).map((one) => ({ ...one, from: 'x' })))
    }),
  )
})

it('a message of a newer kind is passed over, the others are read', () => {
  const asked = encodeMessage('a', { kind: 'presence-asked' })
  const newer = Uint8Array.of(1, 'b'.charCodeAt(0), 2, 99, 7)
  const longer = Uint8Array.of(1, 'b'.charCodeAt(0), 2, 2, 7)
  expect(heardIn(encodeEntry('x', [newer, asked, longer])).map(({ room }) => room)).toEqual(['a'])
})
