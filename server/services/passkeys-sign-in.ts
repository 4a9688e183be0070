import { Types } from 'mongoose'
import { Passkey, type PasskeyRow } from '../../models/passkey'
import { AppError } from '../../shared/errors'
import type { Assertion } from '../../shared/schemas/second-factors'
import type { Ports } from '../ports'
import {
  CHALLENGE_MS,
  newPasskeyChallenge,
  type PasskeySite,
  passkeySite,
  takePasskeyChallenge,
} from './passkeys-site'
import { noteFailure } from './second-factors'

/** Whose passkey is asked for, and on behalf of what: a half-done sign-in, or a session. */
type Asked = { userId: string; of: string; host: string | null }

/** The domain of passkeys at the address that was asked for; null where there can be none. */
export function passkeyDomain(
  { publicUrl }: Pick<Ports, 'publicUrl'>,
  host: string | null,
): string | null {
  return passkeySite(publicUrl(), host)?.rpId ?? null
}

/**
 * What the browser needs to sign with one of this account's passkeys.
 *
 * @throws AppError `conflict` where passkeys cannot be; `not_found` when there are none
 */
export async function askPasskey(ports: Ports, { userId, of, host }: Asked) {
  const site = siteOf(ports, host)
  const user = new Types.ObjectId(userId)
  const known = await Passkey.find({ user, rpId: site.rpId }).lean()
  if (known.length === 0) throw new AppError('not_found')
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: await newPasskeyChallenge(ports, { purpose: 'second', of }),
    timeout: CHALLENGE_MS,
    userVerification: 'preferred',
    allowCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
  })
}

/** Did one of this account's passkeys sign what was asked? */
export async function provePasskey(
  ports: Ports,
  { userId, of, host, passkey }: Asked & { passkey: Assertion },
): Promise<boolean> {
  const site = siteOf(ports, host)
  const challenge = await takePasskeyChallenge(
    ports,
    { purpose: 'second', of },
    passkey.response.clientDataJSON,
  )
  if (challenge === null) return false
  const row = await Passkey.findOne({ credentialId: passkey.id, user: userId }).lean()
  return row !== null && (await isSignedBy(ports, row, { passkey, challenge, site, alone: false }))
}

/**
 * What the browser needs to sign somebody in who has not said who they are: the authenticator asks for
 * a finger or a PIN, so the passkey counts as both factors.
 *
 * @param address of the client, for the rate limit
 */
export async function askPasskeySignIn(
  ports: Ports,
  { address, host }: { address: string; host: string | null },
) {
  await ports.limits.take('sign-in-address', address)
  const site = siteOf(ports, host)
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: await newPasskeyChallenge(ports, { purpose: 'sign-in', of: '' }),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  })
}

/**
 * Whose passkey signed?
 *
 * @returns the user's id
 * @throws AppError `invalid_input` with `passkey: wrong`, whatever was wrong
 */
export async function readPasskeySignIn(
  ports: Ports,
  { passkey, host }: { passkey: Assertion; host: string | null },
): Promise<string> {
  const site = siteOf(ports, host)
  const challenge = await takePasskeyChallenge(
    ports,
    { purpose: 'sign-in', of: '' },
    passkey.response.clientDataJSON,
  )
  if (challenge === null) throw new AppError('invalid_input', { passkey: 'late' })
  const row = await Passkey.findOne({ credentialId: passkey.id }).lean()
  const signed = row && (await isSignedBy(ports, row, { passkey, challenge, site, alone: true }))
  if (!row || !signed) throw new AppError('invalid_input', { passkey: 'wrong' })
  return String(row.user)
}

/** @param alone without a password before it: the authenticator must know its owner */
async function isSignedBy(
  ports: Ports,
  row: PasskeyRow,
  {
    passkey,
    challenge,
    site,
    alone,
  }: { passkey: Assertion; challenge: string; site: PasskeySite; alone: boolean },
): Promise<boolean> {
  const userId = String(row.user)
  const { userHandle } = passkey.response
  const handle = Buffer.from(userId, 'hex').toString('base64url')
  // one asked for by nobody's name must say whose it is (WebAuthn 3, §7.2 step 6)
  const isOwners = userHandle ? userHandle === handle : !alone
  const verified = isOwners ? await verify(ports, row, { passkey, challenge, site, alone }) : null
  if (!verified) {
    await noteFailure(ports, userId, 'passkey', 'wrong')
    return false
  }
  const { newCounter, credentialBackedUp } = verified
  // the condition and the write are one: each count is taken once, by one process
  const counted = newCounter === 0 ? { counter: 0 } : { counter: { $lt: newCounter } }
  const { matchedCount } = await Passkey.updateOne(
    { _id: row._id, ...counted },
    { $set: { counter: newCounter, synced: credentialBackedUp, usedAt: ports.clock.now() } },
  )
  // a count that stands still or goes back: somebody has copied the key
  if (matchedCount === 0) await noteFailure(ports, userId, 'passkey', 'cloned')
  return matchedCount > 0
}

async function verify(
  { log }: Ports,
  row: PasskeyRow,
  {
    passkey,
    challenge,
    site,
    alone,
  }: { passkey: Assertion; challenge: string; site: PasskeySite; alone: boolean },
) {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...passkey,
        response: { ...passkey.response, userHandle: passkey.response.userHandle ?? undefined },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: row.credentialId,
        publicKey: new Uint8Array(Buffer.from(row.publicKey, 'base64url')),
        counter: 0, // compared by us, together with its write
      },
      requireUserVerification: alone,
    })
    const eligible = authenticationInfo.credentialDeviceType === 'multiDevice'
    return verified && eligible === row.backupEligible ? authenticationInfo : null
  } catch (error) {
    log.debug({ err: error }, 'an answer of a passkey was refused')
    return null
  }
}

function siteOf({ publicUrl }: Ports, host: string | null): PasskeySite {
  const site = passkeySite(publicUrl(), host)
  if (!site) throw new AppError('conflict', { why: 'no-passkeys-here' })
  return site
}
