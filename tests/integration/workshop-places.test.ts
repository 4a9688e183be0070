import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it, vi } from 'vitest'
import { GuestSession } from '../../models/guest-session'
import { MailItem, type MailRow } from '../../models/mail'
import { Membership } from '../../models/membership'
import { Notification } from '../../models/notification'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { letterOf } from '../../server/services/mail-delivery'
import { inTransaction } from '../../server/services/transaction'
import { tellParticipants } from '../../server/services/workshop-letters'
import { remindDue } from '../../server/services/workshop-reminders'
import type { Actor } from '../../shared/actor'
import { ChangeMember } from '../../shared/schemas/members'
import { CreateWorkshop, WorkshopPlan } from '../../shared/schemas/workshops'
import { ADDRESS, comeAsGuest, guestOf, linkTo, tokenOf } from '../fixtures/guests'
import { liveWorkshop, reread } from '../fixtures/live-workshop'
import { atTime, lettersTo } from '../fixtures/planned-workshop'
import { createWorld } from '../setup/world'

async function open(fields: object = {}) {
  const world = await createWorld()
  const facilitator = await world.member('coordinator', 'b')
  const workshop = await liveWorkshop(world, facilitator, { guests: true, ...fields })
  const { workshopDoor, workshopRegistration } = world.services
  const id = String(workshop._id)
  return {
    ...world,
    world,
    facilitator,
    workshop,
    id,
    door: workshopDoor,
    places: workshopRegistration,
    enter: async (actor: Actor) => (await workshopDoor.enterRoom(actor, id)).mine,
    registered: async () => (await Workshop.findById(id).lean())?.registered,
    /** Somebody who proved an address by the link. */
    async guest() {
      const link = await linkTo(world, facilitator, workshop)
      const email = `${Math.random().toString(36).slice(2)}@clinic.example`
      const actor = await guestOf(await comeAsGuest(world, workshop, link, email))
      return { actor, email }
    },
  }
}
const emailOf = async ({ userId }: Actor) => (await User.findById(userId).lean())?.email ?? ''
const PUBLIC_URL = 'http://test.twinward.example'
const PLAN = {
  titleEn: 'Missed doses',
  titleRu: 'Пропущенные дозы',
  mode: 'virtual',
  startsAt: '2031-12-02T09:00',
  timeZone: 'America/New_York',
  capacity: '1',
  agenda: [{ minutes: 45, titleEn: 'Adherence', titleRu: 'Приверженность', spoken: 'en' }],
}

