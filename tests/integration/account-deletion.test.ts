import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Invitation } from '../../models/invitation'
import { MailItem } from '../../models/mail'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import { hashPassword } from '../../server/auth/passwords'
import { readBearer } from '../../server/auth/sessions'
import type { Actor } from '../../shared/actor'
import { createWorld, type World } from '../setup/world'

const PASSWORD = 'тихая гавань у моста'

let world: World
let actor: Actor
let email: string
beforeEach(async () => {
  world = await createWorld()
  await world.member('coordinator')
  actor = await world.member('editor', 'a', { passwordHash: await hashPassword(PASSWORD) })
  email = (await User.findById(actor.userId).lean())?.email ?? ''
})

const remove = (input: { email: string; password?: string } = { email, password: PASSWORD }) =>
  world.services.accounts.deleteAccount(actor, input)

/** Signed in so long ago that it proves nothing. */
const longAgo = () =>
  Session.updateMany(
    { user: actor.userId },
    { $set: { createdAt: new Date(0) } },
    { strict: false },
  )

describe('deleting one’s account', () => {
  it('ends every session, live socket and membership, and frees the address', async () => {
    const { heard, clock, partnershipId } = world
    await Partnership.updateOne({ _id: partnershipId }, { $set: { memberCount: 2 } })
    const headers = { cookie: await world.cookie(actor) }
    heard.length = 0
    await remove()
    expect(await readBearer({ headers }, clock.now())).toBeNull()
    expect(await Session.countDocuments({ user: actor.userId })).toBe(0)
    expect(heard.map(([event, fact]) => [event, 'userId' in fact && fact.userId])).toContainEqual([
      'access:changed',
      actor.userId,
    ])
    const membership = await Membership.findOne({ user: actor.userId }).lean()
    expect(membership?.status).toBe('removed')
    expect((await Partnership.findById(partnershipId).lean())?.memberCount).toBe(1)
    expect(await User.exists({ email })).toBeNull()
  })

  it('leaves what was written with others, under no name in either language', async () => {
    const { services, partnershipId, member } = world
    const { id } = await services.discussions.createThread(actor, partnershipId, {
      ...{ titleEn: '', titleRu: 'Звонки', lang: 'ru', text: 'Кто звонит?' },
      ...{ tags: [], clientKey: randomUUID() },
    })
    await remove()
    const thread = await services.discussions.openThread(await member('viewer', 'b'), id)
    const shown = JSON.stringify(thread)
    expect(shown).toContain('Кто звонит?')
    expect(shown).toContain('Former\u00a0participant')
    expect(shown).toContain('Бывший\u00a0участник')
    expect(shown).not.toContain('Проверкина')
  })

  it('is in the record and told to the address that was', async () => {
    await remove()
    const rows = await AuditEntry.find({ kind: 'account:deleted' }).lean()
    expect(rows.map(({ partnership }) => (partnership ? String(partnership) : null))).toEqual(
      expect.arrayContaining([null, world.partnershipId]),
    )
    expect(await MailItem.countDocuments({ template: 'account-deleted', to: email })).toBe(1)
  })

  it('wants the address typed, and the password where the sign-in is long ago', async () => {
    const other = { email: 'somebody@test.twinward.example' }
    await expect(remove(other)).rejects.toMatchObject({ detail: { email: 'other' } })
    await longAgo()
    await expect(remove({ email })).rejects.toMatchObject({ code: 'invalid_input' })
    const wrong = { email, password: 'not my password' }
    await expect(remove(wrong)).rejects.toMatchObject({ detail: { password: 'wrong' } })
    expect((await User.findById(actor.userId).lean())?.deletedAt).toBeUndefined()
    await remove()
    expect((await User.findById(actor.userId).lean())?.deletedAt).toBeInstanceOf(Date)
  })

  it('forgets the address wherever it was written to', async () => {
    const { clock, partnershipId } = world
    const [at, partnership] = [clock.now(), new Types.ObjectId(partnershipId)]
    const until = new Date(at.getTime() + 86_400_000)
    const sent = { tokenHash: randomUUID(), sentAt: [at], at, until, status: 'open' }
    const invited = { role: 'viewer', side: new Types.ObjectId(), lang: 'ru', note: null }
    await Invitation.collection.insertOne({ partnership, email, ...invited, ...sent })
    const letter = { lang: 'ru', template: 'sign-in-code', values: { code: '1' }, status: 'sent' }
    await MailItem.collection.insertOne({ to: email, ...letter, tries: 1, nextAt: at, at })
    await remove()
    const left = await MailItem.find({ to: email }).lean()
    expect(left.map(({ template }) => template)).toEqual(['account-deleted'])
    const [row] = await Invitation.find({ partnership: partnershipId }).lean()
    expect([row?.status, row?.email.endsWith('@deleted.invalid')]).toEqual(['revoked', true])
  })

  it('takes along what they meant to change after workshops, and the address they were a guest by', async () => {
    const { clock, partnershipId } = world
    const at = { partnership: partnershipId, workshop: new Types.ObjectId() }
    const place = { ...at, registration: 'registered' as const, createdAt: clock.now() }
    const lang = 'ru' as const
    const written = { name: 'Вера Гостья', lang, timeZone: 'UTC', institution: '' }
    const rows = await WorkshopParticipant.create([
      { ...place, user: actor.userId },
      { ...place, guest: { ...written, email } },
      { ...place, guest: { ...written, email: 'other@guest.example' } },
    ])
    const moment = { at: clock.now(), dueAt: clock.now() }
    const promises = rows.map(({ _id }) => ({ ...at, ...moment, participant: _id, lang }))
    await WorkshopPromise.create(promises.map((each) => ({ ...each, text: 'Звонить' })))
    await remove()
    const [, guest, other] = await WorkshopParticipant.find(at).sort({ _id: 1 }).lean()
    expect(guest?.guest).toMatchObject({ name: 'Вера Гостья', email: null })
    expect(other?.guest?.email).toBe('other@guest.example')
    const left = await WorkshopPromise.find(at).lean()
    expect(left.map(({ participant }) => participant)).toEqual([rows[2]?._id])
  })

  it('happens once, though it is asked for twice at the same moment', async () => {
    const both = await Promise.allSettled([remove(), remove()])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await MailItem.countDocuments({ template: 'account-deleted', to: email })).toBe(1)
  })

  it('is refused to the last programme admin', async () => {
    await User.deleteMany({ programmeAdmin: true })
    await User.updateOne({ _id: actor.userId }, { $set: { programmeAdmin: true } })
    await expect(remove()).rejects.toMatchObject({ detail: { account: 'last-admin' } })
    await world.admin()
    await remove()
  })

  it('is refused to the last coordinator, who is told of which partnership', async () => {
    const alone = await createWorld()
    const only = await alone.member('coordinator')
    const row = await User.findById(only.userId).lean()
    const asked = alone.services.accounts.deleteAccount(only, { email: row?.email ?? '' })
    await expect(asked).rejects.toMatchObject({
      code: 'last_coordinator',
      detail: { slug: alone.slug },
    })
    expect(await User.exists({ _id: only.userId, deletedAt: null })).not.toBeNull()
  })

  it('is refused to an account of the demonstration and to a token', async () => {
    const token = { ...actor, scopes: ['thread:read'] as const }
    const asked = world.services.accounts.deleteAccount(token, { email, password: PASSWORD })
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
    await User.updateOne({ _id: actor.userId }, { $set: { demo: true } })
    await expect(remove()).rejects.toMatchObject({ detail: { account: 'demonstration' } })
  })
})
