import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { SignInChallenge } from '../../models/sign-in-challenge'
import { User } from '../../models/user'
import { hashPassword } from '../../server/auth/passwords'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { recordFailedSignIn } from '../../server/services/audit-sign-ins'
import { createWorld, type World } from '../setup/world'

const PASSWORD = 'ветер с залива 7'
const HOME = { address: '198.51.100.7', agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }

async function account(fields: object = {}) {
  const world = await createWorld()
  const passwordHash = await hashPassword(PASSWORD)
  const actor = await world.member('editor', 'a', { passwordHash, ...fields })
  const user = await User.findById(actor.userId).lean()
  if (!user) throw new Error('no user')
  return { ...world, actor, user, email: user.email }
}

async function withSecondFactor() {
  const all = await account()
  await Authenticator.create({
    user: all.user._id,
    secret: '-',
    createdAt: new Date(),
    confirmedAt: new Date(),
  })
  return all
}

const bearerOf = (token: string, now = new Date()) =>
  readBearer({ headers: { cookie: `${SESSION_COOKIE}=${token}` } }, now)

/** What the record has of somebody's signing in. */
async function recorded(userId: string) {
  const rows = await AuditEntry.find({ by: userId }).sort({ _id: 1 }).lean()
  return rows.map(({ kind, detail }) => ({ kind, detail }))
}

/** So many wrong passwords, each from an address of its own or all from one. */
async function guess(
  { services }: World,
  email: string,
  times: number,
  addressOf: (n: number) => string,
) {
  const outcomes: string[] = []
  for (let n = 0; n < times; n++) {
    const tried = services.signIn.signIn(
      { email, password: `wrong ${n}` },
      { address: addressOf(n) },
    )
    outcomes.push(
      await tried.then(
        () => 'in',
        (error: { code: string }) => error.code,
      ),
    )
  }
  return outcomes
}

describe('guessing', () => {
  it('row 139: is slowed down on one account from one address, and its owner elsewhere is not', async () => {
    const world = await account()
    const outcomes = await guess(world, world.email, 12, () => '203.0.113.9')
    expect(outcomes.slice(0, 10)).toEqual(Array(10).fill('wrong_credentials'))
    expect(outcomes.slice(10)).toEqual(['too_many_requests', 'too_many_requests'])
    // also the right one, from there
    const there = { email: world.email, password: PASSWORD }
    await expect(
      world.services.signIn.signIn(there, { address: '203.0.113.9' }),
    ).rejects.toMatchObject({ code: 'too_many_requests', detail: { seconds: expect.anything() } })
    expect(await world.services.signIn.signIn(there, HOME)).toMatchObject({ next: 'in' })
  })

  it('row 139: from a hundred addresses stops passwords, and a code by mail still lets the owner in', async () => {
    const world = await account()
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        world.ports.limits.take('sign-in-guesses', world.email).then(() => n),
      ),
    )
    const right = { email: world.email, password: PASSWORD }
    await expect(world.services.signIn.signIn(right, HOME)).rejects.toMatchObject({
      code: 'too_many_requests',
    })
    const token = await world.services.signIn.askCode({ email: world.email }, HOME)
    const code = await codeOf(world.email)
    expect(await world.services.signIn.enterCode({ token, code }, HOME)).toMatchObject({
      next: 'in',
    })
  })

  it('row 139: with one password on many accounts is slowed down from one address', async () => {
    const world = await createWorld()
    const outcomes: string[] = []
    for (let n = 0; n < 62; n++) {
      const email = `nobody${n}@test.twinward.example`
      outcomes.push(...(await guess(world, email, 1, () => '203.0.113.77')))
    }
    expect(new Set(outcomes.slice(0, 60))).toEqual(new Set(['wrong_credentials']))
    expect(outcomes.slice(60)).toEqual(['too_many_requests', 'too_many_requests'])
  })

  it('row 140: answers an unknown address and a wrong password alike, and the record knows no address', async () => {
    const { services, email, actor } = await account()
    const unknown = 'nobody-of-140@test.twinward.example'
    for (const each of [email, unknown]) {
      await expect(
        services.signIn.signIn({ email: each, password: 'nonsense' }, HOME),
      ).rejects.toMatchObject({ code: 'wrong_credentials', detail: {} })
    }
    const detail = { method: 'password', reason: 'wrong_credentials' }
    expect(await recorded(actor.userId)).toContainEqual({ kind: 'sign-in:failed', detail })
    const rows = await AuditEntry.find({ kind: 'sign-in:failed' }).lean()
    expect(rows.some(({ by }) => by === null)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain('nobody-of-140')
  })

  it('leaves few rows in the record, however often an account is tried within an hour', async () => {
    const { actor, ports } = await account()
    const detail = { method: 'password', reason: 'wrong_credentials' }
    const fail = async (time: string, times: number, by: string | null = actor.userId) => {
      const clock = { ...ports.clock, now: () => new Date(time) }
      for (let n = 0; n < times; n++) await recordFailedSignIn({ clock }, by, detail)
    }
    await fail('2031-05-06T10:20:00Z', 30)
    const rows = await recorded(actor.userId)
    expect(rows).toHaveLength(21)
    expect(rows.filter((row) => row.detail.more === 'hour')).toHaveLength(1)
    // another hour, and another account, are told of as before
    await fail('2031-05-06T11:00:00Z', 2)
    expect(await recorded(actor.userId)).toHaveLength(23)
    await fail('2031-05-06T10:20:00Z', 30, null)
    const at = new Date('2031-05-06T10:20:00Z')
    expect(await AuditEntry.countDocuments({ by: null, at })).toBe(21)
  })

  it('of somebody who has left is answered as of nobody', async () => {
    const { services, email, actor } = await account()
    await User.updateOne({ _id: actor.userId }, { $set: { deletedAt: new Date() } })
    await expect(services.signIn.signIn({ email, password: PASSWORD }, HOME)).rejects.toMatchObject(
      {
        code: 'wrong_credentials',
      },
    )
  })
})

