import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { loader as checkPage, headers } from '../../app/routes/certificates.$code'
import { loader as certificatePage } from '../../app/routes/workshops.$workshopId.certificate[.]pdf'
import { AuditEntry } from '../../models/audit-entry'
import { Certificate } from '../../models/certificate'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import { entriesOfPerson } from '../../server/services/export-own'
import { barredFrom, demandAmongThem } from '../../server/services/learning-givers'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { AttendanceChange } from '../../shared/schemas/afterwards'
import { liveWorkshop } from '../fixtures/live-workshop'
import { lettersTo } from '../fixtures/planned-workshop'
import { createWorld, type World } from '../setup/world'

const STARTS = new Date('2026-03-10T12:00:00Z')
const minutesOn = (minutes: number) => new Date(STARTS.getTime() + minutes * 60_000)

let world: World
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
})

/** In a lecture hall, of 90 minutes, over. */
function inTheHall(fields: object = {}): Promise<WorkshopRow> {
  return liveWorkshop(world, coordinator, {
    ...{ status: 'closed', mode: 'on_site', startsAt: STARTS, endsAt: minutesOn(90) },
    ...{ startedAt: STARTS, closedAt: minutesOn(90), ...fields },
  })
}

async function placeOf(workshop: WorkshopRow, user: Actor | null, fields: object = {}) {
  const row = await WorkshopParticipant.create({
    ...{ partnership: workshop.partnership, workshop: workshop._id },
    ...{ user: user?.userId ?? null, cadre: 'nurse', registration: 'registered' },
    ...{ registeredAt: STARTS, createdAt: STARTS, ...fields },
  })
  return String(row._id)
}

function stayed(minutes: number) {
  const to = minutesOn(minutes)
  return { stays: [{ key: randomUUID(), from: STARTS, to, seenAt: to }] }
}

const guest = (name: string, email: string | null = null) => ({
  guest: { name, email, lang: 'ru', timeZone: 'Europe/Moscow', institution: '' },
})

function change<I extends AttendanceChange['intent']>(intent: I, fields: object) {
  return AttendanceChange.parse({ intent, ...fields }) as Extract<AttendanceChange, { intent: I }>
}

const read = (id: string) => world.services.attendance.readAttendance(coordinator, id)
const issue = (id: string) => world.services.certificates.issueCertificates(coordinator, id)
const there = (id: string, people: readonly string[], actor = coordinator) =>
  world.services.attendance.markThere(
    actor,
    id,
    change('there', { participants: people.join(' ') }),
  )
const takeBack = (id: string, participant: string | undefined) =>
  world.services.attendance.correctAttendance(coordinator, id, change('measured', { participant }))
const factsOf = (id: string) => ({ kind: 'attendance:corrected', 'subject.workshop': id }) as const
const papersOf = (id: string) => Certificate.find({ workshop: id, revokedAt: null }).lean()

describe('those with a place whom nobody has seen', () => {
  it('are listed, and were there by one press, like everybody else', async () => {
    const workshop = await inTheHall()
    const id = String(workshop._id)
    const nurse = await world.member('viewer')
    const mine = await placeOf(workshop, nurse)
    const outside = await placeOf(workshop, null, guest('Анна Гостья', 'anna@guest.example'))
    const online = await placeOf(workshop, null, { ...guest('Вера Сетевая'), ...stayed(90) })
    await placeOf(workshop, null, { ...guest('Пётр Лишний'), door: 'refused' })
    await placeOf(workshop, null, { ...guest('Олег Ждущий'), registration: 'waiting' })
    await placeOf(workshop, coordinator)
    const seen = await read(id)
    const unseen = seen.unseen.map(({ attendee }) => attendee.id)
    expect([unseen, seen.whole, seen.rows.length]).toEqual([[mine, outside], 90, 1])
    expect(await barredFrom(nurse, workshop, 'evaluation')).toBe('not_attended')
    await expect(there(id, [mine], await world.member('editor'))).rejects.toThrow('forbidden')
    expect(await there(id, [mine])).toEqual({ marked: 1 })
    expect(await there(id, [mine, outside, online])).toEqual({ marked: 1 })
    const after = await read(id)
    expect([after.unseen, after.people]).toEqual([[], 3])
    expect(after.rows.map(({ minutes, measured }) => [minutes, measured])).toContainEqual([90, 0])
    const told = await AuditEntry.distinct('subject.participant', factsOf(id))
    expect(told.toSorted()).toEqual([mine, outside].toSorted())
    expect(await barredFrom(nurse, workshop, 'evaluation')).toBeNull()
    expect(await issue(id)).toEqual({ issued: 3 })
    await takeBack(id, mine)
    expect((await read(id)).unseen.map(({ attendee }) => attendee.id)).toEqual([mine])
    expect(await papersOf(id)).toHaveLength(2)
  })

  it('were there as long as it went on, and nobody before it has begun', async () => {
    const whole = async (fields: object) =>
      (await read(String((await inTheHall(fields))._id))).whole
    expect(await whole({ closedAt: minutesOn(1) })).toBe(90)
    expect(await whole({ mode: 'hybrid', closedAt: minutesOn(60) })).toBe(60)
    expect(await whole({ mode: 'hybrid', closedAt: minutesOn(115) })).toBe(90)
    expect(await whole({ closedAt: minutesOn(900), lasted: 100 })).toBe(100)
    const coming = await inTheHall({ status: 'announced', startedAt: null, closedAt: null })
    const participant = await placeOf(coming, null, guest('Анна Ранняя'))
    expect(await read(String(coming._id))).toMatchObject({ unseen: [], hasBegun: false })
    await expect(there(String(coming._id), [participant])).rejects.toThrow('workshop_not_open')
  })
})

