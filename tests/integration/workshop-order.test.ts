import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { RoomStore } from '../../app/features/room/room-store'
import type { WorkshopRow } from '../../models/workshop'
import { createServices, type Services } from '../../server/services'
import type { Actor } from '../../shared/actor'
import { isAppError } from '../../shared/errors'
import type { BusEvents } from '../../shared/events'
import { acting, liveWorkshop, POLL } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
/** A second process, on the same database and bus. */
let elsewhere: Services
let people: Actor[]
beforeAll(async () => {
  world = await createWorld()
  elsewhere = createServices({ ...world.ports, limits: unlimited })
  people = [
    await world.member('editor', 'b'),
    await world.member('reviewer', 'a'),
    await world.member('viewer', 'a'),
  ]
})

const unlimited = { take: async () => {}, forget: async () => {} }

/** Somebody does something, perhaps to something; what may not be is refused. */
const Step = fc.record({
  who: fc.nat({ max: 2 }),
  verb: fc.constantFrom(
    'say',
    'say',
    'ask',
    'raise',
    'lower',
    'floor',
    'timer',
    'translate',
    'delete',
    'poll',
    'open',
    'show',
    'close',
    'upvote',
    'on_air',
    'case',
  ),
  at: fc.nat({ max: 30 }),
})
type Step = typeof Step extends fc.Arbitrary<infer S> ? S : never

const CASE = { lang: 'en', ageBand: '30–39', sex: 'f', setting: 'Clinic', problem: 'Missed doses.' }

function actOf({ verb, at }: Step, item: string) {
  switch (verb) {
    case 'say':
      return acting('say', { text: `Реплика ${at}`, lang: 'ru' })
    case 'ask':
      return acting('ask', { text: `Вопрос ${at}?`, lang: 'ru' })
    case 'raise':
      return acting('raise_hand', { on: at % 3 > 0 })
    case 'lower':
      return acting('lower_hand', { item })
    case 'floor':
      return acting('give_floor', { item })
    case 'timer':
      return acting('set_timer', { minutes: at })
    case 'translate':
      return acting('translate', { item, of: 'text', text: `Line ${at}`, lang: 'en' })
    case 'delete':
      return acting('delete', { item })
    case 'poll':
      return acting('make_poll', POLL)
    case 'open':
      return acting('open_poll', { item })
    case 'show':
      return acting('show_results', { item, on: at % 2 > 0 })
    case 'close':
      return acting('close_poll', { item })
    case 'upvote':
      return acting('upvote', { item, on: at % 3 > 0 })
    case 'on_air':
      return acting('set_question', { item, status: 'on_air' })
    case 'case':
      return acting('offer_case', { ...CASE, question: 'How to remind?' })
  }
}

describe('a page of a room', () => {
  it('ends as a fresh one, whatever was done, lost, doubled, in whichever order, from whichever process', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Step, { minLength: 5, maxLength: 24 }),
        fc.infiniteStream(fc.nat({ max: 11 })),
        async (steps, dice) => {
          const roll = () => dice.next().value as number
          const row = await liveWorkshop(world, people[0] as Actor)
          const pages = await Promise.all(
            [people[0], people[2]].map((reader) => pageOf(reader as Actor, row)),
          )
          const held: BusEvents['workshop:item'][] = []
          const ids: string[] = [String(row._id)]
          for (const step of steps) {
            world.heard.length = 0
            await attempt(step, row, ids)
            const facts = world.heard.flatMap(([event, fact]) =>
              event === 'workshop:item' ? [fact as BusEvents['workshop:item']] : [],
            )
            for (const fact of facts) if (!ids.includes(fact.item.id)) ids.push(fact.item.id)
            held.push(...facts)
            for (const page of pages) {
              // in time, out of turn, twice; far too late; lost, with or without the line
              const fate = roll()
              if (fate < 5) page.hear(held.at(-1 - (roll() % 3)))
              if (fate < 3) page.hear(held.at(-1))
              if (fate === 5) page.late.push(...held.slice(-2))
              if (fate === 11) await page.reconnect()
            }
          }
          for (const page of pages) {
            await page.reconnect()
            for (const fact of page.late.toReversed()) page.hear(fact)
            expect(page.shown()).toEqual(await page.fresh())
            expect(page.store.hasGap).toBe(false)
          }
        },
      ),
      { numRuns: 10 },
    )
  }, 60_000)
})

async function attempt(step: Step, row: WorkshopRow, ids: readonly string[]): Promise<void> {
  const item = ids[step.at % ids.length] ?? ''
  const { workshopRoom } = step.at % 2 > 0 ? elsewhere : world.services
  try {
    await workshopRoom.act(people[step.who] as Actor, String(row._id), actOf(step, item))
  } catch (error) {
    if (!isAppError(error)) throw error
  }
}

async function pageOf(reader: Actor, row: WorkshopRow) {
  const { workshopRoom } = world.services
  const id = String(row._id)
  const open = async () => new RoomStore(await workshopRoom.openRoom(reader, id))
  const store = await open()
  const isStaff = reader === people[0]
  return {
    store,
    late: [] as BusEvents['workshop:item'][],
    hear(fact: BusEvents['workshop:item'] | undefined): void {
      if (fact) store.hear(isStaff ? fact.staffItem : fact.item)
    },
    async reconnect(): Promise<void> {
      let more = true
      while (more) {
        const missed = await workshopRoom.catchUp(reader, id, store.rev)
        store.catchUp(missed)
        more = missed.more
      }
    },
    shown: () => store.read(),
    fresh: async () => (await open()).read(),
  }
}

describe('two processes', () => {
  it('number what is done on both at once without gaps, and a retried act once', async () => {
    const row = await liveWorkshop(world, people[0] as Actor)
    const id = String(row._id)
    const rooms = [world.services.workshopRoom, elsewhere.workshopRoom]
    const acts = Array.from({ length: 10 }, (_, n) =>
      acting('say', { text: `№ ${n}`, lang: 'ru', clientKey: randomUUID() }),
    )
    const speaker = people[1] as Actor
    await Promise.all(rooms.flatMap((room) => acts.map((each) => room.act(speaker, id, each))))
    const { items, rev } = await elsewhere.workshopRoom.catchUp(speaker, id, 0)
    expect(items.map((item) => item.rev)).toEqual(Array.from({ length: 10 }, (_, n) => n + 1))
    expect(rev).toBe(10)
  })

  it('keep what one of them stored before it died, and the other tells of it', async () => {
    const row = await liveWorkshop(world, people[0] as Actor)
    const id = String(row._id)
    const dying = createServices({
      ...world.ports,
      bus: {
        ...world.bus,
        publish() {
          throw new Error('killed')
        },
      },
    })
    const said = acting('say', { text: 'Последнее слово.', lang: 'ru' })
    const speaker = people[1] as Actor
    await dying.workshopRoom.act(speaker, id, said).catch(() => {})
    world.heard.length = 0
    const { item } = await elsewhere.workshopRoom.act(speaker, id, said)
    expect(item).toMatchObject({ rev: 1, text: 'Последнее слово.' })
    expect(world.heard.map(([event]) => event)).toEqual(['workshop:item'])
    const { items } = await elsewhere.workshopRoom.catchUp(speaker, id, 0)
    expect(items).toEqual([item])
  })
})