describe('a session', () => {
  it('row 145: has a new token at every sign-in, and the record says how it began', async () => {
    const { services, email, actor } = await account()
    const right = { email, password: PASSWORD }
    const tokens = [
      await services.signIn.signIn(right, HOME),
      await services.signIn.signIn(right, HOME),
    ]
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(2)
    const begun = (await recorded(actor.userId)).filter(({ kind }) => kind === 'session:begun')
    expect(begun.map(({ detail }) => detail)).toEqual(
      Array(2).fill({ method: 'password', shared: 'no' }),
    )
  })

  it('on a shared computer lasts a shift', async () => {
    const { services, email } = await account()
    const right = { email, password: PASSWORD, shared: true }
    const { token } = await services.signIn.signIn(right, HOME)
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
    expect((await bearerOf(token))?.session).toEqual({ shared: true })
    expect(await bearerOf(token, inHours(7.9))).not.toBeNull()
    expect(await bearerOf(token, inHours(8.1))).toBeNull()
  })

  it('is seen at most once an hour', async () => {
    const { services, email } = await account()
    const { token } = await services.signIn.signIn({ email, password: PASSWORD }, HOME)
    const seenAt = async () => (await Session.findById(await sessionIdOf(token)).lean())?.seenAt
    const first = await seenAt()
    await bearerOf(token, new Date(Date.now() + 50 * 60_000))
    expect(await seenAt()).toEqual(first)
    const later = new Date(Date.now() + 61 * 60_000)
    await bearerOf(token, later)
    expect(await seenAt()).toEqual(later)
  })
})

async function sessionIdOf(token: string) {
  const bearer = await bearerOf(token)
  return bearer?.actor.sessionId
}

describe('a second factor', () => {
  it('is waited for without a session, and one right one makes one session', async () => {
    const { services, email, actor } = await withSecondFactor()
    const sessions = await Session.countDocuments({ user: actor.userId })
    const step = await services.signIn.signIn(
      { email, password: PASSWORD, shared: true, redirectTo: '/partnerships/x' },
      HOME,
    )
    expect(step).toEqual({ next: 'second', token: expect.any(String) })
    expect(await bearerOf(step.token)).toBeNull()
    expect(await Session.countDocuments({ user: actor.userId })).toBe(sessions)
    expect(await SignInChallenge.countDocuments({ tokenHash: step.token })).toBe(0)

    const challenge = await services.signIn.readChallenge(step.token)
    expect(challenge).toMatchObject({
      shared: true,
      redirectTo: '/partnerships/x',
      method: 'password',
    })
    if (!challenge) throw new Error('no challenge')
    const finish = () => services.signIn.finishChallenge(challenge, { ...HOME, method: 'totp' })
    const made = await Promise.allSettled([finish(), finish(), finish()])
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await services.signIn.readChallenge(step.token)).toBeNull()
  })

  it('row 155: is tried five times, also when the tries come at once', async () => {
    const { services, email } = await withSecondFactor()
    const { token } = await services.signIn.signIn({ email, password: PASSWORD }, HOME)
    const challenge = await services.signIn.readChallenge(token)
    if (!challenge) throw new Error('no challenge')
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => services.signIn.takeTry(challenge)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(await services.signIn.readChallenge(token)).toBeNull()
  })

  it.each([
    [
      'ten minutes',
      async ({ actor }: { actor: { userId: string } }) => {
        await SignInChallenge.updateMany(
          { user: actor.userId },
          { $set: { expiresAt: new Date(0) } },
        )
      },
    ],
    [
      'a change of the account',
      async ({ actor }: { actor: { userId: string } }) => {
        await User.updateOne({ _id: actor.userId }, { $inc: { accessVersion: 1 } })
      },
    ],
  ])('is not waited for after %s', async (_what, happen) => {
    const all = await withSecondFactor()
    const { token } = await all.services.signIn.signIn(
      { email: all.email, password: PASSWORD },
      HOME,
    )
    await happen(all)
    expect(await all.services.signIn.readChallenge(token)).toBeNull()
  })
})

/** The code of the newest letter. */
async function codeOf(email: string): Promise<string> {
  const { MailItem } = await import('../../models/mail')
  const find = () =>
    MailItem.findOne({ to: email, template: 'sign-in-code' }).sort({ _id: -1 }).lean()
  await expect.poll(find).not.toBeNull()
  return String((await find())?.values.code).replace(' ', '')
}
