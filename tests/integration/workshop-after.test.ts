import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { Certificate } from '../../models/certificate'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { createServices } from '../../server/services'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'
import { AttendanceChange, SaveReport } from '../../shared/schemas/afterwards'
import { MoveWorkshop } from '../../shared/schemas/workshops'
import { guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { pdfPages } from '../setup/pdf-text'
import { createWorld, type World } from '../setup/world'

const STARTS = new Date('2026-03-10T12:00:00Z')
const minutesOn = (minutes: number) => new Date(STARTS.getTime() + minutes * 60_000)

let world: World
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
})

/** A workshop of an hour that is over, with people who were there for so many minutes. */
async function pastWorkshop(): Promise<WorkshopRow> {
  return liveWorkshop(world, coordinator, {
    status: 'closed',
    startsAt: STARTS,
    endsAt: minutesOn(60),
    startedAt: STARTS,
    closedAt: minutesOn(60),
  })
}

async function there(
  workshop: WorkshopRow,
  user: Actor | null,
  minutes: number,
  fields: object = {},
) {
  const row = await WorkshopParticipant.create({
    partnership: workshop.partnership,
    workshop: workshop._id,
    user: user?.userId ?? null,
    cadre: 'nurse',
    registration: 'registered',
    stays: [
      { key: randomUUID(), from: STARTS, to: minutesOn(minutes), seenAt: minutesOn(minutes) },
    ],
    createdAt: STARTS,
    ...fields,
  })
  return String(row._id)
}

const guest = (name: string, email: string | null) => ({
  guest: { name, email, lang: 'ru', timeZone: 'Europe/Moscow', institution: 'Поликлиника № 12' },
})

function attendance<I extends AttendanceChange['intent']>(intent: I, fields: object) {
  return AttendanceChange.parse({ intent, ...fields }) as Extract<AttendanceChange, { intent: I }>
}

