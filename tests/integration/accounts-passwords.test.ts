import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Authenticator } from '../../models/second-factor'
import { SignInChallenge } from '../../models/sign-in-challenge'
import { User } from '../../models/user'
import { hashPassword, isPassword } from '../../server/auth/passwords'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import type { Actor } from '../../shared/actor'
import type { MailTemplate } from '../../shared/mails'
import { MakeToken } from '../../shared/schemas/tokens'
import { createWorld } from '../setup/world'

const OLD = 'ветер с залива 7'
const NEW = 'утром туман над рекой'
const HOME = { address: '198.51.100.9' }

async function account(fields: object = {}) {
  const world = await createWorld()
  const passwordHash = await hashPassword(OLD)
  const actor = await world.member('editor', 'a', { passwordHash, ...fields })
  const email = (await User.findById(actor.userId).lean())?.email ?? ''
  return { ...world, actor, email }
}

const letters = (email: string, template: MailTemplate) =>
  MailItem.find({ to: email, template }).sort({ _id: 1 }).lean()

/** The tokens of the links that were sent, oldest first. */
async function tokensOf(email: string, count = 1): Promise<string[]> {
  await expect.poll(async () => (await letters(email, 'password-link')).length).toBe(count)
  return (await letters(email, 'password-link')).map(
    ({ values }) => String(values.path).split('/').at(-1) ?? '',
  )
}

const hashOf = async ({ userId }: Actor) =>
  (await User.findById(userId).lean())?.passwordHash ?? null
const kindsOf = async ({ userId }: Actor) =>
  (await AuditEntry.find({ by: userId }).lean()).map(({ kind }) => kind)
const bearerOf = (token: string) =>
  readBearer({ headers: { cookie: `${SESSION_COOKIE}=${token}` } }, new Date())

describe('a forgotten password', () => {
  it('is set by the link of the letter, which ends every session and says so by mail', async () => {
    const { services, email, actor, cookie } = await account()
    const before = await cookie(actor)
    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    expect(await services.passwords.readLink(token)).toEqual({ email })
    await services.passwords.setByLink({ token, password: NEW })
    expect(await isPassword(NEW, await hashOf(actor))).toBe(true)
    expect(await readBearer({ headers: { cookie: before } }, new Date())).toBeNull()
    expect(await letters(email, 'account-changed')).toMatchObject([
      { values: { what: 'password-reset' } },
    ])
    expect(await kindsOf(actor)).toContain('password:reset')
  })

  it('set by a link ends personal tokens as after a theft, and a change with the present one keeps them', async () => {
    const { services, email, actor } = await account()
    const make = () =>
      services.tokens.makeToken(
        actor,
        MakeToken.parse({
          intent: 'make',
          name: 'Night report',
          days: '30',
          clientKey: randomUUID(),
          'scope-protocols': 'on',
          password: NEW,
        }),
      )
    const admitted = (token: string) => services.tokens.admitToken(`Bearer ${token}`)
    const first = await services.signIn.signIn({ email, password: OLD }, HOME)
    const mine = (await bearerOf(first.token))?.actor
    if (!mine) throw new Error('no session')
    const input = { currentPassword: OLD, password: NEW }
    const kept = await make()
    await services.passwords.changePassword(mine, input, {})
    expect((await admitted(kept)).userId).toBe(actor.userId)

    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    await services.passwords.setByLink({ token, password: 'ещё одна длинная фраза' })
    await expect(admitted(kept)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect((await kindsOf(actor)).filter((kind) => kind === 'token:ended')).toHaveLength(1)
  })

  it('row 140: is asked for in silence under an address of nobody', async () => {
    const { services, email } = await account()
    const nobody = 'nobody-of-links@test.twinward.example'
    expect(await services.passwords.askLink({ email: nobody }, HOME)).toBeUndefined()
    expect(await services.passwords.askLink({ email }, HOME)).toBeUndefined()
    await tokensOf(email)
    expect(await letters(nobody, 'password-link')).toEqual([])
  })

  it('row 143: has a link of a path alone: the address before it is ours, whatever Host was asked', async () => {
    const { services, email } = await account()
    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    const [letter] = await letters(email, 'password-link')
    expect(letter?.values).toEqual({ path: `/password/link/${token}`, minutes: 60 })
  })

  it('row 144: has a link for one use, and the others are over with it', async () => {
    const { services, email, actor } = await account()
    await services.passwords.askLink({ email }, HOME)
    const [first = ''] = await tokensOf(email)
    await services.passwords.askLink({ email }, HOME)
    const [, second = ''] = await tokensOf(email, 2)
    expect(second).not.toBe(first)
    const set = () => services.passwords.setByLink({ token: first, password: NEW })
    const twice = await Promise.allSettled([set(), set()])
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const token of [first, second]) {
      await expect(services.passwords.readLink(token)).rejects.toMatchObject({
        code: 'link_over',
        status: 410,
      })
      await expect(
        services.passwords.setByLink({ token, password: 'ещё одна длинная фраза' }),
      ).rejects.toMatchObject({ code: 'link_over' })
    }
    expect(await isPassword(NEW, await hashOf(actor))).toBe(true)
  })

  it('row 144: has a link that is over after a change of the password, after an hour, cut short, or foreign', async () => {
    const { services, email, actor, cookie } = await account()
    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    for (const foreign of [token.slice(0, 42), `${token}x`, 'A'.repeat(43), '', '../../etc']) {
      await expect(services.passwords.readLink(foreign)).rejects.toMatchObject({
        code: 'link_over',
      })
    }
    // a code's token is no link's
    const codeToken = await services.signIn.askCode({ email }, HOME)
    await expect(services.passwords.readLink(codeToken)).rejects.toMatchObject({
      code: 'link_over',
    })

    const mine = await readBearer({ headers: { cookie: await cookie(actor) } }, new Date())
    if (!mine) throw new Error('no session')
    const input = { currentPassword: OLD, password: NEW }
    await services.passwords.changePassword(mine.actor, input, {})
    await expect(services.passwords.readLink(token)).rejects.toMatchObject({ code: 'link_over' })

    await services.passwords.askLink({ email }, HOME)
    const [, late = ''] = await tokensOf(email, 2)
    await SignInChallenge.updateMany({ user: actor.userId }, { $set: { expiresAt: new Date() } })
    await expect(services.passwords.readLink(late)).rejects.toMatchObject({ code: 'link_over' })
  })

  it('row 144: has a link that the database does not know', async () => {
    const { services, email, actor } = await account()
    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    expect(JSON.stringify(await SignInChallenge.find({ user: actor.userId }).lean())).not.toContain(
      token,
    )
  })

  it('row 152: is not set by a link that is only looked at', async () => {
    const { services, email, actor } = await account()
    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    const before = await hashOf(actor)
    for (let look = 0; look < 5; look++) await services.passwords.readLink(token)
    expect(await hashOf(actor)).toBe(before)
    await services.passwords.setByLink({ token, password: NEW })
  })

  it('is made for an account that had none, and asks for the second factor all the same', async () => {
    const { services, email, actor } = await account({ passwordHash: null })
    await Authenticator.create({
      user: actor.userId,
      secret: '-',
      createdAt: new Date(),
      confirmedAt: new Date(),
    })
    await services.passwords.askLink({ email }, HOME)
    const [token = ''] = await tokensOf(email)
    await services.passwords.setByLink({ token, password: NEW })
    const step = await services.signIn.signIn({ email, password: NEW }, HOME)
    expect(step.next).toBe('second')
  })

  it('of a demonstration account stays as everybody knows it', async () => {
    const { services, email, actor } = await account({ demo: true })
    await services.passwords.askLink({ email }, HOME)
    await expect(services.passwords.askOwnLink(actor, HOME)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const input = { currentPassword: OLD, password: NEW }
    await expect(services.passwords.changePassword(actor, input, {})).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await SignInChallenge.countDocuments({ user: actor.userId })).toBe(0)
  })
})

