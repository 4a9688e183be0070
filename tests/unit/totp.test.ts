import fc from 'fast-check'
import { Secret } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { newTotpSecret, totpAddress, totpStepOf } from '../../server/auth/totp'

/** RFC 6238, appendix B, SHA-1: the last six of its eight digits are the code of six digits. */
const SECRET = Secret.fromLatin1('12345678901234567890').base32
const VECTORS = [
  { seconds: 59, step: 0x1, code: '94287082' },
  { seconds: 1_111_111_109, step: 0x23523ec, code: '07081804' },
  { seconds: 1_111_111_111, step: 0x23523ed, code: '14050471' },
  { seconds: 1_234_567_890, step: 0x273ef07, code: '89005924' },
  { seconds: 2_000_000_000, step: 0x3f940aa, code: '69279037' },
  { seconds: 20_000_000_000, step: 0x27bc86aa, code: '65353130' },
]
const at = (seconds: number) => new Date(seconds * 1_000)

describe('codes of an authenticator app', () => {
  it.each(VECTORS)('are those of RFC 6238 at $seconds s', ({ seconds, step, code }) => {
    expect(totpStepOf(code.slice(2), SECRET, at(seconds))).toBe(step)
  })

  it('are taken one step early or late, and no further', () => {
    const { seconds, step, code } = { seconds: 59, step: 1, code: '287082' }
    expect(totpStepOf(code, SECRET, at(seconds - 30))).toBe(step)
    expect(totpStepOf(code, SECRET, at(seconds + 30))).toBe(step)
    expect(totpStepOf(code, SECRET, at(seconds + 31))).toBeNull()
    expect(totpStepOf(code, SECRET, at(seconds + 60))).toBeNull()
    const later = VECTORS[3]
    expect(totpStepOf('005924', SECRET, at((later?.seconds ?? 0) - 61))).toBeNull()
  })

  it('are six figures and nothing else', () => {
    const wrong = fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => text !== '287082')
    fc.assert(
      fc.property(wrong, (text) => {
        fc.pre(!/^\d{6}$/.test(text))
        expect(totpStepOf(text, SECRET, at(59))).toBeNull()
      }),
    )
    expect(totpStepOf('２８７０８２', SECRET, at(59))).toBeNull()
    expect(totpStepOf('28708²', SECRET, at(59))).toBeNull()
  })

  it('come from 160 random bits, and the app shows whose they are', () => {
    const secret = newTotpSecret()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(newTotpSecret()).not.toBe(secret)
    const address = new URL(totpAddress(secret, 'anna@hospital.example'))
    expect(address.protocol).toBe('otpauth:')
    expect(decodeURIComponent(address.pathname)).toMatch(/Twinward:\s?anna@hospital\.example$/)
    expect(address.searchParams.get('secret')).toBe(secret)
    expect(address.searchParams.get('issuer')).toBe('Twinward')
  })
})
