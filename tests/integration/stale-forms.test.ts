import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/actor'
import { SaveReport } from '../../shared/schemas/afterwards'
import { SaveTest } from '../../shared/schemas/learning'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let coordinator: Actor
let id: string

beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
})

const report = (base: number, summaryEn: string) =>
  SaveReport.parse({
    base,
    summaryEn,
    quotes: [{ text: 'Теперь понятно.', who: 'медсестра', consent: true }],
  })
const test = (base: number, promptEn: string) => {
  const options = [{ en: 'Yes', ru: 'Да' }, {}, { en: 'No' }]
  return SaveTest.parse({ base, items: [{ place: 0, promptEn, options, right: 2 }] })
}

const FORMS = [
  {
    name: 'a report',
    save: (base: number, text: string) =>
      world.services.reports.saveReport(coordinator, id, report(base, text)),
    read: async () => {
      const { rev, summary } = (await world.services.reports.readReport(coordinator, id)).report
      return [rev, summary.en]
    },
  },
  {
    name: 'a test',
    save: (base: number, text: string) =>
      world.services.learning.saveTest(coordinator, id, test(base, text)),
    read: async () => {
      const { rev, items } = await world.services.learning.readTest(coordinator, id)
      return [rev, items[0]?.prompt.en]
    },
  },
]

describe.each(FORMS)('$name', ({ save, read }) => {
  it('is nobody’s to overwrite unseen, and saved over what they have seen', async () => {
    id = String((await liveWorkshop(world, coordinator))._id)
    const both = await Promise.allSettled([save(0, 'One form.'), save(0, 'Two forms.')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(save(0, 'Three forms.')).rejects.toMatchObject({ code: 'conflict' })
    await save(1, 'Three forms.')
    expect(await read()).toEqual([2, 'Three forms.'])
  })

  it('is no conflict where it says so already: sent again, twice at once, or written alike', async () => {
    id = String((await liveWorkshop(world, coordinator))._id)
    await Promise.all([save(0, 'One form.'), save(0, 'One form.')])
    await save(0, 'One form.')
    await save(1, 'One form.')
    expect(await read()).toEqual([1, 'One form.'])
    await save(1, 'Two forms.')
    await expect(save(1, 'One form.')).rejects.toMatchObject({ code: 'conflict' })
    expect(await read()).toEqual([2, 'Two forms.'])
  })
})
