import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { AnswerSheet } from '../../models/answer-sheet'
import { AuditEntry } from '../../models/audit-entry'
import { Certificate } from '../../models/certificate'
import { GuestSession } from '../../models/guest-session'
import { MailItem } from '../../models/mail'
import { Membership } from '../../models/membership'
import { Thread } from '../../models/thread'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopTally } from '../../models/workshop-tally'
import { beginGuestSession } from '../../server/auth/guests'
import { createServices } from '../../server/services'
import { entriesOfPartnership } from '../../server/services/export-partnership'
import type { Actor } from '../../shared/actor'
import { AttendanceChange } from '../../shared/schemas/afterwards'
import { SavePromise } from '../../shared/schemas/learning'
import { OutcomeChange, type OutcomeChangeOf } from '../../shared/schemas/outcomes'
import { ADDRESS, codeTo, guestOf } from '../fixtures/guests'
import { acting, guestIn, liveWorkshop } from '../fixtures/live-workshop'
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

/** Somebody who was there for an hour of a workshop that is over. */
async function attended(): Promise<{ workshop: WorkshopRow; id: string; participant: string }> {
  const times = { startsAt: STARTS, endsAt: minutesOn(60), startedAt: STARTS }
  const over = { ...times, status: 'closed', closedAt: minutesOn(60) }
  const workshop = await liveWorkshop(world, coordinator, over)
  const row = await WorkshopParticipant.create({
    partnership: workshop.partnership,
    workshop: workshop._id,
    guest: {
      name: 'Вера Часова',
      email: `${randomUUID()}@guest.example`,
      lang: 'ru',
      timeZone: 'UTC',
    },
    registration: 'registered',
    stays: [{ key: randomUUID(), from: STARTS, to: minutesOn(60), seenAt: minutesOn(60) }],
    createdAt: STARTS,
  })
  return { workshop, id: String(workshop._id), participant: String(row._id) }
}

