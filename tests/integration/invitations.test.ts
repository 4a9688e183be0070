import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Invitation } from '../../models/invitation'
import { MailItem } from '../../models/mail'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { Invite } from '../../shared/schemas/invitations'
import { createWorld, type World } from '../setup/world'

const DAY_MS = 86_400_000

/** A partnership, its coordinator, and the form as they fill it. */
async function inviting() {
  const world = await createWorld()
  const coordinator = await world.member('coordinator')
  const side = await sideOf(world, 'b')
  const form = (people: string, fields: object = {}) =>
    Invite.parse({
      people,
      role: 'editor',
      sideId: side,
      lang: 'ru',
      clientKey: randomUUID(),
      ...fields,
    })
  const send = (people: string, fields: object = {}, by: Actor = coordinator) =>
    world.services.invitations.invite(by, world.partnershipId, form(people, fields))
  const list = () => world.services.invitations.listInvitations(coordinator, world.partnershipId)
  const change = (invitationId: string, intent: 'resend' | 'revoke', by: Actor = coordinator) =>
    world.services.invitations.changeInvitation(by, world.partnershipId, { invitationId, intent })
  return { ...world, coordinator, side, form, send, list, change }
}

async function sideOf(world: World, tone: 'a' | 'b'): Promise<string> {
  const actor = await world.member('viewer', tone)
  return actor.memberships[0]?.sideId ?? ''
}

const newAddress = () => `${randomUUID()}@hospital.example`
const outcomes = (found: readonly { outcome: string }[]) => found.map(({ outcome }) => outcome)
const letters = (to: string) => MailItem.find({ to }).sort({ at: 1, _id: 1 }).lean()

