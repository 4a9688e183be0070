import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Passkey } from '../../models/passkey'
import { PasskeyChallenge } from '../../models/passkey-challenge'
import { RecoveryCode } from '../../models/recovery-code'
import { Session } from '../../models/session'
import type { Ports } from '../../server/ports'
import {
  addPasskey,
  askNewPasskey,
  removePasskey,
  renamePasskey,
} from '../../server/services/passkeys'
import { askPasskeySignIn } from '../../server/services/passkeys-sign-in'
import { hasSecondFactor } from '../../server/services/second-factors'
import { signInByPasskey } from '../../server/services/second-factors-sign-in'
import type { Actor } from '../../shared/actor'
import { createDevice } from '../fixtures/passkeys-device'
import { createWorld, type World } from '../setup/world'

let world: World
let ports: Ports
let actor: Actor
/** Behind a proxy the host of the request is whatever; the public address counts. */
const HOST = 'twinward.example'
const FROM = { address: '192.0.2.1' }

beforeAll(async () => {
  world = await createWorld()
  ports = { ...world.ports, publicUrl: () => 'https://twinward.example' }
})
beforeEach(async () => {
  actor = await world.stranger()
})

const wrong = { code: 'invalid_input', detail: { passkey: 'wrong' } }
const late = { code: 'invalid_input', detail: { passkey: 'late' } }

async function add(device = createDevice(), answer: object = {}) {
  const options = await askNewPasskey(ports, actor, HOST)
  const passkey = device.create({ options, ...answer })
  return addPasskey(ports, actor, { name: 'Blue key', passkey }, HOST)
}

/** Sign in by a device that keeps its passkey, as browsers do without a name. */
async function signIn(device: ReturnType<typeof createDevice>, answer: object = {}) {
  const options = await askPasskeySignIn(ports, { address: '192.0.2.1', host: HOST })
  const userHandle = Buffer.from(actor.userId, 'hex').toString('base64url')
  const passkey = device.get({ options, userHandle, ...answer })
  return signInByPasskey(ports, { passkey, host: HOST, shared: false }, FROM)
}

describe('a passkey that is made', () => {
  it('is kept, counts as a second factor, and brings the first recovery codes', async () => {
    const device = createDevice()
    const { recoveryCodes } = await add(device)
    expect(recoveryCodes).toHaveLength(10)
    expect(await hasSecondFactor(actor.userId)).toBe(true)
    expect(await Passkey.findOne({ user: actor.userId }).lean()).toMatchObject({
      credentialId: device.id,
      rpId: 'twinward.example',
      name: 'Blue key',
      synced: false,
      transports: ['usb'],
    })
    const kinds = (await AuditEntry.find({ by: actor.userId }).sort({ _id: 1 }).lean()).map(
      ({ kind }) => kind,
    )
    expect(kinds).toEqual(['second-factor:added', 'recovery-codes:made'])
    const letters = await MailItem.find({ 'values.what': 'passkey-added' }).lean()
    expect(letters).toHaveLength(1)

    // the second one brings none
    expect((await add()).recoveryCodes).toBeNull()
  })

  it('is asked for with our domain, the owner, no attestation, and none that is there already', async () => {
    const device = createDevice()
    await add(device)
    const options = await askNewPasskey(ports, actor, HOST)
    expect(options).toMatchObject({
      rp: { id: 'twinward.example', name: 'Twinward' },
      attestation: 'none',
      excludeCredentials: [{ id: device.id, type: 'public-key' }],
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    })
    expect(Buffer.from(options.user.id, 'base64url').toString('hex')).toBe(actor.userId)
  })

  it.each([
    ['a foreign page', { origin: 'https://evil.example' }],
    ['another port', { origin: 'https://twinward.example:8443' }],
    ['another domain’s key', { rpId: 'evil.example' }],
    ['nobody’s touch', { present: false }],
    ['an answer to another question', { type: 'webauthn.get' }],
  ])('with %s is refused', async (_what, answer) => {
    await expect(add(createDevice(), answer)).rejects.toMatchObject(wrong)
    expect(await hasSecondFactor(actor.userId)).toBe(false)
  })

  it('is refused for a challenge that was made up, used, too old, or another session’s', async () => {
    const device = createDevice()
    await expect(add(device, { options: { challenge: 'AAAA' } })).rejects.toMatchObject(late)

    const options = await askNewPasskey(ports, actor, HOST)
    const input = { name: 'One', passkey: device.create({ options }) }
    const other = await world.stranger()
    await expect(addPasskey(ports, other, input, HOST)).rejects.toMatchObject(late)
    await addPasskey(ports, actor, input, HOST)
    await expect(addPasskey(ports, actor, input, HOST)).rejects.toMatchObject(late)

    const stale = await askNewPasskey(ports, actor, HOST)
    const later = { ...ports, clock: { now: () => new Date(Date.now() + 5 * 60_000) } }
    const again = { name: 'Two', passkey: createDevice().create({ options: stale }) }
    await expect(addPasskey(later, actor, again, HOST)).rejects.toMatchObject(late)
    expect(await PasskeyChallenge.exists({ hash: { $regex: stale.challenge } })).toBeNull()
  })

  it('that somebody else has is not moved to another account', async () => {
    const device = createDevice()
    await add(device)
    const owner = actor
    actor = await world.stranger()
    await expect(add(device)).rejects.toMatchObject(wrong)
    expect(String((await Passkey.findOne({ credentialId: device.id }).lean())?.user)).toBe(
      owner.userId,
    )
  })

  it('needs a fresh proof, and so does its removal', async () => {
    await add()
    const id = String((await Passkey.findOne({ user: actor.userId }).lean())?._id)
    const before = new Date(Date.now() - 11 * 60_000)
    await Session.collection.updateOne(
      { user: (await Passkey.findById(id).lean())?.user },
      { $set: { createdAt: before } },
    )
    const refused = { code: 'forbidden', detail: { why: 'proof-needed' } }
    await expect(askNewPasskey(ports, actor, HOST)).rejects.toMatchObject(refused)
    await expect(removePasskey(ports, actor, { id })).rejects.toMatchObject(refused)
  })

  it('is renamed and removed by its owner alone; with the last one the codes go', async () => {
    await add()
    const id = String((await Passkey.findOne({ user: actor.userId }).lean())?._id)
    const other = await world.stranger()
    const missing = { code: 'not_found' }
    await expect(renamePasskey(ports, other, { id, name: 'Mine' })).rejects.toMatchObject(missing)
    await expect(removePasskey(ports, other, { id })).rejects.toMatchObject(missing)
    await renamePasskey(ports, actor, { id, name: 'Ward tablet' })
    expect((await Passkey.findById(id).lean())?.name).toBe('Ward tablet')
    expect(await RecoveryCode.countDocuments({ user: actor.userId })).toBe(10)
    await removePasskey(ports, actor, { id })
    expect(await hasSecondFactor(actor.userId)).toBe(false)
    expect(await RecoveryCode.countDocuments({ user: actor.userId })).toBe(0)
    await expect(removePasskey(ports, actor, { id })).rejects.toMatchObject(missing)
  })
})

