import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { offerCase, setCase } from '../../server/services/workshop-cases'
import type { Actor } from '../../shared/actor'
import { acting, CASE, guestIn, liveWorkshop } from '../fixtures/live-workshop'
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
    expect(discussed.body).toMatchObject({ recommendations: 'Напоминать вечером.' })
    // the same again takes no number
    expect(await set(one._id, 'discussed')).toEqual(discussed)
    expect((await set(one._id, 'waiting')).body.recommendations).toBe('Напоминать вечером.')
  })
})