describe('the door', () => {
  it('opens to everybody who waits by one act, each with a place and word of it', async () => {
    const { door, guest, facilitator, id, workshop, heard, services, member } = await open({
      capacity: 1,
    })
    const [first, second, refused] = [await guest(), await guest(), await guest()]
    await door.letIn(facilitator, id, refused.actor.userId, false)
    await expect(door.letAllIn(await member('editor'), id)).rejects.toThrow('forbidden')
    const before = heard.length
    const counts = await Promise.all([
      door.letAllIn(facilitator, id),
      door.letAllIn(facilitator, id),
    ])
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(2)
    const rows = await WorkshopParticipant.find({ workshop: workshop._id }).sort({ _id: 1 }).lean()
    expect(rows.map((row) => [row.door, row.registration])).toEqual([
      ['admitted', 'registered'],
      ['admitted', 'waiting'],
      ['refused', 'none'],
    ])
    const told = heard.slice(before).filter(([event]) => event === 'workshop:door')
    expect(told.length).toBeGreaterThanOrEqual(2)
    for (const [at, { actor }] of [first, second].entries()) {
      const to = rows[at]?.guest?.email
      const letters = await MailItem.find({ to, template: 'workshop-admitted' }).lean()
      expect(letters.map(({ values }) => values.waiting)).toEqual([at === 0 ? null : 1])
      // the letter brings them back, and says to nobody else who they are
      const own = await services.workshopGuests.readLink(tokenOf(letters[0]?.values.path), ADDRESS)
      expect(own).toMatchObject({ workshopId: id, invited: true })
      expect(String(rows[at]?._id)).toBe(actor.userId)
    }
    const [letter] = await MailItem.find({ template: 'workshop-admitted', 'values.id': id }).lean()
    const { files } = await letterOf(letter as MailRow, PUBLIC_URL)
    expect(files?.map(({ name }) => name)).toEqual(['event.ics'])
  })

  it('lets whoever has the link come in at once where a facilitator chose that, and nowhere else', async () => {
    const { guest, facilitator, id, services, registered } = await open()
    const { setLinkAdmits, listGuests } = services.workshopGuests
    await setLinkAdmits(facilitator, id, true)
    const { actor } = await guest()
    expect(actor.guest).not.toHaveProperty('outside')
    expect(await registered()).toBe(1)
    await Workshop.updateOne({ _id: id }, { $set: { waitingRoom: true } })
    expect((await guest()).actor.guest?.outside).toBe(true)
    await Workshop.updateOne({ _id: id }, { $set: { waitingRoom: false } })
    await setLinkAdmits(facilitator, id, false)
    expect((await guest()).actor.guest?.outside).toBe(true)
    // who was there is turned away, not forgotten
    await WorkshopParticipant.updateOne({ _id: actor.userId }, { $set: { registration: 'none' } })
    const seenAt = new Date()
    const stays = [{ key: 'k', from: seenAt, to: seenAt, seenAt }]
    await WorkshopParticipant.updateOne({ _id: actor.userId }, { $set: { stays } })
    await GuestSession.deleteMany({ participant: actor.userId })
    await services.workshopGuests.removeGuest(facilitator, id, actor.userId)
    const { people } = await listGuests(facilitator, id)
    expect(people.find(({ attendee }) => attendee.id === actor.userId)?.state).toBe('refused')
  })

  it('is none any more for a member once nobody has to wait', async () => {
    const { enter, member, id, services } = await open({ waitingRoom: true })
    const viewer = await member('viewer')
    await expect(enter(viewer)).rejects.toThrow('in_waiting_room')
    expect((await services.workshopAttendance.listWaiting(id)).count).toBe(1)
    await Workshop.updateOne({ _id: id }, { $set: { waitingRoom: false } })
    expect((await enter(viewer)).door).toBe('none')
    expect((await services.workshopAttendance.listWaiting(id)).count).toBe(0)
  })
})

