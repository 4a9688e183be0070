import { describe, expect, it } from 'vitest'
import { kbpsOf, type LineMeasured, verdictOf } from '../../app/features/entering/line-verdict'

const line = (fields: Partial<LineMeasured>): LineMeasured => ({
  latencyMs: 80,
  downKbps: 20_000,
  upKbps: 5_000,
  socket: true,
  ...fields,
})

describe('what a line will carry', () => {
  it.each([
    ['a good line', line({}), { text: 'yes', slideSeconds: 1, sound: 'yes', video: 'yes' }],
    [
      '256 kbit/s of a district hospital',
      line({ latencyMs: 180, downKbps: 256, upKbps: 128 }),
      { text: 'yes', slideSeconds: 3, sound: 'yes', video: 'no' },
    ],
    [
      'a phone at the edge of its net',
      line({ latencyMs: 700, downKbps: 100, upKbps: 70 }),
      { text: 'yes', slideSeconds: 6, sound: 'perhaps', video: 'no' },
    ],
    [
      'a modem',
      line({ latencyMs: 300, downKbps: 33, upKbps: 20 }),
      { text: 'yes', slideSeconds: 15, sound: 'no', video: 'no' },
    ],
    [
      'a satellite: wide and far',
      line({ latencyMs: 650 }),
      { text: 'yes', slideSeconds: 1, sound: 'perhaps', video: 'no' },
    ],
    ['no WebSocket', line({ socket: false }), { text: 'late' }],
    ['a crawl', line({ latencyMs: 2_500, downKbps: 5 }), { text: 'late', sound: 'no' }],
  ])('of %s', (_name, measured, verdict) => {
    expect(verdictOf(measured)).toMatchObject(verdict)
  })

  it('never says of a worse line that it carries more', () => {
    const rank = { no: 0, perhaps: 1, yes: 2 }
    let before = { sound: 2, video: 2, seconds: 0 }
    for (let kbps = 4_000; kbps >= 1; kbps = Math.floor(kbps * 0.9)) {
      const { sound, video, slideSeconds } = verdictOf(
        line({ latencyMs: 200 + (4_000 - kbps) / 4, downKbps: kbps, upKbps: kbps }),
      )
      expect(rank[sound]).toBeLessThanOrEqual(before.sound)
      expect(rank[video]).toBeLessThanOrEqual(before.video)
      expect(slideSeconds).toBeGreaterThanOrEqual(before.seconds)
      before = { sound: rank[sound], video: rank[video], seconds: slideSeconds }
    }
  })

  it('reckons with the wait for the first byte, and with clocks that show nothing', () => {
    expect(kbpsOf(64_000, 2_180, 180)).toBe(256)
    expect(kbpsOf(64_000, 100, 100)).toBe(51_200)
    expect(kbpsOf(64_000, 0, 0)).toBe(512_000)
  })
})
