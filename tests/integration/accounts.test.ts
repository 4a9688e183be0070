import { describe, expect, it } from 'vitest'
import { User } from '../../models/user'
import { hashPassword } from '../../server/auth/passwords'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { createWorld } from '../setup/world'

const now = () => new Date()
const FROM = { address: '127.0.0.1' }

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
    const step = await services.signIn.signIn({ email, password: 'длинный пароль 1' }, FROM)
    expect(step).toMatchObject({ next: 'in', shared: false, redirectTo: null })
    const cookie = `${SESSION_COOKIE}=${step.token}`
    const bearer = await readBearer({ headers: { cookie } }, now())
    expect(bearer?.actor.userId).toBe(actor.userId)
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
    ['a truncated token', `${SESSION_COOKIE}=${'A'.repeat(20)}`],
  ])('row 146: takes %s for nobody', async (_what, cookie) => {
    await createWorld()
    expect(await readBearer({ headers: { cookie } }, now())).toBeNull()
  })

  it('row 146: takes a cookie that is there twice for nobody, also beside a good one', async () => {
    const { actor, cookie } = await account()
    const [mine, planted] = [await cookie(actor), await cookie(actor)]
    for (const both of [`${planted}; ${mine}`, `${mine};${planted}`, `${mine}; ${mine}`]) {
      expect(await readBearer({ headers: { cookie: both } }, now())).toBeNull()
    }
    expect(await readBearer({ headers: { cookie: `other=1; ${mine}` } }, now())).not.toBeNull()
  })
})