describe('attendance', () => {
  it('counts, is corrected with a word, goes back to what was measured, and takes people by hand', async () => {
    const workshop = await pastWorkshop()
    const id = String(workshop._id)
    const participant = await there(workshop, await world.member('viewer'), 30)
    await guestIn(workshop, { present: false })
    const { services } = world
    const read = async () => {
      const { rows, byCadre } = await services.attendance.readAttendance(coordinator, id)
      return [
        rows.map(({ minutes, measured, enough }) => [minutes, measured, enough]),
        byCadre[0]?.count,
      ]
    }
    expect(await read()).toEqual([[[30, 30, false]], 1])
    const correct = { participant, minutes: 55, note: 'Line was down' }
    await services.attendance.correctAttendance(coordinator, id, attendance('correct', correct))
    expect(await read()).toEqual([[[55, 30, true]], 1])
    await services.attendance.correctAttendance(
      coordinator,
      id,
      attendance('measured', { participant }),
    )
    expect(await read()).toEqual([[[30, 30, false]], 1])
    const add = attendance('add', {
      name: 'Ольга Бумажная',
      cadre: 'nurse',
      institution: 'Поликлиника № 12',
      minutes: 60,
      lang: 'en',
      clientKey: randomUUID(),
    })
    await services.attendance.addAttender(coordinator, id, add)
    const { rows } = await services.attendance.readAttendance(coordinator, id)
    expect(rows[0]?.institution).toEqual({ ru: 'Поликлиника № 12' })
    await services.attendance.addAttender(coordinator, id, add)
    expect(await read()).toEqual([
      [
        [60, 0, true],
        [30, 30, false],
      ],
      2,
    ])
    const byHand = await WorkshopParticipant.findOne({
      workshop: id,
      cadre: 'nurse',
      stays: [],
    }).lean()
    const gone = attendance('measured', { participant: String(byHand?._id) })
    await services.attendance.correctAttendance(coordinator, id, gone)
    expect(await read()).toEqual([[[30, 30, false]], 1])
    const phone = { participant, minutes: 1, note: 'Иванов И.И., 1 февраля 1980 г.р.' }
    await expect(
      services.attendance.correctAttendance(coordinator, id, attendance('correct', phone)),
    ).rejects.toMatchObject({ code: 'patient_data' })
    const viewer = await world.member('viewer')
    await expect(services.attendance.readAttendance(viewer, id)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('a workshop that is closed by mistake', () => {
  it('goes on when it is opened again, and nobody was there meanwhile', async () => {
    const { _id } = await liveWorkshop(world, coordinator, { startedAt: STARTS })
    const id = String(_id)
    const at = (minute: number) =>
      createServices({ ...world.ports, clock: { now: () => minutesOn(minute) } })
    for (const [minute, verb] of [
      [30, 'close'],
      [50, 'reopen'],
      [60, 'close'],
      [90, 'reopen'],
    ] as const) {
      await at(minute).workshops.moveWorkshop(coordinator, id, MoveWorkshop.parse({ verb }))
    }
    expect((await Workshop.findById(id).lean())?.breaks).toEqual([
      { from: minutesOn(30), to: minutesOn(50) },
      { from: minutesOn(60), to: minutesOn(90) },
    ])
  })
})

describe('certificates', () => {
  it('go to those who were there for 70 %, once, also when asked for twice at once', async () => {
    const workshop = await pastWorkshop()
    const id = String(workshop._id)
    await there(workshop, null, 41, guest('Мало Была', 'short@guest.example'))
    const enough = await there(workshop, null, 42, guest('Вера Достаточная', 'v@guest.example'))
    const issue = () => world.services.certificates.issueCertificates(coordinator, id)
    const both = await Promise.all([issue(), issue()])
    expect(both.map(({ issued }) => issued).toSorted()).toEqual([0, 1])
    expect(await issue()).toEqual({ issued: 0 })
    const rows = await Certificate.find({ workshop: workshop._id }).lean()
    expect(rows.map(({ participant }) => String(participant))).toEqual([enough])
  })

  it('wait for the end of the workshop', async () => {
    const workshop = await liveWorkshop(world, coordinator)
    await expect(
      world.services.certificates.issueCertificates(coordinator, String(workshop._id)),
    ).rejects.toMatchObject({ code: 'workshop_not_open' })
  })

  it('keep the name of somebody who has deleted their account, when the hours change', async () => {
    const workshop = await pastWorkshop()
    const id = String(workshop._id)
    const person = await world.member('viewer')
    const participant = await there(workshop, person, 60)
    const { certificates, attendance: kept } = world.services
    await certificates.issueCertificates(coordinator, id)
    const named = async () => (await Certificate.findOne({ workshop: id }).lean())?.name
    const before = await named()
    const fields = { name: { given: '', family: 'Former participant' }, deletedAt: new Date() }
    await User.updateOne({ _id: person.userId }, { $set: fields })
    const shorter = attendance('correct', { participant, minutes: 44 })
    await kept.correctAttendance(coordinator, id, shorter)
    expect(await certificates.issueCertificates(coordinator, id)).toEqual({ issued: 1 })
    expect(await named()).toEqual(before)
  })

  it('are looked up by their code, revoked, and issued anew under another', async () => {
    const workshop = await pastWorkshop()
    const id = String(workshop._id)
    const participant = await there(workshop, null, 60, guest('Вера Проверкина', 'p@guest.example'))
    const { certificates } = world.services
    await certificates.issueCertificates(coordinator, id)
    const codeNow = async () => (await Certificate.findOne({ workshop: id }).lean())?.code ?? ''
    const first = await codeNow()
    const look = (code: string) => certificates.checkCertificate(code, '127.0.0.1')
    expect(await look(first)).toEqual({
      code: first,
      name: { ru: 'Вера Проверкина' },
      title: workshop.title,
      hours: 1,
      date: '2026-03-10',
      revoked: false,
    })
    await expect(look('2222-2222-2222')).rejects.toMatchObject({ code: 'not_found' })
    await certificates.revokeCertificate(coordinator, id, participant)
    expect(await look(first)).toMatchObject({ revoked: true })
    // what was taken back comes back by name alone, and its paper goes on saying that it was
    expect(await certificates.issueCertificates(coordinator, id)).toEqual({ issued: 0 })
    await certificates.reissueCertificate(coordinator, id, participant)
    const second = await codeNow()
    expect(second).not.toBe(first)
    expect(await look(first)).toMatchObject({ code: first, revoked: true })
    expect(await look(second)).toMatchObject({ code: second, revoked: false })
    const { bytes } = await certificates.openCertificate(coordinator, id, participant)
    const text = (await pdfPages(bytes)).join('\n')
    expect(text).toContain('Вера Проверкина')
    expect(text).toContain(second)
    expect(text).toContain('Certificate of attendance')
    expect(text).toContain('Сертификат участника')
  })
})

describe('the event report', () => {
  const input = SaveReport.parse({
    base: 0,
    summaryEn: 'We agreed on one form.',
    summaryRu: 'Договорились об одной форме.',
    quotes: [
      { text: 'Теперь понятно.', who: 'медсестра', consent: true },
      { text: 'Не для печати.', who: 'врач', consent: false },
    ],
  })

  it('is a PDF and a Word file in both languages, with attendance and only the quotes that may be', async () => {
    const workshop = await pastWorkshop()
    const id = String(workshop._id)
    await there(workshop, null, 60, guest('Вера Отчётная', 'r@guest.example'))
    await there(workshop, null, 0, guest('Заглянул Один', 'looked@guest.example'))
    const { reports } = world.services
    const { attendance: counted } = (await reports.readReport(coordinator, id)).facts
    const tables = [counted.byCadre, counted.byInstitution]
    expect([counted.people, ...tables.map(([row]) => row?.count)]).toEqual([1, 1, 1])
    await reports.saveReport(coordinator, id, input)
    const words: Record<Language, string[]> = {
      en: ['Event report', 'Participants by profession', 'Nurse', 'We agreed on one form.'],
      ru: ['Отчёт о мероприятии', 'Участники по профессиям', 'Договорились об одной форме.'],
    }
    for (const lang of ['en', 'ru'] as const) {
      for (const format of ['pdf', 'docx'] as const) {
        const { bytes } = await reports.exportReport(coordinator, id, { lang, format })
        const text = format === 'pdf' ? (await pdfPages(bytes)).join('\n') : wordText(bytes)
        for (const word of [...words[lang], 'Теперь понятно.']) expect(text).toContain(word)
        expect(text).not.toContain('Не для печати')
        // what is said of a clock apart, each paper is in one language
        if (lang === 'ru') {
          const latin = text.replaceAll('UTC', '').match(/[A-Za-z]{2,}/g)
          expect(latin).toBeNull()
        }
        const others = words[lang === 'en' ? 'ru' : 'en']
        for (const word of others) expect(text).not.toContain(word)
      }
    }
  })
})

describe('the register of those trained', () => {
  it('knows a guest of two workshops by the address as one person', async () => {
    const other = await createWorld()
    const run = await other.member('coordinator')
    const over = { status: 'closed', startsAt: STARTS, endsAt: minutesOn(60), startedAt: STARTS }
    for (const closedAt of [minutesOn(60), minutesOn(60)]) {
      const workshop = await liveWorkshop(other, run, { ...over, closedAt })
      await there(workshop, null, 60, guest('Нина Дважды', 'twice@guest.example'))
    }
    const people = await other.services.providers.listProviders(run, other.partnershipId)
    expect(
      people.map(({ name, hours, workshops }) => [name.family, hours, workshops.length]),
    ).toEqual([['Дважды', 2, 2]])
    // and as the member whom they have become
    const { userId } = await other.member('viewer', 'b')
    const address = { email: 'twice@guest.example' }
    await User.updateOne({ _id: userId }, { $set: address })
    const third = await liveWorkshop(other, run, { ...over, closedAt: minutesOn(60) })
    await there(third, { userId } as Actor, 60)
    const [joined, ...more] = await other.services.providers.listProviders(run, other.partnershipId)
    expect([joined?.hours, more]).toEqual([3, []])
    expect(JSON.stringify([people, joined])).not.toMatch(/@|twice/)
    // whoever has the address and belongs elsewhere is not told of
    await Membership.deleteMany({ user: userId })
    const apart = await other.services.providers.listProviders(run, other.partnershipId)
    expect(apart.map(({ hours }) => hours)).toEqual([2, 1])
  })
})

function wordText(bytes: Buffer): string {
  const file = unzipSync(bytes)['word/document.xml']
  return file ? strFromU8(file).replace(/<[^>]+>/g, '') : ''
}
