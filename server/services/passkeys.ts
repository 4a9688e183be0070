import { Types } from 'mongoose'
import { Passkey } from '../../models/passkey'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { AddPasskey, Registration } from '../../shared/schemas/second-factors'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import {
  CHALLENGE_MS,
  newPasskeyChallenge,
  type PasskeySite,
  passkeySite,
  takePasskeyChallenge,
} from './passkeys-site'
import { replaceRecoveryCodes, voidRecoveryCodes } from './recovery-codes'
import { demandFreshProof, findOwner, hasSecondFactor, noteFactor } from './second-factors'
import { inTransaction } from './transaction'

/** More devices than anybody has; keeps what a page sends and a browser is asked in bounds. */
const MOST_PASSKEYS = 20
/** EdDSA, ES256, RS256 (IANA COSE): what authenticators in use make. */
const ALGORITHMS = [-8, -7, -257]

/**
 * What the browser needs to make a passkey: no attestation is asked for, as no maker is preferred.
 *
 * @param host header of the request
 * @throws AppError `forbidden` without a fresh proof; `conflict` where passkeys cannot be, or there are
 *   too many
 */
export async function askNewPasskey(ports: Ports, actor: Actor, host: string | null) {
  await demandFreshProof(ports, actor)
  await ports.limits.take('write', actor.userId)
  const site = siteOf(ports, host)
  const user = new Types.ObjectId(actor.userId)
  const [owner, known] = await Promise.all([
    findOwner(actor),
    Passkey.find({ user }, { credentialId: 1, transports: 1, rpId: 1 }).lean(),
  ])
  if (known.length >= MOST_PASSKEYS) throw new AppError('conflict', { why: 'too-many' })
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  return generateRegistrationOptions({
    rpName: 'Twinward',
    rpID: site.rpId,
    userName: owner.email,
    userDisplayName: `${owner.name.given} ${owner.name.family}`,
    userID: new Uint8Array(Buffer.from(actor.userId, 'hex')),
    challenge: await newPasskeyChallenge(ports, { purpose: 'register', of: actor.sessionId }),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: known
      .filter(({ rpId }) => rpId === site.rpId)
      .map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    // kept on the device where it can be: then it signs in without an address and a password, too
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
}

/**
 * Keep a passkey that the browser has made.
 *
 * @returns recovery codes, for the only time, if this is the account's first second factor
 * @throws AppError `invalid_input` with `passkey: wrong` for anything but an answer to our question;
 *   `conflict`; `forbidden` without a fresh proof
 */
export async function addPasskey(
  ports: Ports,
  actor: Actor,
  { name, passkey }: Pick<AddPasskey, 'name' | 'passkey'>,
  host: string | null,
): Promise<{ recoveryCodes: string[] | null }> {
  await demandFreshProof(ports, actor)
  const site = siteOf(ports, host)
  const made = await verifyNew(ports, actor, passkey, site)
  const user = new Types.ObjectId(actor.userId)
  const recoveryCodes = await inTransaction(async (session) => {
    const isFirst = !(await hasSecondFactor(actor.userId, session))
    if ((await Passkey.countDocuments({ user }).session(session)) >= MOST_PASSKEYS)
      throw new AppError('conflict', { why: 'too-many' })
    // an id that somebody has already is refused, not moved (WebAuthn 3, §7.1 step 26)
    if (await Passkey.exists({ credentialId: made.credentialId }).session(session))
      throw new AppError('invalid_input', { passkey: 'wrong' })
    const row = { ...made, user, name, createdAt: ports.clock.now() }
    await Passkey.create([row], { session })
    await noteFactor(ports, actor.userId, 'added', 'passkey', session)
    return isFirst ? replaceRecoveryCodes(ports, actor.userId, session) : null
  })
  return { recoveryCodes }
}

async function verifyNew(ports: Ports, actor: Actor, passkey: Registration, site: PasskeySite) {
  const { response } = passkey
  const of = { purpose: 'register', of: actor.sessionId } as const
  const challenge = await takePasskeyChallenge(ports, of, response.clientDataJSON)
  if (challenge === null) throw new AppError('invalid_input', { passkey: 'late' })
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...passkey,
        response: { ...response, attestationObject: await unattested(response.attestationObject) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    // both ids are the browser's word; the one within what the authenticator made counts
    if (!registrationInfo || registrationInfo.credential.id !== passkey.id)
      throw new Error('not verified')
    const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      rpId: site.rpId,
      transports: [...response.transports],
      backupEligible: credentialDeviceType === 'multiDevice',
      synced: credentialBackedUp,
    }
  } catch (error) {
    ports.log.debug({ err: error }, 'a new passkey was refused')
    throw new AppError('invalid_input', { passkey: 'wrong' })
  }
}

/**
 * The same attestation object without its statement. We asked for none, and to check one that came all
 * the same could mean to fetch revocation lists from addresses that it names itself.
 */
async function unattested(attestationObject: string): Promise<string> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  try {
    const bytes = new Uint8Array(Buffer.from(attestationObject, 'base64url'))
    const authData = Buffer.from(decodeAttestationObject(bytes).get('authData'))
    const length = Buffer.alloc(2)
    length.writeUInt16BE(authData.length)
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
    const head = Buffer.from('\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59', 'latin1')
    return Buffer.concat([head, length, authData]).toString('base64url')
  } catch {
    throw new AppError('invalid_input', { passkey: 'wrong' })
  }
}

/** @throws AppError `not_found` for a passkey that is not theirs */
export async function renamePasskey(
  ports: Ports,
  actor: Actor,
  { id, name }: { id: string; name: string },
): Promise<void> {
  demandSelf(actor)
  await ports.limits.take('write', actor.userId)
  const { matchedCount } = await Passkey.updateOne(
    { _id: id, user: actor.userId },
    { $set: { name } },
  )
  if (matchedCount === 0) throw new AppError('not_found')
}

/**
 * Remove a passkey: it signs nobody in from now on. With the last second factor the recovery codes go
 * too.
 *
 * @throws AppError `forbidden` without a fresh proof; `not_found` for a passkey that is not theirs
 */
export async function removePasskey(
  ports: Ports,
  actor: Actor,
  { id }: { id: string },
): Promise<void> {
  await demandFreshProof(ports, actor)
  await inTransaction(async (session) => {
    const { deletedCount } = await Passkey.deleteOne({ _id: id, user: actor.userId }, { session })
    if (deletedCount === 0) throw new AppError('not_found')
    await noteFactor(ports, actor.userId, 'removed', 'passkey', session)
    if (!(await hasSecondFactor(actor.userId, session)))
      await voidRecoveryCodes(actor.userId, session)
  })
}

function siteOf({ publicUrl }: Ports, host: string | null): PasskeySite {
  const site = passkeySite(publicUrl(), host)
  if (!site) throw new AppError('conflict', { why: 'no-passkeys-here' })
  return site
}