describe('a change of the password', () => {
  it('wants the present one, and a new one that nobody guesses', async () => {
    const { services, actor } = await account()
    const change = (currentPassword: string, password: string) =>
      services.passwords.changePassword(actor, { currentPassword, password }, {})
    await expect(change('not the present one', NEW)).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { currentPassword: 'wrong' },
    })
    for (const [password, fault] of [
      ['йцукенгшщзхъ', 'common'],
      ['Проверкина2024', 'own'],
    ] as const) {
      await expect(change(OLD, password)).rejects.toMatchObject({ detail: { password: fault } })
    }
    expect(await isPassword(OLD, await hashOf(actor))).toBe(true)
  })

  it('row 145: gives this browser a new token, of the same kind, and takes every other session', async () => {
    const { services, email, actor } = await account()
    const enter = (shared: boolean) =>
      services.signIn.signIn({ email, password: OLD, shared }, HOME)
    const [here, elsewhere] = [await enter(true), await enter(false)]
    const mine = (await bearerOf(here.token))?.actor
    if (!mine) throw new Error('no session')
    const token = await services.passwords.changePassword(
      mine,
      { currentPassword: OLD, password: NEW },
      { shared: true },
    )
    expect(token).not.toBe(here.token)
    expect(await bearerOf(here.token)).toBeNull()
    expect(await bearerOf(elsewhere.token)).toBeNull()
    expect(await bearerOf(token)).toMatchObject({ session: { shared: true } })
    expect(await kindsOf(actor)).toEqual(
      expect.arrayContaining(['password:changed', 'sessions:ended']),
    )
    expect(await letters(email, 'account-changed')).toHaveLength(1)
  })

  it('of two at once, one is made', async () => {
    const { services, actor } = await account()
    const change = (password: string) =>
      services.passwords.changePassword(actor, { currentPassword: OLD, password }, {})
    const both = await Promise.allSettled([change(NEW), change('другая длинная фраза')])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    })
  })

  it('is guessed at ten times, then waits', async () => {
    const { services, actor } = await account()
    const guess = () =>
      services.passwords
        .changePassword(actor, { currentPassword: 'a wrong one', password: NEW }, {})
        .catch(({ code }) => code)
    const answers = await Promise.all(Array.from({ length: 11 }, guess))
    expect(answers.filter((code) => code === 'too_many_requests')).toHaveLength(1)
  })

  it('where there is none asks for a link', async () => {
    const { services, actor, email } = await account({ passwordHash: null })
    const input = { currentPassword: OLD, password: NEW }
    await expect(services.passwords.changePassword(actor, input, {})).rejects.toMatchObject({
      code: 'conflict',
    })
    await services.passwords.askOwnLink(actor, HOME)
    await tokensOf(email)
  })
})