describe('a member on neither list', () => {
  it('is written down once by name with all that follows, unless they may not take part', async () => {
    const workshop = await inTheHall({ waitingRoom: true })
    const id = String(workshop._id)
    const [nurse, observer] = [await world.member('viewer', 'b'), await world.member('observer')]
    const add = (also: object, actor = coordinator) => {
      const fields = { minutes: '80', clientKey: randomUUID(), ...also }
      return world.services.attendance.addMember(actor, id, change('member', fields))
    }
    const offered = async () =>
      (await read(id)).unlisted.flatMap(({ people }) => people.map(({ id: user }) => user))
    const user = nurse.userId
    expect(await offered()).toContain(user)
    for (const { userId } of [observer, coordinator, await world.stranger()]) {
      expect(await offered()).not.toContain(userId)
      await expect(add({ user: userId })).rejects.toThrow('not_found')
    }
    const editor = await world.member('editor')
    await expect(add({ user }, editor)).rejects.toThrow('forbidden')
    const note = 'Пациент Иванов Иван Иванович, 12.03.1961, +7 921 555-12-34'
    await expect(add({ user, note })).rejects.toThrow('patient_data')
    const waits = await placeOf(workshop, editor, { registration: 'waiting' })
    const mine = { user, clientKey: randomUUID() }
    for (const again of [mine, mine, { user, minutes: '20' }, { user: editor.userId }]) {
      await add(again)
    }
    const rows = (await read(id)).rows.map(({ attendee }) => attendee)
    const nurses = rows.find(({ userId }) => userId === user)?.id
    expect(new Set(rows.map((each) => each.id))).toEqual(new Set([nurses, waits]))
    expect(await AuditEntry.countDocuments(factsOf(id))).toBe(2)
    expect(await offered()).not.toContain(user)
    expect(await issue(id)).toEqual({ issued: 2 })
    await demandAmongThem(nurse, workshop)
    expect(await barredFrom(nurse, workshop, 'evaluation')).toBeNull()
    await takeBack(id, nurses)
    await add(mine)
    expect(await offered()).toContain(user)
  })
})

