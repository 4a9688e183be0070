import mongoose from 'mongoose'
import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Authenticator } from '../../models/second-factor'
import { SignInChallenge } from '../../models/sign-in-challenge'
import { User } from '../../models/user'
import { createWorld } from '../setup/world'

const HOME = { address: '198.51.100.8' }

async function account(fields: object = {}) {
  const world = await createWorld()
  const actor = await world.member('editor', 'a', { passwordHash: null, ...fields })
  const email = (await User.findById(actor.userId).lean())?.email ?? ''
  return { ...world, actor, email }
}

async function codeOf(email: string, count = 1): Promise<string> {
  const find = () => MailItem.find({ to: email, template: 'sign-in-code' }).sort({ _id: -1 }).lean()
  await expect.poll(async () => (await find()).length).toBe(count)
  return String((await find())[0]?.values.code).replace(' ', '')
}

/** Another code of ten digits. */
const not = (code: string) => String((Number(code) + 1) % 10 ** 10).padStart(10, '0')

describe('a code by mail', () => {
  it('lets in the browser that asked, once, in the language of its reader', async () => {
    const { services, email, actor } = await account()
    const token = await services.signIn.askCode(
      { email, shared: true, redirectTo: '/partnerships/x' },
      HOME,
    )
    const code = await codeOf(email)
    expect(code).toMatch(/^\d{10}$/)
    expect((await MailItem.findOne({ to: email }).lean())?.lang).toBe('ru')
    const enter = () => services.signIn.enterCode({ token, code }, HOME)
    const step = await enter()
    expect(step).toMatchObject({ next: 'in', shared: true, redirectTo: '/partnerships/x' })
    await expect(enter()).rejects.toMatchObject({ code: 'invalid_input', detail: { code: 'over' } })
    const kinds = (await AuditEntry.find({ 'subject.user': actor.userId }).lean()).map(
      (row) => row.kind,
    )
    expect(kinds).toEqual(expect.arrayContaining(['code:asked', 'session:begun']))
  })

  it('row 140: is asked for with the same answer and the same work for an address of nobody', async () => {
    const { services, email } = await account()
    const nobody = 'nobody-of-codes@test.twinward.example'
    for (const each of [email, nobody]) {
      const token = await services.signIn.askCode({ email: each }, HOME)
      expect(token).toMatch(/^[\w-]{43}$/)
      await expect(
        services.signIn.enterCode({ token, code: '0123456789' }, HOME),
      ).rejects.toMatchObject({ code: 'invalid_input', detail: { code: 'wrong' } })
    }
    await codeOf(email)
    expect(await MailItem.countDocuments({ to: nobody })).toBe(0)
    // five tries at nothing, then a new one: as at something
    const token = await services.signIn.askCode({ email: nobody }, HOME)
    const answers: string[] = []
    for (let n = 0; n < 6; n++) {
      await services.signIn
        .enterCode({ token, code: '0123456789' }, HOME)
        .catch(({ detail }) => answers.push(detail.code))
    }
    expect(answers).toEqual([...Array(5).fill('wrong'), 'over'])
  })

  it('row 155: is over after five tries, though the sixth is right and all come at once', async () => {
    const { services, email } = await account()
    const token = await services.signIn.askCode({ email }, HOME)
    const code = await codeOf(email)
    const wrong = () =>
      services.signIn.enterCode({ token, code: not(code) }, HOME).catch(({ detail }) => detail.code)
    const answers = await Promise.all(Array.from({ length: 9 }, wrong))
    expect(answers.filter((each) => each === 'wrong')).toHaveLength(5)
    await expect(services.signIn.enterCode({ token, code }, HOME)).rejects.toMatchObject({
      detail: { code: 'over' },
    })
    // the next one is good
    const next = await services.signIn.askCode({ email }, HOME)
    const fresh = await codeOf(email, 2)
    expect(await services.signIn.enterCode({ token: next, code: fresh }, HOME)).toMatchObject({
      next: 'in',
    })
  })

  it('is worth nothing in another browser, after its time, or once the account has changed', async () => {
    const { services, email, actor } = await account()
    const token = await services.signIn.askCode({ email }, HOME)
    const code = await codeOf(email)
    const other = await services.signIn.askCode({ email: 'x@test.twinward.example' }, HOME)
    for (const each of [other, 'A'.repeat(43), '']) {
      await expect(services.signIn.enterCode({ token: each, code }, HOME)).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    await User.updateOne({ _id: actor.userId }, { $inc: { accessVersion: 1 } })
    // as a code of nobody: whoever asked for it learns nothing of the account
    await expect(services.signIn.enterCode({ token, code }, HOME)).rejects.toMatchObject({
      detail: { code: 'wrong' },
    })
    await User.updateOne({ _id: actor.userId }, { $inc: { accessVersion: -1 } })
    await SignInChallenge.updateMany({ user: actor.userId }, { $set: { expiresAt: new Date(0) } })
    await expect(services.signIn.enterCode({ token, code }, HOME)).rejects.toMatchObject({
      detail: { code: 'over' },
    })
  })

  it('lies in the database as a hash that needs the browser’s token', async () => {
    const { services, email, actor } = await account()
    const token = await services.signIn.askCode({ email }, HOME)
    const code = await codeOf(email)
    const stored = JSON.stringify(await SignInChallenge.find({ user: actor.userId }).lean())
    expect(stored).not.toContain(code)
    expect(stored).not.toContain(token)
  })

  it('is a first factor only', async () => {
    const { services, email, actor } = await account()
    await Authenticator.create({
      user: actor.userId,
      secret: '-',
      createdAt: new Date(),
      confirmedAt: new Date(),
    })
    const token = await services.signIn.askCode({ email }, HOME)
    const step = await services.signIn.enterCode({ token, code: await codeOf(email) }, HOME)
    expect(step.next).toBe('second')
  })

  it('row 140: of nobody is looked at in as many steps as one of somebody', async () => {
    const { services, email } = await account()
    const stepsFor = async (asked: string) => {
      const token = await services.signIn.askCode({ email: asked }, HOME)
      if (asked === email) await codeOf(email)
      const steps: string[] = []
      mongoose.set('debug', (collection, method) => steps.push(`${collection} ${method}`))
      try {
        await services.signIn.enterCode({ token, code: '0123456789' }, HOME).catch(() => {})
      } finally {
        mongoose.set('debug', false)
      }
      return steps
    }
    const known = await stepsFor(email)
    expect(known).toContain('users findOne')
    expect(await stepsFor('nobody-of-steps@test.twinward.example')).toEqual(known)
  })

  it('row 140: is wrong, not over, after the account’s password has changed', async () => {
    const { services, email } = await account()
    const token = await services.signIn.askCode({ email }, HOME)
    const code = await codeOf(email)
    await services.passwords.askLink({ email }, HOME)
    const find = () => MailItem.findOne({ to: email, template: 'password-link' }).lean()
    await expect.poll(find).not.toBeNull()
    const link =
      String((await find())?.values.path)
        .split('/')
        .at(-1) ?? ''
    await services.passwords.setByLink({ token: link, password: 'утром туман над рекой' })
    await expect(services.signIn.enterCode({ token, code }, HOME)).rejects.toMatchObject({
      detail: { code: 'wrong' },
    })
  })

  it('row 139: and a link are refused to whoever asks too often, and not to the owner elsewhere', async () => {
    const { services, ports, email } = await account()
    const stranger = { address: '203.0.113.21' }
    const tooMany = { code: 'too_many_requests' }
    const asks = [
      () => services.signIn.askCode({ email }, stranger),
      () => services.passwords.askLink({ email }, stranger),
    ]
    for (let n = 0; n < 5; n++) await asks[n % 2]?.()
    for (const ask of asks) await expect(ask()).rejects.toMatchObject(tooMany)
    await services.signIn.askCode({ email }, HOME)
    await services.passwords.askLink({ email }, HOME)
    // nor has the stranger in a whole day used up what the account may be sent
    for (let n = 5; n < 15; n++)
      await ports.limits.take('mail-code-day', `${email} ${stranger.address}`)
    const day = ports.limits.take('mail-code-day', `${email} ${stranger.address}`)
    await expect(day).rejects.toMatchObject(tooMany)
    for (let n = 7; n < 60; n++) await ports.limits.take('mail-code-account', email)
    await expect(services.signIn.askCode({ email }, HOME)).rejects.toMatchObject(tooMany)
  })

  it('is sent five times in a quarter of an hour to one account from one address, and asked for thirty times from one address', async () => {
    const { services, email } = await account()
    const from = { address: '198.51.100.99' }
    for (let n = 0; n < 5; n++) await services.signIn.askCode({ email }, from)
    await expect(services.signIn.askCode({ email }, from)).rejects.toMatchObject({
      code: 'too_many_requests',
    })
    const asked = Array.from({ length: 30 }, (_, n) =>
      services.signIn.askCode({ email: `many${n}@test.twinward.example` }, from),
    )
    const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(6)
  })
})
