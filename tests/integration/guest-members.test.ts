import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { AccessChange } from '../../models/access-change'
import { AnswerSheet } from '../../models/answer-sheet'
import { AuditEntry } from '../../models/audit-entry'
import { Certificate } from '../../models/certificate'
import { GuestCode } from '../../models/guest-code'
import { GuestSession } from '../../models/guest-session'
import { MailItem } from '../../models/mail'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import { readGuests } from '../../server/auth/guests'
import { readBearer } from '../../server/auth/sessions'
import { entriesOfPerson } from '../../server/services/export-own'
import { drawCode } from '../../server/services/learning-codes'
import { Invite } from '../../shared/schemas/invitations'
import { Evaluate } from '../../shared/schemas/learning'
import {
  ADDRESS,
  asking,
  codeTo,
  comeAsGuest,
  guestCookieOf,
  guestOf,
  linkTo,
} from '../fixtures/guests'
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
  /** Their row as a member, from before. */
  const placeBefore = async (fields: object) =>
    WorkshopParticipant.create({
      partnership: workshop.partnership,
      workshop: workshop._id,
      user: person.userId,
      registration: 'none',
      createdAt: new Date(),
      ...fields,
    })
  /** Their row as a guest, once they have come as one. */
  const setGuest = async (fields: object) => {
    const theirs = { workshop: workshop._id, 'guest.email': email }
    const row = await WorkshopParticipant.findOneAndUpdate(theirs, { $set: fields }).lean()
    if (!row) throw new Error('no guest')
    return row
  }
  const own = () =>
    WorkshopParticipant.findOne({ workshop: workshop._id, user: person.userId }).lean()
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
    placeBefore,
    setGuest,
    own,
  }
}

const PAPER = {
  name: { en: 'Ann' },
  title: { en: 'Adherence' },
  hours: 1,
  date: '2026-03-10',
  issuedAt: new Date(),
} as const

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

  it('has handed in what the guest has, and the guest’s lines are told to end', async () => {
    const { world, services, workshop, id, link, ...at } = await open()
    const token = await comeAsGuest(world, workshop, link, at.email)
    const row = await at.setGuest({ stays: [at.stay(0, 60)] })
    await at.close()
    const sheet = () =>
      Evaluate.parse({ sign: drawCode(world.ports, 'en'), lang: 'en', scales: { clarity: 4 } })
    await services.learning.evaluate(await guestOf(token), id, sheet())
    world.heard.length = 0
    await at.join(await at.letter())
    const told = world.heard.flatMap(([event, fact]) =>
      event === 'access:changed' && 'userId' in fact ? fact.userId : [],
    )
    expect(told).toEqual([at.person.userId, String(row._id)])
    expect(await AccessChange.countDocuments({ user: row._id })).toBe(1)
    const bearer = { headers: { cookie: await world.cookie(at.person) } }
    const member = (await readBearer(bearer, new Date()))?.actor ?? at.person
    const again = services.learning.evaluate(member, id, sheet())
    await expect(again).rejects.toThrow('answered_already')
    expect(await AnswerSheet.countDocuments({ workshop: workshop._id })).toBe(1)
    const fact = await AuditEntry.findOne({ kind: 'guest:taken-over' }).sort({ _id: -1 }).lean()
    const subject = { workshop: id, participant: String(row._id), user: at.person.userId }
    expect([fact?.by, fact?.subject]).toEqual([null, subject])
  })

  it('stays turned away, by either name, with what hung on their row from before', async () => {
    for (const doors of [
      { before: 'refused', asGuest: 'admitted' },
      { before: 'admitted', asGuest: 'refused' },
    ]) {
      const { world, services, workshop, id, link, ...at } = await open()
      const role = { presenter: true, roleNamed: true }
      const mine = await at.placeBefore({ door: doors.before, ...role })
      await comeAsGuest(world, workshop, link, at.email)
      const guest = await at.setGuest({ door: doors.asGuest })
      const words = { lang: 'en' as const, at: new Date(), dueAt: new Date() }
      const promise = (participant: Types.ObjectId, said: string) => {
        const { partnership, _id } = workshop
        return WorkshopPromise.create({
          ...{ partnership, workshop: _id, participant, text: said },
          ...words,
        })
      }
      await promise(mine._id, 'As a member')
      await promise(guest._id, 'As a guest')
      await at.join(await at.letter())
      const row = await at.own()
      expect([String(row?._id), row?.door, row?.presenter]).toEqual([
        String(mine._id),
        'refused',
        true,
      ])
      expect(row?.placeLost).toBe(true)
      expect((await Workshop.findById(id).lean())?.registered).toBe(0)
      const files = [...entriesOfPerson(at.person.userId)]
      const file = files.find(({ path }) => path === 'workshops/promises.json')
      const exported = file ? JSON.parse(await text(file.open())) : null
      expect(exported).toMatchObject([{ text: 'As a member\n\nAs a guest' }])
      await services.accounts.deleteAccount(at.person, { email: at.email })
      expect(await WorkshopPromise.countDocuments({ workshop: workshop._id })).toBe(0)
    }
  })

  it('keeps the one certificate that is valid, and all the minutes of a corrected row', async () => {
    const { world, services, workshop, id, link, ...at } = await open()
    const mine = await at.placeBefore({ stays: [at.stay(0, 20)] })
    await comeAsGuest(world, workshop, link, at.email)
    const by = new Types.ObjectId()
    const correction = { minutes: 15, by, at: new Date(), note: '' }
    const guest = await at.setGuest({ stays: [at.stay(10, 30)], correction })
    await at.close()
    const of = { partnership: workshop.partnership, workshop: workshop._id, ...PAPER }
    const [void_, valid] = [randomUUID(), randomUUID()]
    await Certificate.create(
      { ...of, participant: mine._id, code: void_, revokedAt: new Date() },
      { ...of, participant: guest._id, code: valid },
    )
    await at.join(await at.letter())
    const papers = await Certificate.find({ workshop: workshop._id }).lean()
    expect(papers.map((each) => [String(each.participant), each.code, each.revokedAt])).toEqual([
      [String(mine._id), valid, null],
    ])
    const check = (code: string) => services.certificates.checkCertificate(code, ADDRESS)
    expect([(await check(void_)).revoked, (await check(valid)).revoked]).toEqual([true, false])
    // 15 as corrected, and the ten of the member’s before they came as a guest
    expect((await at.own())?.correction?.minutes).toBe(25)
  })

  it('has their codes found by an index', async () => {
    await open()
    const theirs = { partnership: new Types.ObjectId(), email: 'a@hospital.example' }
    const plan = await GuestCode.find(theirs).explain('queryPlanner')
    expect(JSON.stringify(plan)).not.toContain('COLLSCAN')
  })
})