describe('a place', () => {
  it('is none of a stranger with a link, and is lost by who is turned away', async () => {
    const { guest, door, places, facilitator, member, id, registered, services } = await open({
      capacity: 1,
    })
    const [stranger, other] = [await guest(), await guest()]
    expect(await registered()).toBe(0)
    await door.letIn(facilitator, id, stranger.actor.userId, false)
    const viewer = await member('viewer')
    expect((await places.register(viewer, id)).registration).toBe('registered')
    // in, with no place left; then the member who has it is turned away
    await door.letIn(facilitator, id, other.actor.userId, true)
    const theirs = await WorkshopParticipant.findOne({ workshop: id, user: viewer.userId }).lean()
    await door.letIn(facilitator, id, String(theirs?._id), false)
    const row = await WorkshopParticipant.findById(other.actor.userId).lean()
    expect([row?.registration, await registered()]).toEqual(['registered', 1])
    await expect(places.register(viewer, id)).rejects.toThrow('forbidden')
    const { outside } = await services.workshops.readWorkshop(viewer, id)
    expect(outside).toBe('forbidden')
    // let in after all, the member waits for it like everybody
    await door.letIn(facilitator, id, String(theirs?._id), true)
    expect((await places.readRegistration(viewer, id)).registration).toBe('waiting')
    // what they have given back themselves they ask for, if they want it
    await places.cancelRegistration(viewer, id)
    await door.letIn(facilitator, id, String(theirs?._id), false)
    await door.letIn(facilitator, id, String(theirs?._id), true)
    expect((await places.readRegistration(viewer, id)).registration).toBe('cancelled')
    expect((await places.register(viewer, id)).registration).toBe('waiting')
    const letters = await lettersTo(await emailOf(viewer), 'workshop-registered')
    const { text } = await letterOf(letters.at(-1) as MailRow, PUBLIC_URL)
    expect(text).toMatch(/Войти в комнату онлайн можно\s+и без места|without a place/)
  })

  it('taken away by somebody else is told of, with the entry for the calendar', async () => {
    const soon = new Date(Date.now() + 30 * 86_400_000)
    const { places, facilitator, member, id } = await open({ status: 'announced', startsAt: soon })
    const [viewer, unaware] = [await member('viewer', 'a'), await member('viewer', 'b')]
    await places.register(viewer, id)
    const rowOf = async (actor: Actor) =>
      String((await WorkshopParticipant.findOne({ workshop: id, user: actor.userId }))?._id)
    await places.takeOff(facilitator, id, await rowOf(viewer))
    await places.takeOff(facilitator, id, await rowOf(viewer))
    const [letter, ...more] = await lettersTo(await emailOf(viewer), 'workshop-removed')
    expect(more).toEqual([])
    const { files, text } = await letterOf(letter as MailRow, PUBLIC_URL)
    expect(files?.[0]?.text).toContain('STATUS:CANCELLED')
    expect(text).toContain(letter?.lang === 'ru' ? 'исключили' : 'taken you off')
    const about = { user: viewer.userId, kind: 'workshop_removed' as const }
    expect(await Notification.countDocuments(about)).toBe(1)
    // put on in the night (past the model, which keeps `at`), and off again: of neither they hear
    await places.registerMember(facilitator, id, unaware.userId)
    const [placed] = await lettersTo(await emailOf(unaware), 'workshop-registered')
    const morning = new Date(Date.now() + 3_600_000)
    const night = { $set: { at: morning, nextAt: morning } }
    await MailItem.collection.updateOne({ _id: placed?._id as never }, night)
    await places.takeOff(facilitator, id, await rowOf(unaware))
    expect(await lettersTo(await emailOf(unaware))).toEqual([])
  })

  it('of who may not take part any more is the next one’s, and no observer moves up', async () => {
    const { places, facilitator, member, id, services, partnershipId, registered } = await open({
      capacity: 1,
    })
    const [first, watching, third] = [
      await member('viewer'),
      await member('viewer'),
      await member('viewer'),
    ]
    for (const actor of [first, watching, third]) await places.register(actor, id)
    // as rows were before roles took places along
    await Membership.updateOne({ user: watching.userId }, { $set: { role: 'observer' } })
    const post = await Membership.findOne({ user: first.userId }).lean()
    const was = {
      ...{ wasRole: 'viewer', wasSideId: String(post?.side), wasCadre: post?.cadre },
    }
    const change = { role: 'observer', sideId: String(post?.side), cadre: post?.cadre, ...was }
    const input = ChangeMember.parse({ intent: 'change', userId: first.userId, ...change })
    await services.members.changeMember(facilitator, partnershipId, first.userId, input)
    const states = await WorkshopParticipant.find({ workshop: id }).sort({ registeredAt: 1 }).lean()
    const stateOf = ({ userId }: Actor) =>
      states.find(({ user }) => String(user) === userId)?.registration
    expect([first, watching, third].map(stateOf)).toEqual(['cancelled', 'waiting', 'registered'])
    expect(await registered()).toBe(1)
  })
})

