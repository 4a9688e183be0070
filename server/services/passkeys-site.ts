import { createHash, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'
import { PasskeyChallenge, type PasskeyChallengeRow } from '../../models/passkey-challenge'
import type { Ports } from '../ports'

/** Where passkeys are made and asked for: a domain, and the one origin whose pages may. */
export type PasskeySite = { rpId: string; origin: string }

const LOCALHOST = /^localhost(?::\d{1,5})?$/

/**
 * Passkeys belong to a domain (WebAuthn 3, §5.1.3): the public address, by https; where that is this
 * machine, the host asked for, which must be `localhost`. At a bare IP address there are none.
 *
 * @param host header of the request
 */
export function passkeySite(publicUrl: string, host: string | null): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(publicUrl)
  if (isLoopback(hostname)) {
    if (!host || !LOCALHOST.test(host)) return null
    return { rpId: 'localhost', origin: `http://${host}` }
  }
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[')
  return protocol === 'https:' && !isAddress ? { rpId: hostname, origin } : null
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}

/** How long a challenge waits for its answer. */
export const CHALLENGE_MS = 5 * 60_000

type ChallengeOf = Pick<PasskeyChallengeRow, 'purpose' | 'of'>

/** @returns a new challenge, 256 random bits, base64url; only its hash is stored */
export async function newPasskeyChallenge(
  { clock }: Ports,
  { purpose, of }: ChallengeOf,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32))
  await PasskeyChallenge.create({
    hash: hashOf(Buffer.from(challenge).toString('base64url')),
    purpose,
    of,
    expiresAt: new Date(clock.now().getTime() + CHALLENGE_MS),
  })
  return challenge
}

const ClientData = z.object({ challenge: z.string().max(200) })

/**
 * Use up the challenge that an answer was made to.
 *
 * @param clientData of the answer, base64url, not checked yet
 * @returns the challenge, or null: unknown, too old, answered before, or asked for something else
 */
export async function takePasskeyChallenge(
  { clock }: Ports,
  { purpose, of }: ChallengeOf,
  clientData: string,
): Promise<string | null> {
  const challenge = challengeIn(clientData)
  if (challenge === null) return null
  const taken = await PasskeyChallenge.findOneAndDelete({
    hash: hashOf(challenge),
    purpose,
    of,
    expiresAt: { $gt: clock.now() },
  }).lean()
  return taken && challenge
}

function challengeIn(clientData: string): string | null {
  try {
    const parsed = ClientData.safeParse(JSON.parse(Buffer.from(clientData, 'base64url').toString()))
    return parsed.success ? parsed.data.challenge : null
  } catch {
    return null
  }
}

function hashOf(challenge: string): string {
  return createHash('sha256').update(challenge).digest('hex')
}
