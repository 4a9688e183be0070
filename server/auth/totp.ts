import { Secret, TOTP } from 'otpauth'

/** Codes as every authenticator app makes them (RFC 6238): SHA-1, six digits, a new one each 30 s. */
const SHAPE = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20
/** Steps before and after the present one whose code is taken, for clocks that differ. */
const WINDOW = 1

/** @returns a new shared secret, base32 */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/**
 * The step whose code this is, or null for a wrong one. Whoever asks sees to it that no step is taken
 * twice.
 */
export function totpStepOf(code: string, secret: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const totp = new TOTP({ ...SHAPE, secret })
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : totp.counter({ timestamp: now.getTime() }) + delta
}

/** What the QR code says: the app shows it as "Twinward: address". */
export function totpAddress(secret: string, email: string): string {
  return new TOTP({ ...SHAPE, secret, issuer: 'Twinward', label: email }).toString()
}
