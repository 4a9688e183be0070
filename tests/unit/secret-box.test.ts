import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSecretBox } from '../../server/auth/secret-box'

const box = createSecretBox('a secret of this installation')
const text = fc.string({ unit: 'binary', maxLength: 80 })

describe('the secret box', () => {
  it('gives back what was sealed, under the same words only', () => {
    fc.assert(
      fc.property(text, text, text, (plain, context, other) => {
        const sealed = box.seal(plain, context)
        // lone surrogates have no UTF-8: they come back as the replacement character
        const kept = Buffer.from(plain, 'utf8').toString('utf8')
        expect(box.open(sealed, context)).toEqual({ ok: true, plain: kept })
        if (!Buffer.from(other).equals(Buffer.from(context)))
          expect(box.open(sealed, other)).toEqual({ ok: false, why: 'damaged' })
      }),
    )
  })

  it('seals the same text differently each time', () => {
    const sealed = new Set(Array.from({ length: 100 }, () => box.seal('JBSWY3DPEHPK3PXP', 'totp')))
    expect(sealed.size).toBe(100)
  })

  it('opens nothing that was changed in any character', () => {
    const sealed = box.seal('JBSWY3DPEHPK3PXP', 'totp 1')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.string({ maxLength: 2 }), (at, instead) => {
        const changed = sealed.slice(0, at) + instead + sealed.slice(at + 1)
        fc.pre(changed !== sealed)
        expect(box.open(changed, 'totp 1').ok).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('opens nothing that was made up', () => {
    const madeUp = fc.oneof(
      text,
      text.map((rest) => `v1.${rest}`),
      fc
        .uint8Array({ maxLength: 60 })
        .map((bytes) => `v1.AAAAAAAA.${Buffer.from(bytes).toString('base64url')}`),
    )
    fc.assert(
      fc.property(madeUp, text, (sealed, context) => {
        expect(box.open(sealed, context).ok).toBe(false)
      }),
    )
  })

  it('says so when another secret sealed it', () => {
    const before = createSecretBox('an earlier secret').seal('JBSWY3DPEHPK3PXP', 'totp 1')
    expect(box.open(before, 'totp 1')).toEqual({ ok: false, why: 'other-key' })
    expect(createSecretBox('an earlier secret').open(before, 'totp 1')).toEqual({
      ok: true,
      plain: 'JBSWY3DPEHPK3PXP',
    })
  })

  it('digests the same text alike, and differently in every context and under every secret', () => {
    const other = createSecretBox('the secret of another installation')
    expect(box.digest('65f', 'poll 1')).toMatch(/^[\w-]{43}$/)
    fc.assert(
      fc.property(text, text, text, (plain, context, elsewhere) => {
        const digest = box.digest(plain, context)
        expect(createSecretBox('a secret of this installation').digest(plain, context)).toBe(digest)
        expect(other.digest(plain, context)).not.toBe(digest)
        // no letter moves from the one into the other
        expect(box.digest(`x${plain}`, context)).not.toBe(box.digest(plain, `${context}x`))
        if (elsewhere !== context) expect(box.digest(plain, elsewhere)).not.toBe(digest)
      }),
    )
  })
})
