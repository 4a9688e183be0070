import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Counterpart } from '../../models/counterpart'
import { Invitation } from '../../models/invitation'
import { MailItem } from '../../models/mail'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import type { Role } from '../../shared/policy'
import type { ChangeMember } from '../../shared/schemas/members'
import { connect, opened } from '../setup/sockets'
import { createWorld, type World } from '../setup/world'

/** The form of a member's page, as somebody sees it now. */
async function seen(actor: Actor, fields: Partial<ChangeMember>): Promise<ChangeMember> {
  const row = await Membership.findOne({ user: actor.userId }).lean()
  const [role, sideId] = [row?.role ?? 'viewer', String(row?.side)]
  const was = { wasRole: role, wasSideId: sideId, wasCadre: row?.cadre ?? '' }
  return { role, sideId, cadre: 'physician', ...was, ...fields }
}

async function change(world: World, by: Actor, whom: Actor, fields: Partial<ChangeMember>) {
  const input = await seen(whom, fields)
  return world.services.members.changeMember(by, world.partnershipId, whom.userId, input)
}

const remove = (world: World, by: Actor, whom: Actor) =>
  world.services.members.removeMember(by, world.partnershipId, whom.userId)
const leave = (world: World, actor: Actor) =>
  world.services.members.leavePartnership(actor, world.partnershipId)
const roleOf = async ({ userId }: Actor) => {
  const row = await Membership.findOne({ user: userId }).lean()
  return row?.status === 'active' ? row.role : row?.status
}
const coordinatorsOf = ({ partnershipId }: World) =>
  Membership.countDocuments({ partnership: partnershipId, role: 'coordinator', status: 'active' })

