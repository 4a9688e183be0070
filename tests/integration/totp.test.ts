import { Types } from 'mongoose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import { hashPassword } from '../../server/auth/passwords'
import { readBearer } from '../../server/auth/sessions'
import type { Ports } from '../../server/ports'
import { hasSecondFactor, isFresh } from '../../server/services/second-factors'
import { proveAnew, readProofWays } from '../../server/services/second-factors-proof'
import { beginTotp, confirmTotp, removeTotp } from '../../server/services/totp'
import type { Actor } from '../../shared/actor'
import { codeOf, NOW, withTotp, wrongCodeOf } from '../fixtures/second-factors'
import { createWorld, type World } from '../setup/world'

let world: World
let ports: Ports
let actor: Actor

beforeAll(async () => {
  world = await createWorld()
  ports = { ...world.ports, clock: { now: () => NOW } }
})
beforeEach(async () => {
  actor = await world.stranger()
})

/** The same person in another browser. */
async function elsewhere(): Promise<Actor> {
  const bearer = await readBearer({ headers: { cookie: await world.cookie(actor) } }, new Date())
  if (!bearer) throw new Error('no session')
  return bearer.actor
}

/** The session began a while ago. */
async function grow(minutes: number): Promise<void> {
  const createdAt = new Date(NOW.getTime() - minutes * 60_000)
  const _id = new Types.ObjectId(actor.sessionId)
  await Session.collection.updateOne({ _id }, { $set: { createdAt } })
}

const notFresh = { code: 'forbidden', detail: { why: 'proof-needed' } }

describe('an authenticator app', () => {
  it('counts from its first code on, not before', async () => {
    const { secret, email, address } = await beginTotp(ports, actor)
    expect(address).toContain(encodeURIComponent(email))
    expect(await hasSecondFactor(actor.userId)).toBe(false)
    const wrong = confirmTotp(ports, actor, { code: wrongCodeOf(secret) })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_input', detail: { code: 'wrong' } })
    expect(await hasSecondFactor(actor.userId)).toBe(false)
    const { recoveryCodes } = await confirmTotp(ports, actor, { code: codeOf(secret) })
    expect(recoveryCodes).toHaveLength(10)
    expect(await hasSecondFactor(actor.userId)).toBe(true)
    const row = await Authenticator.findOne({ user: actor.userId }).lean()
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(row?.expiresAt).toBeUndefined()
    expect(await MailItem.countDocuments({ 'values.what': 'totp-added' })).toBe(1)
    const facts = await AuditEntry.find({ by: actor.userId }).sort({ _id: 1 }).lean()
    expect(facts.map(({ kind }) => kind)).toEqual(['second-factor:added', 'recovery-codes:made'])

    // there is one: a second is not begun, nor the first confirmed again
    const conflict = { code: 'conflict' }
    await expect(beginTotp(ports, actor)).rejects.toMatchObject(conflict)
    const again = confirmTotp(ports, actor, { code: codeOf(secret, 1) })
    await expect(again).rejects.toMatchObject(conflict)
  })

  it('shows the same secret until then, but not to another session', async () => {
    const [one, two] = await Promise.all([beginTotp(ports, actor), beginTotp(ports, actor)])
    expect(two.secret).toBe(one.secret)
    expect((await beginTotp(ports, actor)).secret).toBe(one.secret)
    const other = await elsewhere()
    expect((await beginTotp(ports, other)).secret).not.toBe(one.secret)
    const stale = confirmTotp(ports, actor, { code: codeOf(one.secret) })
    await expect(stale).rejects.toMatchObject({ code: 'conflict', detail: { why: 'not-begun' } })
  })

  it('is confirmed once when its first code comes twice at once', async () => {
    const { secret } = await beginTotp(ports, actor)
    const code = codeOf(secret)
    const both = await Promise.allSettled([
      confirmTotp(ports, actor, { code }),
      confirmTotp(ports, actor, { code }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await MailItem.countDocuments({ 'values.what': 'recovery-codes' })).toBe(0)
  })

  it('waits an hour for its first code', async () => {
    const { secret } = await beginTotp(ports, actor)
    await Authenticator.updateOne({ user: actor.userId }, { $set: { expiresAt: NOW } })
    expect((await beginTotp(ports, actor)).secret).not.toBe(secret)
  })

  it('is set up after ten tries of codes only a while later', async () => {
    const { secret } = await beginTotp(ports, actor)
    const wrong = { code: wrongCodeOf(secret) }
    for (let tries = 0; tries < 10; tries += 1)
      await confirmTotp(ports, actor, wrong).catch(() => {})
    const right = confirmTotp(ports, actor, { code: codeOf(secret) })
    await expect(right).rejects.toMatchObject({ code: 'too_many_requests' })
  })
})

describe('a change of how one signs in', () => {
  it('is refused ten minutes after the last proof, and to a session that is over', async () => {
    await grow(9)
    await withTotp(ports, actor)
    await grow(11)
    await expect(removeTotp(ports, actor)).rejects.toMatchObject(notFresh)
    await Session.deleteOne({ _id: actor.sessionId })
    await expect(removeTotp(ports, actor)).rejects.toMatchObject(notFresh)
  })

  it('goes on after the password or a code of the app was given anew', async () => {
    const passwordHash = await hashPassword('a password of some length')
    await User.updateOne({ _id: actor.userId }, { $set: { passwordHash } })
    const { secret } = await withTotp(ports, actor)
    await grow(11)
    expect(await readProofWays(ports, actor, null)).toEqual({
      fresh: false,
      password: true,
      totp: true,
      passkey: false,
    })
    const wrong = { intent: 'password', password: 'another password' } as const
    await expect(proveAnew(ports, actor, wrong, null)).rejects.toMatchObject({
      detail: { password: 'wrong' },
    })
    expect(await isFresh(ports, actor)).toBe(false)
    const right = { intent: 'password', password: 'a password of some length' } as const
    await proveAnew(ports, actor, right, null)
    expect(await isFresh(ports, actor)).toBe(true)

    const other = await elsewhere()
    await Session.collection.updateMany({}, { $set: { createdAt: new Date(0) } })
    expect(await isFresh(ports, other)).toBe(false)
    await proveAnew(ports, other, { intent: 'totp', code: codeOf(secret) }, null)
    await removeTotp(ports, other)
    expect(await hasSecondFactor(actor.userId)).toBe(false)
  })

  it('(row 155) is not reached by guessing', async () => {
    const { secret } = await withTotp(ports, actor)
    await grow(11)
    const guess = { intent: 'totp', code: wrongCodeOf(secret) } as const
    for (let tries = 0; tries < 10; tries += 1)
      await proveAnew(ports, actor, guess, null).catch(() => {})
    const right = { intent: 'totp', code: codeOf(secret) } as const
    await expect(proveAnew(ports, actor, right, null)).rejects.toMatchObject({
      code: 'too_many_requests',
    })
  })
})
