import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Invitation } from '../../models/invitation'
import { MailItem } from '../../models/mail'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import type { Role } from '../../shared/policy'
import { Invite, JoinAnew } from '../../shared/schemas/invitations'
import { createWorld } from '../setup/world'

const FROM = { address: '10.0.0.1', lang: 'ru', agent: 'a clinic' } as const

/** A partnership that has invited somebody, and the token of the letter. */
async function invited(fields: { email?: string; role?: Role } = {}) {
  const world = await createWorld()
  const { services, partnershipId } = world
  const coordinator = await world.member('coordinator')
  const email = fields.email ?? `${randomUUID()}@hospital.example`
  const sideId = coordinator.memberships[0]?.sideId ?? ''
  const invite = async () => {
    const form = { people: email, role: fields.role ?? 'editor', sideId, lang: 'ru' }
    const input = Invite.parse({ ...form, clientKey: randomUUID() })
    await services.invitations.invite(coordinator, partnershipId, input)
    const letter = await MailItem.findOne({ to: email }).sort({ at: -1, _id: -1 }).lean()
    return String(letter?.values.path).replace('/invitations/', '')
  }
  const token = await invite()
  const id = String((await Invitation.findOne({ email, partnership: partnershipId }).lean())?._id)
  const revoke = () =>
    services.invitations.changeInvitation(coordinator, partnershipId, {
      invitationId: id,
      intent: 'revoke',
    })
  const countMembers = async () => (await Partnership.findById(partnershipId).lean())?.memberCount
  return { ...world, coordinator, email, sideId, invite, token, revoke, countMembers }
}

const nurse = (fields: object = {}) =>
  JoinAnew.parse({
    family: 'Кузнецова',
    given: 'Анна',
    patronymic: 'Петровна',
    by: 'password',
    password: 'сорока на берёзе летит',
    cadre: 'nurse',
    clientKey: randomUUID(),
    ...fields,
  })

const membershipsOf = async (email: string) => {
  const user = await User.findOne({ email }).lean()
  return Membership.find({ user: user?._id ?? null }).lean()
}

describe('joining with a new account', () => {
  it('makes the account and the membership, and signs in', async () => {
    const { services, token, email, slug, sideId, countMembers, clock } = await invited()
    const before = (await countMembers()) ?? 0
    const joined = await services.invitations.joinAnew(token, nurse(), FROM)
    expect(joined).toMatchObject({ next: 'in', redirectTo: `/partnerships/${slug}?joined` })
    const header = `${SESSION_COOKIE}=${joined.token}`
    const bearer = await readBearer({ headers: { cookie: header } }, clock.now())
    expect(bearer?.actor.memberships).toMatchObject([{ role: 'editor', sideId, status: 'active' }])
    expect(bearer?.user).toMatchObject({
      email,
      lang: 'ru',
      timeZone: 'Europe/Moscow',
      name: { family: 'Кузнецова', patronymic: 'Петровна', latin: 'Anna Kuznetsova' },
    })
    expect(await membershipsOf(email)).toMatchObject([{ cadre: 'nurse' }])
    expect(await countMembers()).toBe(before + 1)
    const by = bearer?.actor.userId
    const kinds = (await AuditEntry.find({ by }).lean()).map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['account:created', 'invitation:accepted']))
  })

  it('without a password, on a shared computer: a short session, and no password to guess', async () => {
    const { services, token, email } = await invited()
    const input = nurse({ by: 'code', password: '', shared: 'yes' })
    await services.invitations.joinAnew(token, input, FROM)
    const user = await User.findOne({ email }).lean()
    expect(user?.passwordHash).toBeNull()
    expect(await Session.findOne({ user: user?._id }).lean()).toMatchObject({ shared: true })
  })

  it('refuses a password that everybody guesses, and the invitation stays open', async () => {
    const { services, token, email } = await invited()
    const weak = services.invitations.joinAnew(token, nurse({ password: 'qwerty12345' }), FROM)
    await expect(weak).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { password: 'common' },
    })
    expect(await User.exists({ email })).toBeNull()
    await services.invitations.joinAnew(token, nurse(), FROM)
  })

  it('is not for an address that has an account', async () => {
    const { services, token, email, stranger } = await invited()
    const { userId } = await stranger()
    await User.updateOne({ _id: userId }, { $set: { email } })
    expect(await services.invitations.readInvitation(null, token, FROM)).toMatchObject({
      joiner: { kind: 'known' },
    })
    const joining = services.invitations.joinAnew(token, nurse(), FROM)
    await expect(joining).rejects.toMatchObject({ code: 'conflict' })
    expect(await membershipsOf(email)).toEqual([])
    expect(await Invitation.findOne({ email }).lean()).toMatchObject({ status: 'open' })
  })

  it('row 102: sent twice, makes one account and signs in both times', async () => {
    const { services, token, email, countMembers } = await invited()
    const before = (await countMembers()) ?? 0
    const input = nurse()
    const join = () => services.invitations.joinAnew(token, input, FROM)
    const both = await Promise.all([join(), join()])
    expect(new Set(both.map((step) => step.token)).size).toBe(2)
    await join()
    expect(await User.countDocuments({ email })).toBe(1)
    expect(await membershipsOf(email)).toHaveLength(1)
    expect(await countMembers()).toBe(before + 1)
    // the same form with another password is another form
    const forged = services.invitations.joinAnew(
      token,
      { ...input, password: 'другой пароль тут' },
      FROM,
    )
    await expect(forged).rejects.toMatchObject({ code: 'link_over' })
  })

  it('from two tabs at once makes one account', async () => {
    const { services, token, email } = await invited()
    const join = () => services.invitations.joinAnew(token, nurse(), FROM)
    const both = await Promise.allSettled([join(), join()])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await membershipsOf(email)).toHaveLength(1)
  })
})