describe('an invitation', () => {
  it('is a letter with a link whose token is kept as a hash, and a line in the record', async () => {
    const { send, list, side, partnershipId } = await inviting()
    const to = newAddress()
    expect(await send(`Анна Кузнецова <${to}>`, { note: ' Ждём вас ', cadre: 'nurse' })).toEqual([
      { line: `Анна Кузнецова <${to}>`, outcome: 'sent' },
    ])
    const [letter] = await letters(to)
    expect(letter).toMatchObject({
      lang: 'ru',
      template: 'invitation',
      values: { role: 'editor', note: 'Ждём вас', place: { en: 'New Haven' } },
    })
    const token = String(letter?.values.path).replace('/invitations/', '')
    expect(token).toMatch(/^[\w-]{43}$/)
    const row = await Invitation.findOne({ email: to }).lean()
    expect(JSON.stringify(row)).not.toContain(token)
    expect(row).toMatchObject({ status: 'open', role: 'editor', cadre: 'nurse', note: 'Ждём вас' })
    expect((row?.until.getTime() ?? 0) - (row?.at.getTime() ?? 0)).toBe(14 * DAY_MS)
    expect(await list()).toMatchObject([{ email: to, status: 'open', sideId: side }])
    const [fact] = await AuditEntry.find({
      partnership: partnershipId,
      kind: 'invitation:sent',
    }).lean()
    expect(fact).toMatchObject({
      subject: { invitation: String(row?._id) },
      detail: { role: 'editor' },
    })
    expect(JSON.stringify(fact)).not.toContain(to)
  })

  it('of a list is told line by line: sent, unreadable, twice, a member, invited already', async () => {
    const { send, member } = await inviting()
    const colleague = await User.findById((await member('viewer')).userId).lean()
    const [one, two] = [newAddress(), newAddress()]
    await send(two)
    const found = await send(`${one}\nno address\n${one}; bad@\t${two}\n${colleague?.email}`)
    expect(outcomes(found)).toEqual([
      'sent',
      'no_address',
      'twice',
      'bad_address',
      'invited',
      'member',
    ])
    expect(await letters(two)).toHaveLength(1)
  })

  it('of more than fifty at once is refused as a whole', async () => {
    const { send } = await inviting()
    const many = Array.from({ length: 51 }, newAddress)
    await expect(send(many.join('\n'))).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { people: 'list_long' },
    })
    expect(await Invitation.countDocuments({ email: { $in: many } })).toBe(0)
  })

  it('to a side of another partnership is refused', async () => {
    const { send } = await inviting()
    const foreign = await sideOf(await createWorld(), 'a')
    await expect(send(newAddress(), { sideId: foreign })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  it('is nobody’s but a coordinator’s to send, see or change', async () => {
    const { send, list, change, member, stranger, services, partnershipId } = await inviting()
    await send(newAddress())
    const [{ id = '' } = {}] = await list()
    for (const role of ['editor', 'reviewer', 'viewer', 'observer'] as const) {
      const actor = await member(role)
      await expect(send(newAddress(), {}, actor)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(change(id, 'revoke', actor)).rejects.toMatchObject({ code: 'forbidden' })
      const listing = services.invitations.listInvitations(actor, partnershipId)
      await expect(listing).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(send(newAddress(), {}, await stranger())).rejects.toMatchObject({
      code: 'not_found',
    })
    const other = await inviting()
    const foreign = services.invitations.changeInvitation(other.coordinator, other.partnershipId, {
      invitationId: id,
      intent: 'revoke',
    })
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('row 151: a role above one’s own', () => {
  it('is not a coordinator’s to give, nor is any to oneself', async () => {
    const { send, coordinator, admin, change } = await inviting()
    const own = await User.findById(coordinator.userId).lean()
    await expect(send(own?.email ?? '')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(send(newAddress(), { role: 'coordinator' })).rejects.toMatchObject({
      code: 'forbidden',
    })

    const programme = await admin()
    const to = newAddress()
    expect(outcomes(await send(to, { role: 'coordinator' }, programme))).toEqual(['sent'])
    const self = await User.findById(programme.userId).lean()
    await expect(send(self?.email ?? '', {}, programme)).rejects.toMatchObject({
      code: 'forbidden',
    })
    // nor is its letter a coordinator's to send again
    const row = await Invitation.findOne({ email: to }).lean()
    await expect(change(String(row?._id), 'resend')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('row 102: a list sent twice', () => {
  it('writes one letter and says the same both times', async () => {
    const { form, coordinator, services, partnershipId } = await inviting()
    const to = newAddress()
    const input = form(to)
    const send = () => services.invitations.invite(coordinator, partnershipId, input)
    const both = await Promise.all([send(), send()])
    expect(both.map(outcomes)).toEqual([['sent'], ['sent']])
    expect(outcomes(await send())).toEqual(['sent'])
    expect(await letters(to)).toHaveLength(1)
  })
})

describe('row 153: letters without end', () => {
  it('to one address: one live invitation, however many coordinators invite at once', async () => {
    const { send, member } = await inviting()
    const other = await member('coordinator')
    const to = newAddress()
    const found = await Promise.all([send(to), send(to, {}, other), send(to), send(to, {}, other)])
    expect(found.flatMap(outcomes).toSorted()).toEqual(['invited', 'invited', 'invited', 'sent'])
    expect(await Invitation.countDocuments({ email: to, status: 'open' })).toBe(1)
    expect(await letters(to)).toHaveLength(1)
  })

  it('to one address: five a day, sent again or revoked and invited anew, from all partnerships', async () => {
    const { send, list, change } = await inviting()
    const to = newAddress()
    await send(to)
    const [{ id = '' } = {}] = await list()
    for (let letter = 2; letter <= 4; letter++) await change(id, 'resend')
    const elsewhere = await inviting()
    expect(outcomes(await elsewhere.send(to))).toEqual(['sent'])
    await expect(change(id, 'resend')).rejects.toMatchObject({
      code: 'too_many_requests',
      detail: { seconds: expect.stringMatching(/^\d+$/) },
    })
    await change(id, 'revoke')
    expect(outcomes(await send(to))).toEqual(['address_limit'])
    expect(await letters(to)).toHaveLength(5)

    // a day later there is room again
    const rows = await Invitation.find({ email: to }).lean()
    for (const { _id, sentAt } of rows) {
      const earlier = sentAt.map((at) => new Date(at.getTime() - DAY_MS))
      await Invitation.updateOne({ _id }, { $set: { sentAt: earlier } })
    }
    expect(outcomes(await send(to))).toEqual(['sent'])
  })

  it('of one coordinator: 200 an hour, the next one is told to wait', async () => {
    const { send, list, change, coordinator, ports } = await inviting()
    await send(newAddress())
    const [{ id = '' } = {}] = await list()
    for (let letter = 2; letter <= 200; letter++)
      await ports.limits.take('invite', coordinator.userId)
    expect(outcomes(await send(`${newAddress()}\n${newAddress()}`))).toEqual(['limit', 'limit'])
    await expect(change(id, 'resend')).rejects.toMatchObject({ code: 'too_many_requests' })
  })
})

describe('a link that is over', () => {
  it('is replaced by the one of the next letter', async () => {
    const { send, list, change, services } = await inviting()
    const to = newAddress()
    await send(to)
    const [{ id = '' } = {}] = await list()
    await change(id, 'resend')
    const [old, now] = (await letters(to)).map(
      ({ values }) => String(values.path).split('/').at(-1) ?? '',
    )
    const from = { address: '10.0.0.1' }
    const read = (token = '') => services.invitations.readInvitation(null, token, from)
    await expect(read(old)).rejects.toMatchObject({ code: 'link_over' })
    expect(await read(now)).toMatchObject({ email: to, joiner: { kind: 'new' } })
  })

  it('by its time makes room for a new invitation, and is shown as expired', async () => {
    const { send, list } = await inviting()
    const to = newAddress()
    await send(to)
    await Invitation.updateOne({ email: to }, { $set: { until: new Date(Date.now() - 1) } })
    expect((await list()).map(({ status }) => status)).toEqual(['expired'])
    expect(outcomes(await send(to))).toEqual(['sent'])
    expect((await list()).map(({ status }) => status).toSorted()).toEqual(['expired', 'open'])
  })

  it('is taken back once, and cannot be sent again', async () => {
    const { send, list, change } = await inviting()
    await send(newAddress())
    const [{ id = '' } = {}] = await list()
    await Promise.all([change(id, 'revoke'), change(id, 'revoke')])
    await expect(change(id, 'resend')).rejects.toMatchObject({ code: 'conflict' })
    const facts = await AuditEntry.countDocuments({
      kind: 'invitation:revoked',
      'subject.invitation': id,
    })
    expect(facts).toBe(1)
  })
})
