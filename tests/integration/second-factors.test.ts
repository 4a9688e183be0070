import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Passkey } from '../../models/passkey'
import { RecoveryCode } from '../../models/recovery-code'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import type { Ports } from '../../server/ports'
import { addPasskey, askNewPasskey } from '../../server/services/passkeys'
import { makeRecoveryCodes } from '../../server/services/recovery-codes'
import { hasSecondFactor, listSecondFactors } from '../../server/services/second-factors'
import { proveAnew } from '../../server/services/second-factors-proof'
import {
  askSecondPasskey,
  passSecondStep,
  readSecondStep,
} from '../../server/services/second-factors-sign-in'
import { removeTotp } from '../../server/services/totp'
import type { Actor } from '../../shared/actor'
import { RecoveryCodeText } from '../../shared/schemas/second-factors'
import { createDevice } from '../fixtures/passkeys-device'
import { codeOf, FROM, firstStep, NOW, withTotp, wrongCodeOf } from '../fixtures/second-factors'
import { createWorld, type World } from '../setup/world'

let world: World
let ports: Ports
let actor: Actor
const host = 'twinward.example'

beforeAll(async () => {
  world = await createWorld()
  ports = {
    ...world.ports,
    clock: { now: () => NOW },
    publicUrl: () => 'https://twinward.example',
  }
})
beforeEach(async () => {
  actor = await world.stranger()
})

const byTotp = (token: string, code: string) =>
  passSecondStep(ports, { token, host }, { intent: 'totp', code }, FROM)
const byRecovery = (token: string, typed: string) => {
  const recoveryCode = RecoveryCodeText.parse(typed)
  return passSecondStep(ports, { token, host }, { intent: 'recovery', recoveryCode }, FROM)
}
/** The names of what went wrong, or `in`. */
async function outcomes(tries: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(tries)
  return settled.map((each) => (each.status === 'fulfilled' ? 'in' : each.reason.code)).sort()
}
const wrongCode = { code: 'invalid_input', detail: { code: 'wrong' } }
const over = { code: 'unauthenticated' }

describe('the second step', () => {
  it('takes the code of now and begins a session of that person', async () => {
    const { secret } = await withTotp(ports, actor)
    const token = await firstStep(ports, actor)
    expect(await readSecondStep(ports, { token, host })).toMatchObject({
      totp: true,
      passkey: false,
      recoveryCodes: true,
    })
    const begun = await byTotp(token, codeOf(secret))
    const cookie = `${SESSION_COOKIE}=${begun.token}`
    const bearer = await readBearer({ headers: { cookie } }, new Date())
    expect(bearer?.actor.userId).toBe(actor.userId)
    // that sign-in is over
    await expect(readSecondStep(ports, { token, host })).rejects.toMatchObject(over)
    await expect(byTotp(token, codeOf(secret, 1))).rejects.toMatchObject(over)
  })

  it('takes a passkey of that account, and nobody else’s', async () => {
    const device = createDevice()
    const options = await askNewPasskey(ports, actor, host)
    await addPasskey(ports, actor, { name: 'Key', passkey: device.create({ options }) }, host)
    const stranger = createDevice()
    const other = await world.stranger()
    const asked = await askNewPasskey(ports, other, host)
    const theirs = stranger.create({ options: asked })
    await addPasskey(ports, other, { name: 'Key', passkey: theirs }, host)

    const token = await firstStep(ports, actor)
    const answer = async (by: typeof device, at = token) => {
      const passkey = by.get({
        options: await askSecondPasskey(ports, { token: at, host }),
        verified: false,
      })
      return passSecondStep(ports, { token, host }, { intent: 'passkey', passkey }, FROM)
    }
    const refused = { code: 'invalid_input', detail: { passkey: 'wrong' } }
    await expect(answer(stranger)).rejects.toMatchObject(refused)
    // an answer to the question of another sign-in of theirs
    await expect(answer(device, await firstStep(ports, actor))).rejects.toMatchObject(refused)
    expect((await answer(device)).token).toMatch(/^[\w-]{43}$/)
    expect((await Passkey.findOne({ credentialId: device.id }).lean())?.usedAt).toBeInstanceOf(Date)
  })

  it('takes no code twice: not at once, not later, not one from before the last', async () => {
    const { secret } = await withTotp(ports, actor)
    const [one, two, three] = [
      await firstStep(ports, actor),
      await firstStep(ports, actor),
      await firstStep(ports, actor),
    ]
    const code = codeOf(secret)
    const tries = [byTotp(one, code), byTotp(two, code)]
    expect(await outcomes(tries)).toEqual(['in', 'invalid_input'])
    await expect(byTotp(three, code)).rejects.toMatchObject(wrongCode)
    await expect(byTotp(three, codeOf(secret, -1))).rejects.toMatchObject(wrongCode)
    await byTotp(three, codeOf(secret, 1))
    const failed = await AuditEntry.find({ kind: 'second-factor:failed' })
      .where('subject.user')
      .equals(actor.userId)
      .lean()
    expect(failed.map(({ detail }) => detail.why)).toEqual(['used', 'used', 'used'])
  })

  it('(row 155) ends a sign-in after five wrong codes, though they come at once', async () => {
    const { secret } = await withTotp(ports, actor)
    const token = await firstStep(ports, actor)
    const wrong = wrongCodeOf(secret)
    const tries = Array.from({ length: 9 }, () => byTotp(token, wrong))
    expect(await outcomes(tries)).toEqual([
      ...Array(5).fill('invalid_input'),
      ...Array(4).fill('unauthenticated'),
    ])
    await expect(byTotp(token, codeOf(secret))).rejects.toMatchObject(over)
    await byTotp(await firstStep(ports, actor), codeOf(secret))
  })

  it('(row 155) makes an account wait after ten, however often signing in begins anew', async () => {
    const { secret } = await withTotp(ports, actor)
    const device = createDevice()
    const options = await askNewPasskey(ports, actor, host)
    await addPasskey(ports, actor, { name: 'Key', passkey: device.create({ options }) }, host)
    const wrong = wrongCodeOf(secret)
    for (let begun = 0; begun < 2; begun += 1) {
      const token = await firstStep(ports, actor)
      await outcomes(Array.from({ length: 5 }, () => byTotp(token, wrong)))
    }
    const token = await firstStep(ports, actor)
    const refusal = await byTotp(token, codeOf(secret)).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'too_many_requests' })
    expect(Number(refusal.detail.seconds)).toBeGreaterThan(60)
    // the owner with a passkey is not locked out by whoever guesses
    const passkey = device.get({ options: await askSecondPasskey(ports, { token, host }) })
    await passSecondStep(ports, { token, host }, { intent: 'passkey', passkey }, FROM)
  })

  it('is not refused to the owner for what somebody tries with a stolen cookie, or elsewhere', async () => {
    const { secret } = await withTotp(ports, actor)
    await Session.collection.updateMany({}, { $set: { createdAt: new Date(0) } })
    const wrong = { intent: 'totp', code: wrongCodeOf(secret) } as const
    const guess = () => proveAnew(ports, actor, wrong, host)
    const answers = await outcomes(Array.from({ length: 11 }, guess))
    expect(answers.filter((code) => code === 'too_many_requests')).toHaveLength(1)
    for (let begun = 0; begun < 3; begun += 1) {
      const token = await firstStep(ports, actor)
      const from = { ...FROM, address: '203.0.113.30' }
      const elsewhere = () => passSecondStep(ports, { token, host }, wrong, from)
      await outcomes(Array.from({ length: 5 }, elsewhere))
    }
    await byTotp(await firstStep(ports, actor), codeOf(secret))
  })

  it('(row 155) makes an account wait after fifty from everywhere', async () => {
    const { secret } = await withTotp(ports, actor)
    for (let n = 0; n < 50; n += 1) await ports.limits.take('second-factor-account', actor.userId)
    const tried = byTotp(await firstStep(ports, actor), codeOf(secret))
    await expect(tried).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('says so when the secret was sealed under another key, and takes a recovery code', async () => {
    const { secret, recoveryCodes } = await withTotp(ports, actor)
    const secrets = { ...ports.secrets, open: () => ({ ok: false, why: 'other-key' }) as const }
    const token = await firstStep(ports, actor)
    const moved = { ...ports, secrets }
    const proof = { intent: 'totp', code: codeOf(secret) } as const
    await expect(passSecondStep(moved, { token, host }, proof, FROM)).rejects.toMatchObject({
      code: 'conflict',
      detail: { why: 'key-changed' },
    })
    await byRecovery(token, recoveryCodes[0] ?? '')
  })
})

