import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { offerCase, setCase } from '../../server/services/workshop-cases'
import type { Actor } from '../../shared/actor'
import type { RoomAct } from '../../shared/schemas/workshop-room'
import { seenOf } from '../../shared/seen-words'
import { acting, CASE, guestIn, liveWorkshop, reread } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let clinician: Actor
let workshop: WorkshopRow
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator', 'b')
  workshop = await liveWorkshop(world, facilitator)
  clinician = await guestIn(workshop)
})

const offer = (fields: object = {}) =>
  offerCase(world.ports, clinician, workshop, acting('offer_case', { ...CASE, ...fields }))
const set = (item: unknown, status: string, recommendations = '') => {
  const fields = { item: String(item), status, recommendations, acknowledged: 'patient-data' }
  return setCase(world.ports, facilitator, workshop, acting('set_case', fields))
}

describe('a case', () => {
  it('is offered once, and says nobody’s age', async () => {
    const act = acting('offer_case', CASE)
    const first = await offerCase(world.ports, clinician, workshop, act)
    expect(await offerCase(world.ports, clinician, workshop, act)).toEqual(first)
    for (const ageBand of ['37', '1987', '39-30', '30–', '+']) {
      await expect(offer({ ageBand })).rejects.toMatchObject({
        code: 'invalid_input',
        detail: { ageBand: 'band' },
      })
    }
    expect((await offer({ ageBand: '65+' })).body.ageBand).toBe('65+')
  })

  it('is refused with patient data in any of its texts, whatever is acknowledged', async () => {
    const before = await WorkshopItem.countDocuments()
    const text = 'Пациент Соловейко Пётр Ильич, 01.02.1980 г.р., СНИЛС 112-233-445 95'
    for (const field of ['setting', 'problem', 'course', 'question']) {
      await expect(offer({ [field]: text, acknowledged: 'patient-data' })).rejects.toMatchObject({
        code: 'patient_data',
        detail: { [field]: 'name-born snils' },
      })
    }
    expect(await WorkshopItem.countDocuments()).toBe(before)
    const { _id } = await offer()
    await expect(set(_id, 'discussed', `Ответить: ${text}`)).rejects.toMatchObject({
      code: 'patient_data',
    })
  })

  it('is alone on air, and keeps what was recommended', async () => {
    const [one, other] = await Promise.all([offer(), offer()])
    await Promise.all([set(one._id, 'on_air'), set(other._id, 'on_air')])
    const onAir = { workshop: workshop._id, kind: 'case' as const, 'body.status': 'on_air' }
    expect(await WorkshopItem.countDocuments(onAir)).toBe(1)
    const discussed = await set(one._id, 'discussed', 'Напоминать вечером.')
    const recommendations = { text: 'Напоминать вечером.', lang: 'ru' }
    expect(discussed.body).toMatchObject({ recommendations })
    // the same again takes no number
    expect(await set(one._id, 'discussed')).toEqual(discussed)
    expect((await set(one._id, 'waiting')).body).toMatchObject({ recommendations })
  })

  it('is translated as long as it is, field by field, and what was recommended in its own language', async () => {
    const long = (letter: string, length: number) => letter.repeat(length)
    const russian = {
      problem: long('п', 4_000),
      course: long('т', 4_000),
      question: long('в', 2_000),
    }
    const english = {
      problem: long('p', 4_000),
      course: long('c', 4_000),
      question: long('q', 2_000),
    }
    const { _id } = await offer({ ...russian, setting: long('у', 200) })
    const item = String(_id)
    const to = { item, lang: 'en', ...english, setting: long('s', 200) }
    const id = String(workshop._id)
    const act = (done: RoomAct, actor = facilitator) =>
      world.services.workshopRoom.act(actor, id, done)
    const whole = acting('translate_case', to)
    await expect(act(whole, clinician)).rejects.toMatchObject({ code: 'forbidden' })
    for (const fields of [{ lang: 'ru' }, { course: '' }, { setting: '' }]) {
      await expect(act(acting('translate_case', { ...to, ...fields }))).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    const named = { ...to, course: 'Пациент Соловейко Пётр Ильич, 01.02.1980 г.р.' }
    await expect(act(acting('translate_case', named))).rejects.toMatchObject({
      code: 'patient_data',
      detail: { course: 'name-born' },
    })
    const by = { role: 'facilitator' }
    expect((await act(whole)).item).toMatchObject({ translation: { ...english, lang: 'en', by } })
    const again = await act(whole)
    expect((await reread(workshop)).roomRev).toBe(again.item?.rev)
    // one text is not what a case has
    const one = acting('translate', { item, of: 'text', lang: 'en', text: 'A case' })
    await expect(act(one)).rejects.toMatchObject({ code: 'not_found' })

    const noted = { item, status: 'discussed', recommendations: long('r', 4_000), lang: 'en' }
    expect((await act(acting('set_case', noted))).item).toMatchObject({
      recommendations: { lang: 'en', text: noted.recommendations, by, translation: null },
    })
    // noted by a colleague who had seen none, and then over what they have seen
    const late = { ...noted, recommendations: 'Другие.', seen: seenOf({ text: '' }) }
    await expect(act(acting('set_case', late))).rejects.toMatchObject({ code: 'conflict' })
    const over = { ...noted, seen: seenOf({ text: noted.recommendations }) }
    await act(acting('set_case', { ...over, recommendations: 'Другие.' }))
    // sent again it is no conflict: it stands there
    await act(acting('set_case', { ...over, recommendations: 'Другие.' }))
    await act(acting('set_case', noted))
    const text = long('р', 4_000)
    const translate = acting('translate', { item, of: 'answer', lang: 'ru', text })
    const answer = await act(translate)
    expect(answer.item).toMatchObject({
      recommendations: { lang: 'en', translation: { lang: 'ru', text, by } },
    })
    // the whole of it, in both languages, within what a line takes at once
    expect(Buffer.byteLength(JSON.stringify(answer.item))).toBeLessThan(64_000)
    const said = { text: 'Вопрос?', lang: 'ru', clientKey: randomUUID() }
    const asked = await act(acting('ask', said))
    const tooLong = acting('translate', {
      item: asked.item?.id,
      of: 'text',
      lang: 'en',
      text: english.problem,
    })
    await expect(act(tooLong)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