describe('a member’s post', () => {
  it('is changed by a coordinator: role, side and profession, with a line in the record', async () => {
    const world = await createWorld()
    const [coordinator, editor] = [await world.member('coordinator'), await world.member('editor')]
    const other = await world.member('viewer', 'b')
    const sideId = other.memberships[0]?.sideId ?? ''
    await change(world, coordinator, editor, { role: 'viewer', sideId, cadre: 'nurse' })
    const row = await Membership.findOne({ user: editor.userId }).lean()
    expect(row).toMatchObject({ role: 'viewer', cadre: 'nurse' })
    expect(String(row?.side)).toBe(sideId)
    const fact = await AuditEntry.findOne({ kind: 'member:role-changed' }).lean()
    expect(fact).toMatchObject({
      subject: { user: editor.userId },
      detail: { from: 'editor', to: 'viewer', fromCadre: 'physician', toCadre: 'nurse' },
    })
  })

  it('is nobody else’s to change, and no stranger learns that it exists', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    for (const role of ['editor', 'reviewer', 'viewer', 'observer'] as const) {
      const actor = await world.member(role)
      await expect(change(world, actor, editor, { role: 'viewer' })).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(remove(world, actor, editor)).rejects.toMatchObject({ code: 'forbidden' })
    }
    const foreign = await (await createWorld()).member('coordinator')
    for (const actor of [await world.stranger(), foreign]) {
      await expect(change(world, actor, editor, { role: 'viewer' })).rejects.toMatchObject({
        code: 'not_found',
      })
      await expect(remove(world, actor, editor)).rejects.toMatchObject({ code: 'not_found' })
      await expect(leave(world, actor)).rejects.toMatchObject({ code: 'not_found' })
    }
    const coordinator = await world.member('coordinator')
    await expect(remove(world, coordinator, foreign)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('row 103: changed by another coordinator meanwhile is not overwritten', async () => {
    const world = await createWorld()
    const [one, two] = [await world.member('coordinator'), await world.member('coordinator')]
    const editor = await world.member('editor')
    const stale = await seen(editor, { role: 'reviewer' })
    await change(world, two, editor, { role: 'viewer' })
    const saving = world.services.members.changeMember(
      one,
      world.partnershipId,
      editor.userId,
      stale,
    )
    await expect(saving).rejects.toMatchObject({ code: 'conflict' })
    expect(await roleOf(editor)).toBe('viewer')
  })
})

describe('row 151: rising, and being the last', () => {
  it('nobody raises themself, and coordinators come by the programme alone', async () => {
    const world = await createWorld()
    const [coordinator, editor] = [await world.member('coordinator'), await world.member('editor')]
    for (const role of ['coordinator', 'viewer'] as const satisfies Role[]) {
      await expect(change(world, editor, editor, { role })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    await world.member('coordinator')
    await expect(change(world, coordinator, coordinator, { role: 'editor' })).rejects.toMatchObject(
      { code: 'forbidden' },
    )
    await expect(change(world, coordinator, editor, { role: 'coordinator' })).rejects.toMatchObject(
      { code: 'forbidden' },
    )
    await change(world, await world.admin(), editor, { role: 'coordinator' })
    expect(await roleOf(editor)).toBe('coordinator')
    await expect(change(world, coordinator, editor, { role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('the last coordinator is neither removed, nor made less, nor leaves', async () => {
    const world = await createWorld()
    const [last, admin] = [await world.member('coordinator'), await world.admin()]
    const refused = { code: 'last_coordinator', status: 409 }
    await expect(leave(world, last)).rejects.toMatchObject(refused)
    await expect(remove(world, admin, last)).rejects.toMatchObject(refused)
    await expect(change(world, admin, last, { role: 'editor' })).rejects.toMatchObject(refused)
    await expect(remove(world, last, last)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await roleOf(last)).toBe('coordinator')
  })

  it.each(['remove each other', 'are made less', 'leave', 'go in all ways'] as const)(
    'of two coordinators who %s at once one stays',
    async (how) => {
      for (let round = 0; round < 4; round++) {
        const world = await createWorld()
        const [one, two] = [await world.member('coordinator'), await world.member('coordinator')]
        const [admin, other] = [await world.admin(), await world.admin()]
        const both = await Promise.allSettled(
          {
            'remove each other': () => [remove(world, one, two), remove(world, two, one)],
            'are made less': () => [
              change(world, admin, one, { role: 'viewer' }),
              change(world, other, two, { role: 'viewer' }),
            ],
            leave: () => [leave(world, one), leave(world, two)],
            'go in all ways': () => [
              leave(world, one),
              change(world, admin, two, { role: 'editor' }),
            ],
          }[how](),
        )
        expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
        const refusal = both.find((each) => each.status === 'rejected')
        expect(refusal).toMatchObject({ reason: { code: 'last_coordinator' } })
        expect(await coordinatorsOf(world)).toBe(1)
      }
    },
  )
})

describe('removing a member', () => {
  it('ends what they may do, their pairs and their place in the count, and tells them by letter', async () => {
    const world = await createWorld()
    const [coordinator, editor] = [await world.member('coordinator'), await world.member('editor')]
    const peer = await world.member('editor', 'b')
    const pair = { pair: [editor.userId, peer.userId].sort().join(':'), topic: null }
    const people = [editor.userId, peer.userId]
    const at = { partnership: world.partnershipId, at: new Date(), live: true }
    await Counterpart.create({ ...at, ...pair, people, status: 'confirmed' })
    await Partnership.updateOne({ _id: world.partnershipId }, { $set: { memberCount: 3 } })

    await Promise.all([remove(world, coordinator, editor), remove(world, coordinator, editor)])
    expect(await roleOf(editor)).toBe('removed')
    expect((await Partnership.findById(world.partnershipId).lean())?.memberCount).toBe(2)
    expect(await Counterpart.findOne({ people: peer.userId }).lean()).toMatchObject({
      status: 'ended',
      live: false,
    })
    const user = await User.findById(editor.userId).lean()
    expect(await MailItem.find({ to: user?.email }).lean()).toMatchObject([
      { template: 'removed-from-partnership', lang: 'ru' },
    ])
    const by = { by: coordinator.userId }
    const kinds = (await AuditEntry.find(by).lean()).map(({ kind }) => kind).toSorted()
    expect(kinds).toEqual(['counterpart:ended', 'member:removed'])
  })

  it('closes their open socket within two seconds, and a lower role acts as quickly', async () => {
    const world = await createWorld()
    const [coordinator, editor] = [await world.member('coordinator'), await world.member('editor')]
    const { origin } = await world.serve()
    const { partnershipId } = world
    const cookie = await world.cookie(editor)
    /** Their page, and the answer of the partnership's door. */
    const open = async () => {
      const socket = connect(origin, cookie)
      expect(await opened(socket)).toBe('connected')
      return { socket, answer: await socket.emitWithAck('partnership:join', { partnershipId }) }
    }
    const first = await open()
    expect(first.answer).toMatchObject({ ok: true })
    await change(world, coordinator, editor, { role: 'observer' })
    await expect.poll(() => first.socket.connected, { timeout: 2_000 }).toBe(false)
    const second = await open()
    expect(second.answer).toMatchObject({ ok: false, code: 'forbidden' })
    await remove(world, coordinator, editor)
    await expect.poll(() => second.socket.connected, { timeout: 2_000 }).toBe(false)
    expect((await open()).answer).toMatchObject({ ok: false, code: 'not_found' })
  })
})

describe('leaving', () => {
  it('is everybody’s own, once', async () => {
    const world = await createWorld()
    const observer = await world.member('observer')
    await leave(world, observer)
    await leave(world, observer)
    expect(await roleOf(observer)).toBe('removed')
    expect(await AuditEntry.countDocuments({ kind: 'member:left', by: observer.userId })).toBe(1)
  })
})

describe('the sides are equals', () => {
  it('neither puts the other one’s coordinator out, also not by moving them first', async () => {
    const world = await createWorld()
    const [home, abroad] = [
      await world.member('coordinator'),
      await world.member('coordinator', 'b'),
    ]
    await expect(remove(world, home, abroad)).rejects.toMatchObject({ code: 'forbidden' })
    const sideId = home.memberships[0]?.sideId ?? ''
    await expect(change(world, home, abroad, { sideId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await roleOf(abroad)).toBe('coordinator')
    await remove(world, await world.admin(), abroad)
    expect(await roleOf(abroad)).toBe('removed')
  })

  it('nobody who was put out comes back by an invitation of their own', async () => {
    const world = await createWorld()
    const [first, second] = [await world.member('coordinator'), await world.member('coordinator')]
    const [at, partnership] = [world.clock.now(), new Types.ObjectId(world.partnershipId)]
    const until = new Date(at.getTime() + 86_400_000)
    const sent = { tokenHash: randomUUID(), sentAt: [at], at, until, status: 'open' }
    const invited = { role: 'editor', side: new Types.ObjectId(), lang: 'ru', note: null }
    const by = new Types.ObjectId(second.userId)
    const email = 'again@test.twinward.example'
    await Invitation.collection.insertOne({ partnership, email, by, ...invited, ...sent })
    await remove(world, first, second)
    const row = await Invitation.findOne({ partnership }).lean()
    expect(row?.status).toBe('revoked')
    expect(await AuditEntry.countDocuments({ kind: 'invitation:revoked', partnership })).toBe(1)
  })
})
