import { describe, expect, it } from 'vitest'
import { User } from '../../models/user'
import { hashPassword } from '../../server/auth/passwords'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { createWorld } from '../setup/world'

const now = () => new Date()

async function account() {
  const world = await createWorld()
  const actor = await world.member('editor', 'a', {
    passwordHash: await hashPassword('длинный пароль 1'),
  })
  const user = await User.findById(actor.userId).lean()
  return { ...world, actor, email: user?.email ?? '' }
}

describe('accounts', () => {
  it('signs in with the right password and reads the bearer from the cookie', async () => {
    const { services, email, actor } = await account()
    const token = await services.accounts.signIn(
      { email, password: 'длинный пароль 1' },
      '127.0.0.1',
    )
    const bearer = await readBearer({ headers: { cookie: `${SESSION_COOKIE}=${token}` } }, now())
    expect(bearer?.actor.userId).toBe(actor.userId)
  })

  it('answers an unknown address and a wrong password alike', async () => {
    const { services, email } = await account()
    const wrong = { email, password: 'nonsense' }
    const unknown = { email: 'nobody@test.twinward.example', password: 'nonsense' }
    for (const input of [wrong, unknown]) {
      await expect(services.accounts.signIn(input, '127.0.0.1')).rejects.toMatchObject({
        code: 'wrong_credentials',
        detail: {},
      })
    }
  })

  it('slows down guessing on one account and says how long to wait', async () => {
    const { services, email } = await account()
    const guesses = Array.from({ length: 10 }, () =>
      services.accounts.signIn({ email, password: 'guess' }, '10.0.0.1'),
    )
    await Promise.allSettled(guesses)
    const next = services.accounts.signIn({ email, password: 'длинный пароль 1' }, '10.0.0.1')
    await expect(next).rejects.toMatchObject({
      code: 'too_many_requests',
      detail: { seconds: expect.stringMatching(/^\d+$/) },
    })
  })

  it('ends the session at sign-out, and says so to the doors', async () => {
    const { services, actor, cookie, heard } = await account()
    const header = await cookie(actor)
    const bearer = await readBearer({ headers: { cookie: header } }, now())
    if (!bearer) throw new Error('no bearer')
    await services.accounts.signOut(bearer.actor)
    expect(await readBearer({ headers: { cookie: header } }, now())).toBeNull()
    expect(heard).toContainEqual([
      'session:ended',
      expect.objectContaining({ sessionId: bearer.actor.sessionId, userId: actor.userId }),
    ])
  })

  it('takes a session of an earlier access version for nobody', async () => {
    const { actor, cookie } = await account()
    const header = await cookie(actor)
    await User.updateOne({ _id: actor.userId }, { $inc: { accessVersion: 1 } })
    expect(await readBearer({ headers: { cookie: header } }, now())).toBeNull()
  })

  it.each([
    ['nothing', undefined],
    ['junk', `${SESSION_COOKIE}=${'x'.repeat(5_000)}`],
    ['a token nobody has', `${SESSION_COOKIE}=${'A'.repeat(43)}`],
    ['an object', `${SESSION_COOKIE}[$ne]=x`],
  ])('takes %s for nobody', async (_what, cookie) => {
    await createWorld()
    expect(await readBearer({ headers: { cookie } }, now())).toBeNull()
  })
})
