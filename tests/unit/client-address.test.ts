import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAddress } from '../../server/http/client-address'

describe('the address that tries are counted by', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'unknown'],
    ['203.0.113.9:4711', '203.0.113.9:4711'],
  ])('of %s is %s', (ip, counted) => {
    expect(clientAddress(ip)).toBe(counted)
  })

  it('is nobody’s where there is none', () => {
    expect(clientAddress(undefined)).toBe('unknown')
  })

  it('is the same within a /64 and another one outside, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
        const [a, b] = [one, other].map((ip) => new URL(`http://[${ip}]`).hostname.slice(1, -1))
        expect(clientAddress(one)).toBe(clientAddress(a))
        expect(clientAddress(one).length).toBeLessThan(30)
        if (a !== b && clientAddress(one) === clientAddress(other))
          expect(clientAddress(one)).toMatch(/::\/64$/)
      }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }),
        fc.nat(3),
        (groups, at) => {
          const written = (numbers: number[]) => numbers.map((n) => n.toString(16)).join(':')
          const moved = (where: number) =>
            groups.map((group, n) => (n === where ? group ^ 0x8000 : group))
          fc.pre(groups.slice(0, 4).some((group) => group !== 0 && group !== 0x8000))
          expect(clientAddress(written(moved(4 + at)))).toBe(clientAddress(written(groups)))
          expect(clientAddress(written(moved(at)))).not.toBe(clientAddress(written(groups)))
        },
      ),
    )
  })
})
