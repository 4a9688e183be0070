import { beforeAll, describe, expect, it } from 'vitest'
import { WorkshopItem } from '../../models/workshop-item'
import { enterAs } from '../../scripts/demo-workshop/line'
import { ACCOUNTS, MOMENTS } from '../../scripts/demo-workshop/moments'
import { type Person, play } from '../../scripts/demo-workshop/player'
import { isAppError } from '../../shared/errors'

import { RoomAct } from '../../shared/schemas/workshop-room'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

describe('the words that are played', () => {
  it('are each in the language that they say, and translated into the other', () => {
    for (const moment of MOMENTS) {
      if (!('said' in moment)) continue
      const { said, translation } = moment
      expect([said.text, hasCyrillic(said.text)]).toEqual([said.text, said.lang === 'ru'])
      expect(translation?.lang).toBe(said.lang === 'ru' ? 'en' : 'ru')
      expect(hasCyrillic(translation?.text ?? '')).toBe(translation?.lang === 'ru')
    }
  })
})

describe('the player', () => {
  it('fills a room with one round of everything, and leaves no hand up and no timer', async () => {
    const { cast, workshop, refused } = await castOfWorld()
    const said: string[] = []
    const ending = new AbortController()
    const rounds = MOMENTS.filter((moment) => moment.kind === 'say').at(-1)
    await play({
      cast,
      moments: MOMENTS,
      pace: 0.0001,
      signal: ending.signal,
      say: (line) => {
        said.push(line)
        if (rounds?.kind === 'say' && line.endsWith(rounds.said.text)) {
          setTimeout(() => ending.abort(), 200)
        }
      },
    })
    expect(refused).toEqual([])
    const rows = await WorkshopItem.find({ workshop: workshop._id }).lean()
    const of = (kind: string) => rows.filter((row) => row.kind === kind)
    const bodies = (kind: string) => of(kind).map(({ body }) => body as Record<string, unknown>)
    expect(of('message').length).toBeGreaterThanOrEqual(9)
    expect(bodies('message').filter(({ translation }) => translation).length).toBeGreaterThan(8)
    expect(bodies('question')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          status: 'answered',
          answer: expect.objectContaining({ translation: expect.anything() }),
        }),
      ]),
    )
    expect(bodies('poll')).toEqual(
      expect.arrayContaining([expect.objectContaining({ status: 'closed' })]),
    )
    expect(of('hand').length).toBeGreaterThan(0)
    expect(bodies('hand').filter(({ state }) => state === 'up' || state === 'speaking')).toEqual([])
    expect(bodies('stage')[0]).toMatchObject({ timer: null })
    expect(said).toContain('  (the slides are still being made)')
  })

  it('turns the pages of a deck one after the other, and from the last to the first', async () => {
    const ending = new AbortController()
    const acts: object[] = []
    const person: Person = {
      act: async (act) => {
        acts.push(act)
        if (acts.length === 3) ending.abort()
        return { ok: true, item: null }
      },
      slides: async () => ({ deck: 'd', pages: 2 }),
      leave: async () => {},
    }
    await play({
      cast: { 'physician.us': person },
      moments: [{ kind: 'slide' }],
      pace: 0,
      signal: ending.signal,
      say: () => {},
    })
    expect(acts.slice(0, 3)).toMatchObject([{ page: 1 }, { page: 2 }, { page: 1 }])
  })

  it('says in a sentence that nothing runs there', async () => {
    await expect(enterAs('http://127.0.0.1:9', 'viewer')).rejects.toThrow(
      'No product answers at http://127.0.0.1:9; start it with npm start, then try again.',
    )
  })
})

/** The accounts as members of the test's partnership; what they send is parsed as it comes in by HTTP. */
async function castOfWorld() {
  const roles = {
    'physician.us': await world.member('editor', 'b'),
    'physician.ru': await world.member('editor'),
    reviewer: await world.member('reviewer', 'a', { languages: ['ru', 'en'] }),
    'coordinator.us': await world.member('coordinator', 'b'),
    'coordinator.ru': await world.member('coordinator'),
    viewer: await world.member('viewer', 'b'),
  }
  const workshop = await liveWorkshop(world, roles['physician.us'], {
    facilitators: [roles['physician.us'].userId, roles['physician.ru'].userId],
  })
  const id = String(workshop._id)
  const refused: string[] = []
  const people = ACCOUNTS.map((account): [string, Person] => [
    account,
    {
      async act(sent) {
        try {
          const act = RoomAct.parse(JSON.parse(JSON.stringify(sent)))
          const { item } = await world.services.workshopRoom.act(roles[account], id, act)
          return { ok: true, item: item?.id ?? null }
        } catch (error) {
          refused.push(`${account} ${JSON.stringify(sent)} ${String(error)}`)
          const code = isAppError(error) ? error.code : 'unexpected'
          return { ok: false, code, seconds: 0 }
        }
      },
      slides: async () => ({ deck: '', pages: 0 }),
      leave: async () => {},
    },
  ])
  return { cast: Object.fromEntries(people), workshop, refused }
}

function hasCyrillic(text: string): boolean {
  return /\p{Script=Cyrillic}/u.test(text)
}