describe('a certificate', () => {
  it('is none where the time is corrected while they are being issued', async () => {
    const workshop = await inTheHall()
    const id = String(workshop._id)
    for (const name of ['Анна Первая', 'Вера Вторая']) {
      await placeOf(workshop, null, { ...guest(name), ...stayed(90) })
    }
    const rows = await WorkshopParticipant.find({ workshop: id }).lean()
    const [first, second] = rows.map(({ _id }) => String(_id))
    const none = change('correct', { participant: second, minutes: 0 })
    const findOne = Certificate.findOne.bind(Certificate)
    const hook = vi.spyOn(Certificate, 'findOne').mockImplementationOnce(((which: object) => ({
      lean: async () => {
        await world.services.attendance.correctAttendance(coordinator, id, none)
        return findOne(which).lean()
      },
    })) as never)
    expect(await issue(id)).toEqual({ issued: 1 })
    hook.mockRestore()
    const papers = await papersOf(id)
    expect(papers.map(({ participant }) => String(participant))).toEqual([first])
  })

  it('is for no more hours than there were', async () => {
    const hours = async (minutes: number, fields: object = {}) => {
      const workshop = await inTheHall(fields)
      const correction = { minutes, by: coordinator.userId, at: STARTS, note: '' }
      await placeOf(workshop, null, { ...guest('Анна Долгая'), correction })
      await issue(String(workshop._id))
      return (await papersOf(String(workshop._id))).map((paper) => paper.hours)
    }
    expect(await hours(900)).toEqual([1.5])
    expect(await hours(90)).toEqual([1.5])
    expect(await hours(64)).toEqual([1])
    expect(await hours(110, { endsAt: minutesOn(80) })).toEqual([1])
    expect(await hours(900, { closedAt: minutesOn(900), lasted: 120 })).toEqual([2])
  })

  it('is not for those who run the workshop, nor does the register count them', async () => {
    const workshop = await inTheHall()
    const id = String(workshop._id)
    await placeOf(workshop, coordinator, stayed(90))
    const participant = await placeOf(workshop, null, { ...guest('Анна Ученая'), ...stayed(90) })
    const { rows, people, byCadre } = await read(id)
    expect([people, byCadre.map(({ count }) => count)]).toEqual([1, [1]])
    const facts = rows.map(({ runs, enough, due }) => [runs, enough, due].join())
    expect(facts.toSorted()).toEqual(['false,true,true', 'true,false,false'])
    expect(await issue(id)).toEqual({ issued: 1 })
    const theirs = rows.find(({ runs }) => runs)?.attendee.id ?? ''
    const { certificates, providers } = world.services
    const asked = certificates.reissueCertificate(coordinator, id, theirs)
    await expect(asked).rejects.toMatchObject({ code: 'conflict' })
    expect((await papersOf(id)).map((paper) => String(paper.participant))).toEqual([participant])
    const trained = await providers.listProviders(coordinator, world.partnershipId)
    const here = trained.filter(({ workshops }) => workshops.some((each) => each.id === id))
    expect(here.map(({ name }) => name.family)).toEqual(['Ученая'])
  })

  it('is not for somebody who has deleted their account before', async () => {
    const workshop = await inTheHall()
    const id = String(workshop._id)
    const person = await world.member('viewer')
    await placeOf(workshop, person, stayed(90))
    await User.updateOne({ _id: person.userId }, { $set: { deletedAt: new Date() } })
    expect((await read(id)).rows.map(({ due }) => due)).toEqual([false])
    expect([await issue(id), await papersOf(id)]).toEqual([{ issued: 0 }, []])
  })

  it('is called what it is by the page that anybody reads, and by no search engine', async () => {
    const workshop = await inTheHall()
    const id = String(workshop._id)
    const participant = await placeOf(workshop, null, { ...guest('Анна Ищущая'), ...stayed(90) })
    await issue(id)
    const [paper] = await papersOf(id)
    const title = async () => {
      const context = { services: world.services, lang: 'en', address: '127.0.0.1' }
      const asked = { request: new Request('http://here/'), params: { code: paper?.code }, context }
      return (await checkPage(asked as never)).title
    }
    expect(await title()).toBe('This certificate is genuine')
    await world.services.certificates.revokeCertificate(coordinator, id, participant)
    expect(await title()).toBe('This certificate was revoked')
    expect(headers()).toEqual({ 'X-Robots-Tag': 'noindex' })
  })

  it('is told to and opened by who has left the partnership, and nobody else outside', async () => {
    const workshop = await inTheHall()
    const id = String(workshop._id)
    const [nurse, other] = [await world.member('viewer'), await world.member('viewer')]
    await placeOf(workshop, nurse, stayed(90))
    await Membership.updateMany(
      { user: { $in: [nurse.userId, other.userId] } },
      { $set: { status: 'removed' } },
    )
    const gone = (actor: Actor): Actor => ({ ...actor, memberships: [] })
    await issue(id)
    const email = (await User.findById(nurse.userId).lean())?.email ?? ''
    const letters = await lettersTo(email, 'workshop-certificate')
    expect(letters.map(({ values }) => values.former)).toEqual([true])
    const open = (actor: Actor) =>
      certificatePage({
        request: new Request(`http://here/workshops/${id}/certificate.pdf`),
        params: { workshopId: id },
        context: {
          ...{ services: world.services, actor: gone(actor), log: console, requestId: 'test' },
          refuse: ({ code }: AppError) => new Response(code),
          attendeeFor: async () => {
            throw new AppError('not_found')
          },
        },
      } as never) as Promise<Response>
    expect((await open(nurse)).headers.get('content-type')).toBe('application/pdf')
    expect(await (await open(other)).text()).toBe('not_found')
    const { attendance } = world.services
    const expected = { workshopId: id, date: '2026-03-10', minutes: 90, certified: 1.5 }
    expect(await attendance.listAttended(gone(nurse))).toMatchObject([expected])
    expect(await attendance.listAttended(gone(other))).toEqual([])
  })
})

describe('one’s own archive', () => {
  it('holds one’s workshops, certificates and promises, and nobody else’s', async () => {
    const workshop = await inTheHall()
    const [nurse, other] = [await world.member('viewer'), await world.member('viewer')]
    for (const person of [nurse, other]) {
      const participant = await placeOf(workshop, person, stayed(90))
      const words = { text: `Of ${person.userId}`, lang: 'en' as const, at: STARTS, dueAt: STARTS }
      const { partnership, _id } = workshop
      await WorkshopPromise.create({ partnership, workshop: _id, participant, ...words })
    }
    await issue(String(workshop._id))
    const own = [...entriesOfPerson(nurse.userId)]
    const rowsOf = async (name: string) => {
      const entry = own.find(({ path }) => path === `workshops/${name}.json`)
      return entry ? JSON.parse(await text(entry.open())) : null
    }
    const attended = { workshopId: String(workshop._id), date: '2026-03-10', minutes: 90 }
    expect(await rowsOf('attendance')).toMatchObject([attended])
    expect(await rowsOf('certificates')).toMatchObject([{ hours: 1.5, revokedAt: null }])
    expect(await rowsOf('promises')).toMatchObject([{ text: `Of ${nurse.userId}` }])
  })
})