describe('recovery codes', () => {
  it('let in once each, however they are typed', async () => {
    const { recoveryCodes } = await withTotp(ports, actor)
    expect(new Set(recoveryCodes).size).toBe(10)
    const [first = '', second = ''] = recoveryCodes
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    const [one, two, three] = [
      await firstStep(ports, actor),
      await firstStep(ports, actor),
      await firstStep(ports, actor),
    ]
    const tries = [byRecovery(one, first), byRecovery(two, first)]
    expect(await outcomes(tries)).toEqual(['in', 'invalid_input'])
    await expect(byRecovery(three, first)).rejects.toMatchObject({
      detail: { recoveryCode: 'wrong' },
    })
    const sloppily = second
      .toLowerCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l')
    await byRecovery(three, sloppily)
    expect((await listSecondFactors(ports, actor)).recoveryCodes).toBe(8)
    expect(await AuditEntry.countDocuments({ kind: 'recovery-code:used', by: actor.userId })).toBe(
      2,
    )
    const email = (await User.findById(actor.userId).lean())?.email
    const told = { to: email, 'values.what': 'recovery-code-used' }
    expect(await MailItem.countDocuments(told)).toBe(2)
  })

  it('are nobody else’s, and the database holds none of them', async () => {
    const { recoveryCodes } = await withTotp(ports, actor)
    const other = await world.stranger()
    await withTotp(ports, other)
    const token = await firstStep(ports, other)
    await expect(byRecovery(token, recoveryCodes[0] ?? '')).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const rows = JSON.stringify(await RecoveryCode.find({ user: actor.userId }).lean())
    for (const code of recoveryCodes) expect(rows).not.toContain(code.replaceAll('-', ''))
  })

  it('made anew void the old ones; twice at once leave one sheet', async () => {
    const { recoveryCodes } = await withTotp(ports, actor)
    const sheets = await Promise.all([
      makeRecoveryCodes(ports, actor),
      makeRecoveryCodes(ports, actor),
    ])
    expect(await RecoveryCode.countDocuments({ user: actor.userId })).toBe(10)
    const token = await firstStep(ports, actor)
    await expect(byRecovery(token, recoveryCodes[0] ?? '')).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const tries = sheets.map(([code = '']) => byRecovery(token, code))
    expect(await outcomes(tries)).toContain('in')
  })

  it('are not made without a factor, and go with the last one', async () => {
    await expect(makeRecoveryCodes(ports, actor)).rejects.toMatchObject({ code: 'conflict' })
    await withTotp(ports, actor)
    await removeTotp(ports, actor)
    expect(await hasSecondFactor(actor.userId)).toBe(false)
    expect(await RecoveryCode.countDocuments({ user: actor.userId })).toBe(0)
    expect(await Authenticator.countDocuments({ user: actor.userId })).toBe(0)
  })
})