describe('joining as somebody who has an account', () => {
  async function known() {
    const opened = await invited()
    const actor = await opened.stranger()
    await User.updateOne({ _id: actor.userId }, { $set: { email: opened.email } })
    const join = (token = opened.token) =>
      opened.services.invitations.joinSignedIn(actor, token, { cadre: 'nurse' }, FROM)
    return { ...opened, actor, join }
  }

  it('is one click, and two at once are one membership', async () => {
    const { join, email, slug, countMembers } = await known()
    const before = (await countMembers()) ?? 0
    const welcome = `/partnerships/${slug}?joined`
    expect(await Promise.all([join(), join()])).toEqual([welcome, welcome])
    expect(await membershipsOf(email)).toHaveLength(1)
    expect(await countMembers()).toBe(before + 1)
  })

  it('at the moment it is taken back: either joined or revoked, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { join, revoke, email } = await known()
      const [joined, revoked] = await Promise.allSettled([join(), revoke()])
      expect([joined.status, revoked.status].toSorted()).toEqual(['fulfilled', 'rejected'])
      const isIn = joined.status === 'fulfilled'
      expect(await membershipsOf(email)).toHaveLength(isIn ? 1 : 0)
      expect(await Invitation.findOne({ email }).lean()).toMatchObject({
        status: isIn ? 'accepted' : 'revoked',
      })
    }
  })

  it('row 150: who was removed may be invited again, as what the new letter says', async () => {
    const { join, invite, actor, services, coordinator, partnershipId, countMembers, email } =
      await known()
    await join()
    const before = await countMembers()
    await services.members.removeMember(coordinator, partnershipId, actor.userId)
    await expect(join()).rejects.toMatchObject({ code: 'link_over' })
    await join(await invite())
    expect(await membershipsOf(email)).toMatchObject([{ status: 'active', role: 'editor' }])
    expect(await countMembers()).toBe(before)
  })

  it('keeps the post of whoever is a member already', async () => {
    const { join, actor, email, partnershipId, sideId, countMembers } = await known()
    const post = { role: 'viewer', side: sideId, cadre: 'physician', status: 'active' } as const
    await Membership.create({ partnership: partnershipId, user: actor.userId, ...post })
    const before = await countMembers()
    await join()
    expect(await membershipsOf(email)).toMatchObject([{ role: 'viewer', cadre: 'physician' }])
    expect(await countMembers()).toBe(before)
  })
})