describe('news of a workshop', () => {
  it('reach those who speak there, and guests who are invited', async () => {
    const startsAt = new Date('2031-12-01T13:00:00.000Z')
    const { world, facilitator, member, workshop, services, id, guest } = await open({
      status: 'announced',
      startsAt,
    })
    const speaker = await member('viewer', 'a')
    const agenda = [
      { minutes: 30, title: { en: 'A', ru: 'А' }, speaker: speaker.userId, spoken: 'en' },
    ]
    await Workshop.updateOne({ _id: id }, { $set: { agenda, audience: ['nurse'] } })
    const [heard, held] = ['heard@clinic.example', 'held@clinic.example']
    for (const email of [heard, held]) {
      const invited = { name: 'Ann', email, lang: 'en' as const }
      await services.workshopGuests.inviteGuest(facilitator, id, invited)
    }
    await MailItem.updateOne({ to: heard }, { $set: { status: 'sent' } })
    const turned = await guest()
    await services.workshopDoor.letIn(facilitator, id, turned.actor.userId, false)
    const by = facilitator.userId
    const tell = async (what: 'announced' | 'changed' | 'cancelled', was?: { startsAt: Date }) => {
      const row = await reread(workshop)
      await inTransaction((session) =>
        tellParticipants(world.ports, row, what, { by, ...(was ? { was } : {}) }, session),
      )
    }
    const templatesTo = async (email: string) =>
      (await lettersTo(email)).map(({ template }) => template)
    await tell('announced')
    expect(await templatesTo(await emailOf(speaker))).toEqual(['workshop-announced'])
    await MailItem.updateMany({ to: await emailOf(speaker) }, { $set: { status: 'sent' } })
    // to somebody whose letter is on its way it says so too, and they hear of it all the same
    await MailItem.updateOne({ to: held }, { $set: { status: 'sending' } })
    const moved = new Date('2031-12-02T13:00:00.000Z')
    await Workshop.updateOne({ _id: id }, { $set: { startsAt: moved }, $inc: { rev: 1 } })
    await tell('changed', { startsAt })
    expect(await templatesTo(heard)).toEqual(['guest-invited', 'workshop-changed'])
    const [invitation] = await lettersTo(held, 'guest-invited')
    expect(invitation?.values.startsAt).toBe(moved.toISOString())
    expect(await templatesTo(await emailOf(speaker))).toContain('workshop-changed')
    expect(await templatesTo(turned.email)).not.toContain('workshop-changed')
    await remindDue(atTime(world.ports, '2031-12-01T13:01:00.000Z'))
    expect(await templatesTo(await emailOf(speaker))).toContain('workshop-reminder')
    await MailItem.updateOne(
      { to: held, template: 'guest-invited' },
      { $set: { status: 'waiting' } },
    )
    await tell('cancelled')
    expect(await templatesTo(held)).not.toContain('guest-invited')
    expect(await templatesTo(heard)).toContain('workshop-cancelled')
  })
})

describe('a plan', () => {
  it('that is put off keeps guests’ way in, and without guests gives their places to others', async () => {
    const world = await createWorld()
    const editor = await world.member('editor', 'b')
    const { workshops, workshopGuests, workshopRegistration } = world.services
    const input = CreateWorkshop.parse({ plan: { ...PLAN, guests: true }, clientKey: randomUUID() })
    const { id } = await workshops.createWorkshop(editor, world.partnershipId, input)
    await workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '' })
    const [email, workshop] = ['planned.guest@clinic.example', { _id: new Types.ObjectId(id) }]
    const invited = { name: 'Ann Guest', email, lang: 'en' as const }
    await workshopGuests.inviteGuest(editor, id, invited)
    await comeAsGuest(world, workshop, await linkTo(world, editor, workshop), email)
    const viewer = await world.member('viewer')
    expect((await workshopRegistration.register(viewer, id)).registration).toBe('waiting')
    const change = async (fields: object) => {
      const base = (await workshops.readWorkshop(editor, id)).rev
      const plan = WorkshopPlan.parse({ ...PLAN, startsAt: '2032-01-06T09:00', ...fields })
      await workshops.changeWorkshop(editor, id, { plan, base })
    }
    const endOf = async () => Number((await GuestSession.findOne({ workshop: id }))?.expiresAt)
    const before = await endOf()
    await change({ guests: true })
    expect(((await endOf()) - before) / 86_400_000).toBe(35)
    await change({ guests: false })
    await vi.waitFor(async () => {
      const place = await workshopRegistration.readRegistration(viewer, id)
      expect([place.registration, place.registered]).toEqual(['registered', 1])
    }, 10_000)
    expect(await lettersTo(email, 'workshop-without-guests')).toHaveLength(1)
  })
})