describe('signing in by a passkey alone', () => {
  it('begins a session, once for each question', async () => {
    const device = createDevice()
    await add(device)
    const options = await askPasskeySignIn(ports, { address: '192.0.2.1', host: HOST })
    expect(options).toMatchObject({ userVerification: 'required', rpId: 'twinward.example' })
    expect(options.allowCredentials ?? []).toEqual([])
    const userHandle = Buffer.from(actor.userId, 'hex').toString('base64url')
    const input = {
      passkey: device.get({ options, userHandle }),
      host: HOST,
      shared: false,
    }
    const [one, two] = await Promise.allSettled([
      signInByPasskey(ports, input, FROM),
      signInByPasskey(ports, input, FROM),
    ])
    expect([one.status, two.status].sort()).toEqual(['fulfilled', 'rejected'])
  })

  it.each([
    ['without a finger or PIN', { verified: false }],
    ['from a foreign page', { origin: 'https://evil.example' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['in the name of nobody', { userHandle: null }],
    ['in another name', { userHandle: Buffer.alloc(12).toString('base64url') }],
    ['with copies that it could not have', { synced: true }],
  ])('%s is refused', async (_what, answer) => {
    const device = createDevice()
    await add(device)
    await expect(signIn(device, answer)).rejects.toMatchObject(wrong)
  })

  it('is refused to a passkey that was removed, and to another key under its id', async () => {
    const device = createDevice()
    await expect(signIn(device)).rejects.toMatchObject(wrong)
    await add(device)
    const forged = { ...createDevice(), id: device.id }
    const options = await askPasskeySignIn(ports, { address: '192.0.2.1', host: HOST })
    const userHandle = Buffer.from(actor.userId, 'hex').toString('base64url')
    const answer = { ...forged.get({ options, userHandle }), id: device.id, rawId: device.id }
    const input = { passkey: answer, host: HOST, shared: false }
    await expect(signInByPasskey(ports, input, FROM)).rejects.toMatchObject(wrong)
  })

  it('is refused to a copy of the key, and recorded', async () => {
    const device = createDevice()
    await add(device)
    await signIn(device, { counter: 7 })
    await expect(signIn(device, { counter: 7 })).rejects.toMatchObject(wrong)
    await expect(signIn(device, { counter: 3 })).rejects.toMatchObject(wrong)
    await expect(signIn(device, { counter: 0 })).rejects.toMatchObject(wrong)
    const failed = await AuditEntry.find({ kind: 'second-factor:failed' })
      .where('subject.user')
      .equals(actor.userId)
      .lean()
    expect(failed.map(({ detail }) => detail)).toEqual(
      Array(3).fill({ factor: 'passkey', why: 'cloned' }),
    )
    await signIn(device, { counter: 8 })
  })

  it('goes on for ever with an authenticator that does not count', async () => {
    const device = createDevice({ counts: false })
    await add(device)
    await signIn(device)
    await signIn(device)
  })

  it('is not offered at a bare address, by http, or under another host than localhost', async () => {
    const at = (publicUrl: string, host: string) =>
      askPasskeySignIn({ ...ports, publicUrl: () => publicUrl }, { address: '192.0.2.1', host })
    const nowhere = { code: 'conflict', detail: { why: 'no-passkeys-here' } }
    await expect(at('https://192.0.2.7', '192.0.2.7')).rejects.toMatchObject(nowhere)
    await expect(at('https://[2001:db8::1]', 'x')).rejects.toMatchObject(nowhere)
    await expect(at('http://ward.example', 'ward.example')).rejects.toMatchObject(nowhere)
    await expect(at('http://localhost:3000', '127.0.0.1:3000')).rejects.toMatchObject(nowhere)
    await expect(at('http://localhost:3000', 'evil.example')).rejects.toMatchObject(nowhere)
    expect((await at('http://localhost:3000', 'localhost:3000')).rpId).toBe('localhost')
    expect((await at('https://ward.example', 'anything')).rpId).toBe('ward.example')
  })
})