describe('row 149: an invitation opened by somebody else who is signed in', () => {
  it('shows a masked address and joins nobody', async () => {
    const { services, token, email, stranger, coordinator } = await invited()
    for (const other of [await stranger(), coordinator]) {
      const view = await services.invitations.readInvitation(other, token, FROM)
      expect(view.joiner).toEqual({ kind: 'other' })
      expect(view.email).toBe(`${email[0]}•••@hospital.example`)
      const joining = services.invitations.joinSignedIn(other, token, {}, FROM)
      await expect(joining).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await Invitation.findOne({ email }).lean()).toMatchObject({ status: 'open' })
  })
})

describe('row 150: a link', () => {
  it('that is used, taken back, too old or unknown says one thing to everybody', async () => {
    const { services, stranger } = await createWorld()
    const used = await invited()
    await used.services.invitations.joinAnew(used.token, nurse(), FROM)
    const revoked = await invited()
    await revoked.revoke()
    const old = await invited()
    await Invitation.updateOne({ email: old.email }, { $set: { until: new Date(Date.now() - 1) } })
    const other = await stranger()
    for (const token of [
      used.token,
      revoked.token,
      old.token,
      'x'.repeat(43),
      '',
      '$ne',
      'x'.repeat(9_000),
    ]) {
      const opening = services.invitations.readInvitation(null, token, FROM)
      await expect(opening).rejects.toMatchObject({ code: 'link_over', detail: {}, status: 410 })
      const joining = services.invitations.joinAnew(token, nurse(), FROM)
      await expect(joining).rejects.toMatchObject({ code: 'link_over' })
      const asOther = services.invitations.joinSignedIn(other, token, {}, FROM)
      await expect(asOther).rejects.toMatchObject({
        code: expect.stringMatching(/link_over|forbidden/),
      })
    }
    expect(await Membership.countDocuments({ user: other.userId })).toBe(0)
  })

  it('gives the role that is stored, whatever else the form carries', async () => {
    const { services, token, email } = await invited({ role: 'viewer' })
    const input = { ...nurse(), role: 'coordinator', sideId: 'x', email: 'other@hospital.example' }
    await services.invitations.joinAnew(token, input, FROM)
    expect(await membershipsOf(email)).toMatchObject([{ role: 'viewer' }])
  })

  it('is not to be guessed: unknown ones are counted, a clinic’s real ones are not', async () => {
    const { services, token } = await invited()
    const from = { ...FROM, address: '10.9.9.9' }
    for (let person = 0; person < 70; person++)
      await services.invitations.readInvitation(null, token, from)
    const guess = () => services.invitations.readInvitation(null, 'x'.repeat(43), from)
    for (let guesses = 0; guesses < 60; guesses++)
      await expect(guess()).rejects.toMatchObject({ code: 'link_over' })
    await expect(guess()).rejects.toMatchObject({ code: 'too_many_requests' })
  })
})

describe('row 152: reading an invitation', () => {
  it('changes nothing, however often a scanner does it', async () => {
    const { services, token, email, partnershipId, coordinator } = await invited()
    const before = await Invitation.findOne({ email }).lean()
    const facts = await AuditEntry.countDocuments({ partnership: partnershipId })
    const views = await Promise.all(
      Array.from({ length: 5 }, () => services.invitations.readInvitation(null, token, FROM)),
    )
    expect(views[0]).toMatchObject({
      partnership: { en: 'St Petersburg / New Haven' },
      places: [{ en: 'St Petersburg' }, { en: 'New Haven' }],
      role: 'editor',
      inviter: { family: 'Проверкина' },
    })
    expect(JSON.stringify(views)).not.toContain(coordinator.userId)
    expect(await Invitation.findOne({ email }).lean()).toEqual(before)
    expect(await User.exists({ email })).toBeNull()
    expect(await AuditEntry.countDocuments({ partnership: partnershipId })).toBe(facts)
  })
})