describe('a certificate', () => {
  it('follows a correction of the attendance it stands for', async () => {
    const { id, participant } = await attended()
    const { attendance, certificates } = world.services
    const correct = async (minutes: number) => {
      const change = AttendanceChange.parse({ intent: 'correct', participant, minutes, note: '' })
      await attendance.correctAttendance(coordinator, id, change as never)
    }
    const issue = () => certificates.issueCertificates(coordinator, id)
    const now = async () => {
      const row = await Certificate.findOne({ workshop: id }).lean()
      return { code: row?.code, hours: row?.hours, revoked: row?.revokedAt !== null }
    }
    const told = async () => {
      const email = (await WorkshopParticipant.findById(participant).lean())?.guest?.email ?? ''
      return (await lettersTo(email, 'workshop-certificate')).map(({ lang, values }) => [
        lang,
        values.code,
        values.corrected,
        values.guest,
      ])
    }
    await issue()
    const { code } = await now()
    expect(await told()).toEqual([['ru', code, false, true]])
    await correct(44)
    const [row] = (await attendance.readAttendance(coordinator, id)).rows
    expect(row?.certificate).toEqual({ code, revoked: false, outdated: true })
    expect(await issue()).toEqual({ issued: 1 })
    expect((await told())[1]).toEqual(['ru', code, true, true])
    expect(await issue()).toEqual({ issued: 0 })
    expect(await now()).toEqual({ code, hours: 0.5, revoked: false })
    await correct(0)
    expect(await now()).toMatchObject({ code, revoked: true })
    expect(await issue()).toEqual({ issued: 0 })
  })

  it('does not count a room that nobody closed, until somebody says how long it went on', async () => {
    const { workshop, id, participant } = await attended()
    const until = minutesOn(870)
    const all = { key: 'tab', from: STARTS, to: until, seenAt: until }
    await WorkshopParticipant.updateOne({ _id: participant }, { $set: { stays: [all] } })
    await Workshop.updateOne({ _id: id }, { $set: { closedAt: until } })
    const { attendance, certificates } = world.services
    const read = async () => {
      const { overrun, rows } = await attendance.readAttendance(coordinator, id)
      return { ...overrun, minutes: rows[0]?.minutes }
    }
    expect(await read()).toEqual({ open: 870, credited: 90, said: false, minutes: 90 })
    await certificates.issueCertificates(coordinator, id)
    const say = (actor: Actor, lasted: number) =>
      attendance.setLasted(actor, id, { intent: 'lasted', lasted })
    await expect(say(coordinator, 871)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(say(await world.member('viewer'), 120)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await say(coordinator, 120)
    expect(await read()).toEqual({ open: 870, credited: 120, said: true, minutes: 120 })
    expect(
      await AuditEntry.countDocuments({ 'subject.workshop': id, by: coordinator.userId }),
    ).toBe(2)
    await say(coordinator, 30)
    const row = await Certificate.findOne({ workshop: workshop._id }).lean()
    expect(row?.revokedAt).not.toBeNull()
    const anew = certificates.reissueCertificate(coordinator, id, participant)
    await expect(anew).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is drawn so often and no more, as the report is', async () => {
    const { id, participant } = await attended()
    await world.services.certificates.issueCertificates(coordinator, id)
    const taken: string[] = []
    const limits = {
      ...world.ports.limits,
      take: async (rule: string, key: string) => void taken.push(`${rule} ${key}`),
    }
    const { certificates, reports } = createServices({ ...world.ports, limits })
    await certificates.openCertificate(coordinator, id, participant)
    await reports.exportReport(coordinator, id, { lang: 'en', format: 'docx' })
    const mine = `paper ${coordinator.userId}`
    expect(taken).toEqual([mine, mine])
  })
})

function change<I extends OutcomeChange['intent']>(intent: I, fields: object = {}) {
  return OutcomeChange.parse({ intent, clientKey: randomUUID(), ...fields }) as OutcomeChangeOf<I>
}

describe('what comes out of a workshop', () => {
  it('is one discussion of a question, also before it has begun', async () => {
    const { _id } = await liveWorkshop(world, coordinator, { status: 'announced' })
    const id = String(_id)
    const { workshopRoom, outcomes } = world.services
    const ask = acting('ask', { text: 'Кто ведёт журнал?', lang: 'ru' })
    const { item } = await workshopRoom.act(coordinator, id, ask)
    const editors = [await world.member('editor'), await world.member('editor', 'b')]
    const go = (actor: Actor) =>
      outcomes.threadFrom(actor, id, change('thread', { question: item?.id, lang: 'ru' }))
    const before = await Thread.countDocuments({})
    const both = await Promise.all(editors.map(go))
    expect(both[0]).toEqual(both[1])
    expect(await Thread.countDocuments({})).toBe(before + 1)
  })

  it('is not taken away any more by who has become a viewer', async () => {
    const { _id } = await liveWorkshop(world, coordinator)
    const id = String(_id)
    const editor = await world.member('editor')
    const { outcomes } = world.services
    const add = change('add', { kind: 'decision', textEn: 'One form.' })
    const { id: outcome } = await outcomes.addOutcome(editor, id, add)
    await Membership.updateOne({ user: editor.userId }, { role: 'viewer' })
    const memberships = editor.memberships.map((each) => ({ ...each, role: 'viewer' as const }))
    const viewer = { ...editor, memberships }
    const page = await outcomes.readOutcomes(viewer, id)
    expect(page.outcomes.map(({ may }) => may.remove)).toEqual([false])
    const remove = outcomes.removeOutcome(viewer, id, change('remove', { outcome }))
    await expect(remove).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a guest of a workshop that is over', () => {
  const words = SavePromise.parse({ text: 'Звонить в тот же день', lang: 'ru', consent: 'on' })

  it('stays one until they have been asked about their promise', async () => {
    const workshop = await liveWorkshop(world, coordinator, { guests: true })
    const guest = await guestIn(workshop)
    const row = await WorkshopParticipant.findById(guest.userId).lean()
    if (!row) throw new Error('no place')
    await beginGuestSession(row, workshop, new Date())
    await world.services.learning.savePromise(guest, String(workshop._id), words)
    const kept = await GuestSession.findOne({ participant: row._id }).lean()
    const days = ((kept?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(120)
  })

  it('comes back by a code to the address they were let in with, and nobody else does', async () => {
    const workshop = await liveWorkshop(world, coordinator, { guests: true })
    const id = String(workshop._id)
    const { workshopGuests, learning } = world.services
    const [known, waits] = [await guestIn(workshop), await guestIn(workshop)]
    await WorkshopParticipant.updateOne({ _id: known.userId }, { door: 'admitted' })
    await WorkshopParticipant.updateOne({ _id: waits.userId }, { door: 'waiting' })
    const ask = (email: string) =>
      workshopGuests.askReturnCode({ email, lang: 'ru' }, { address: ADDRESS, workshopId: id })
    const mailOf = ({ userId }: Actor) => `${userId}@guest.example`
    await expect(ask(mailOf(known))).rejects.toMatchObject({ code: 'link_over' })
    await Workshop.updateOne({ _id: id }, { status: 'closed', closedAt: new Date() })
    expect(await workshopGuests.mayReturn(id)).toBe(true)
    for (const email of [mailOf(waits), 'nobody@guest.example']) {
      expect(await ask(email)).toHaveLength(43)
      expect(await MailItem.exists({ to: email })).toBeNull()
    }
    const token = await ask(mailOf(known))
    const code = await codeTo(mailOf(known))
    const entered = await workshopGuests.enterGuestCode({ token, code })
    const back = await guestOf(entered.token)
    expect(back.userId).toBe(known.userId)
    await learning.savePromise(back, id, words)
    const late = acting('say', { text: 'Поздно', lang: 'ru' })
    await expect(world.services.workshopRoom.act(back, id, late)).rejects.toMatchObject({
      code: 'workshop_over',
    })
  })
})

describe('the archive of a partnership', () => {
  it('counts votes and answers, and leads from none of them to anybody', async () => {
    const workshop = await liveWorkshop(world, coordinator)
    const at = { partnership: workshop.partnership, workshop: workshop._id }
    const vote = { voter: 'digest-of-somebody', choices: ['a'], at: STARTS }
    await WorkshopTally.create({
      ...at,
      _id: workshop._id,
      kind: 'poll',
      open: false,
      votes: [vote],
    })
    const code = 'code-of-somebody'
    const sheet = { ...at, kind: 'evaluation', code, lang: 'ru', day: '2026-03-10' } as const
    await AnswerSheet.create({ ...sheet, cadre: 'nurse', mostUseful: 'Слова одного' })
    const guest = await guestIn(workshop)
    await WorkshopParticipant.updateOne({ _id: guest.userId }, { invite: 'hash-of-a-link' })
    const entries = await entriesOfPartnership(world.ports, world.partnershipId, [])
    const read = async (name: string) => {
      const entry = entries.find(({ path }) => path === `workshops/${name}.json`)
      return entry ? await text(await entry.open()) : ''
    }
    const [votes, answers] = [await read('votes'), await read('answers')]
    expect(JSON.parse(votes)).toContainEqual(
      expect.objectContaining({ answers: 1, counts: { a: 1 } }),
    )
    expect(JSON.parse(answers)).toMatchObject([{ evaluations: 1, voices: null }])
    const people = await read('participants')
    expect(people).toContain(guest.userId)
    const secret = /digest-of-somebody|code-of-somebody|Слова одного|hash-of-a-link|"day"|"nurse"/
    expect(votes + answers).not.toMatch(secret)
    expect(people).not.toContain('hash-of-a-link')
  })
})

describe('a workshop that is called off', () => {
  const cancel = (reason = '') => ({ verb: 'cancel' as const, reason, acknowledged: undefined })

  it('before it was announced stays its facilitators’ own', async () => {
    const { _id } = await liveWorkshop(world, coordinator, { status: 'draft' })
    const id = String(_id)
    const heard: string[] = []
    const end = world.bus.subscribe(
      'workshop:changed',
      ({ workshop }) => void heard.push(workshop.id),
    )
    const { workshops } = world.services
    await workshops.moveWorkshop(coordinator, id, cancel() as never)
    end()
    const viewer = await world.member('viewer')
    await expect(workshops.readWorkshop(viewer, id)).rejects.toMatchObject({ code: 'not_found' })
    const listed = async (actor: Actor) => {
      const all = Object.values(await workshops.listWorkshops(actor, world.partnershipId)).flat()
      return all.some((each) => each.id === id)
    }
    expect([await listed(viewer), await listed(coordinator)]).toEqual([false, true])
    expect(heard).not.toContain(id)
  })

  it('says why without anybody’s data, and so often in a minute', async () => {
    const { _id } = await liveWorkshop(world, coordinator, { status: 'announced' })
    const id = String(_id)
    const { workshops } = world.services
    const why = cancel('Заболел Иванов И.И., 1 февраля 1980 г.р.') as never
    await expect(workshops.moveWorkshop(coordinator, id, why)).rejects.toMatchObject({
      code: 'patient_data',
    })
    expect((await Workshop.findById(id).lean())?.status).toBe('announced')
    const taken: string[] = []
    const limits = { ...world.ports.limits, take: async (rule: string) => void taken.push(rule) }
    const limited = createServices({ ...world.ports, limits }).workshops
    await limited.moveWorkshop(coordinator, id, cancel('Snow') as never)
    expect(taken).toEqual(['write'])
  })
})
