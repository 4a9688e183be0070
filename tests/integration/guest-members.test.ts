import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Certificate } from '../../models/certificate'
import { GuestSession } from '../../models/guest-session'
import { MailItem } from '../../models/mail'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { readGuests } from '../../server/auth/guests'
import { Invite } from '../../shared/schemas/invitations'
import { ADDRESS, asking, codeTo, comeAsGuest, guestCookieOf, linkTo } from '../fixtures/guests'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld } from '../setup/world'

const FROM = { address: '10.0.0.1', lang: 'ru', agent: 'a clinic' } as const

/** A workshop that lets guests in by its link, and somebody who is about to be invited to join. */
async function open() {
  const world = await createWorld()
  const { services, partnershipId } = world
  const coordinator = await world.member('coordinator')
  const startsAt = new Date(Date.now() - 3_600_000)
  const times = { startsAt, startedAt: startsAt, endsAt: new Date() }
  const workshop = await liveWorkshop(world, coordinator, { guests: true, capacity: 2, ...times })
  const id = String(workshop._id)
  const link = await linkTo(world, coordinator, workshop)
  await services.workshopGuests.setLinkAdmits(coordinator, id, true)
  const person = await world.stranger()
  const email = `${randomUUID()}@hospital.example`
  await User.updateOne({ _id: person.userId }, { $set: { email } })
  const sideId = coordinator.memberships[0]?.sideId ?? ''
  async function letter() {
    const form = { people: email, role: 'editor', sideId, lang: 'ru' }
    const input = Invite.parse({ ...form, clientKey: randomUUID() })
    await services.invitations.invite(coordinator, partnershipId, input)
    const to = { to: email, template: 'invitation' as const }
    const last = await MailItem.findOne(to).sort({ _id: -1 }).lean()
    return String(last?.values.path).replace('/invitations/', '')
  }
  const join = (token: string) =>
    services.invitations.joinSignedIn(person, token, { cadre: 'nurse' }, FROM)
  /** So many minutes after it began. */
  const stay = (from: number, to: number) => {
    const at = (minute: number) => new Date(startsAt.getTime() + minute * 60_000)
    return { key: randomUUID(), from: at(from), to: at(to), seenAt: at(to) }
  }
  const close = () =>
    Workshop.updateOne({ _id: id }, { $set: { status: 'closed', closedAt: new Date() } })
  return {
    world,
    services,
    coordinator,
    workshop,
    id,
    link,
    person,
    email,
    letter,
    join,
    stay,
    close,
  }
}

describe('a guest who becomes a member', () => {
  it('is one person: their place, attendance and certificate are the member’s', async () => {
    const { world, services, coordinator, workshop, id, link, ...at } = await open()
    const token = await comeAsGuest(world, workshop, link, at.email)
    const [row] = await WorkshopParticipant.find({ workshop: workshop._id }).lean()
    await WorkshopParticipant.updateOne({ _id: row?._id }, { stays: [at.stay(0, 60)] })
    // an invitation that nobody has come by is nobody's
    const other = await liveWorkshop(world, coordinator, { guests: true })
    const invited = { name: 'Ann', email: at.email, lang: 'en' as const }
    await services.workshopGuests.inviteGuest(coordinator, String(other._id), invited)
    await at.close()
    await services.certificates.issueCertificates(coordinator, id)
    await at.join(await at.letter())
    expect(await readGuests({ headers: { cookie: guestCookieOf(token) } }, new Date())).toEqual([])
    const { rows } = await services.attendance.readAttendance(coordinator, id)
    expect(rows.map((each) => [each.attendee.userId, each.guest, each.minutes])).toEqual([
      [at.person.userId, false, 60],
    ])
    const [attended] = await services.attendance.listAttended(at.person)
    expect([attended?.workshopId, attended?.certified]).toEqual([id, 1])
    const places = await WorkshopParticipant.find({ workshop: workshop._id }).lean()
    expect(places.map((each) => each.registration)).toEqual(['registered'])
    const elsewhere = await WorkshopParticipant.findOne({ workshop: other._id }).lean()
    expect([elsewhere?.user, elsewhere?.guest?.email]).toEqual([null, at.email])
  })

  it('and was there as a member before, has the minutes of both once, and one certificate', async () => {
    const { world, services, coordinator, workshop, id, link, ...at } = await open()
    const user = new Types.ObjectId(at.person.userId)
    const theirs = { partnership: workshop.partnership, workshop: workshop._id, user }
    const before = { stays: [at.stay(0, 20)], registration: 'cancelled' as const }
    await WorkshopParticipant.create({ ...theirs, ...before, createdAt: new Date() })
    const post = { role: 'viewer', side: new Types.ObjectId(), cadre: 'nurse' } as const
    await Membership.create({ ...post, partnership: theirs.partnership, user, status: 'removed' })
    await comeAsGuest(world, workshop, link, at.email)
    const asGuest = { 'guest.email': at.email }
    await WorkshopParticipant.updateOne(asGuest, { stays: [at.stay(10, 60)] })
    await at.close()
    await services.certificates.issueCertificates(coordinator, id)
    await at.join(await at.letter())
    await services.certificates.issueCertificates(coordinator, id)
    const { rows } = await services.attendance.readAttendance(coordinator, id)
    expect(rows.map(({ minutes, certificate }) => [minutes, certificate?.revoked])).toEqual([
      [60, false],
    ])
    const papers = await Certificate.find({ workshop: workshop._id, revokedAt: null }).lean()
    expect(papers.map(({ participant }) => String(participant))).toEqual([rows[0]?.attendee.id])
    expect((await Workshop.findById(id).lean())?.registered).toBe(1)
    expect((await services.workshopGuests.listGuests(coordinator, id)).people).toEqual([])
  })

  it('at the moment they type a guest’s code is one of both, and never two', async () => {
    const { services, workshop, id, link, ...at } = await open()
    for (let round = 0; round < 3; round++) {
      const from = { link, address: ADDRESS, workshopId: id }
      const token = await services.workshopGuests.askGuestCode(asking(at.email), from)
      const code = await codeTo(at.email)
      const invitation = await at.letter()
      await Promise.allSettled([
        services.workshopGuests.enterGuestCode({ token, code }),
        at.join(invitation),
      ])
      const guests = { workshop: workshop._id, 'guest.email': at.email }
      expect(await WorkshopParticipant.countDocuments(guests)).toBe(0)
      expect(await GuestSession.countDocuments({ workshop: workshop._id })).toBe(0)
      const mine = { workshop: workshop._id, user: at.person.userId }
      expect(await WorkshopParticipant.countDocuments(mine)).toBeLessThanOrEqual(1)
      await Membership.updateOne({ user: at.person.userId }, { $set: { status: 'removed' } })
      await WorkshopParticipant.deleteMany({ workshop: workshop._id })
      await MailItem.deleteMany({ to: at.email })
    }
  })
})
