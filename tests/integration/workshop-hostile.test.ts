import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { readBearer } from '../../server/auth/sessions'
import type { Actor } from '../../shared/actor'
import { isAppError } from '../../shared/errors'
import { FACILITATOR_ACTS, PRESENTER_ACTS, RoomAct } from '../../shared/schemas/workshop-room'
import { acting, guestIn, liveWorkshop, POLL } from '../fixtures/live-workshop'
import {
  everybodysActs,
  facilitatorActs,
  type Laid,
  layOut,
  stored,
} from '../fixtures/workshop-acts'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let guest: Actor
let room: WorkshopRow
let laid: Laid
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator', 'b')
  room = await liveWorkshop(world, facilitator)
  guest = await guestIn(room)
  laid = await layOut(world, facilitator, guest, room)
})

const act = (actor: Actor, done: RoomAct, workshop = room) =>
  world.services.workshopRoom.act(actor, String(workshop._id), done)

/** What an act comes to: the refusal's code, or nothing. What is no refusal is a failure of ours. */
async function refusalOf(actor: Actor, done: RoomAct, workshop = room): Promise<string> {
  try {
    await act(actor, done, workshop)
    return 'done'
  } catch (error) {
    if (isAppError(error)) return error.code
    throw error
  }
}

/** The same person as their next request finds them. */
async function asNow(actor: Actor): Promise<Actor> {
  const headers = { cookie: await world.cookie(actor) }
  const bearer = await readBearer({ headers }, world.clock.now())
  if (!bearer) throw new Error('no session')
  return bearer.actor
}

async function inRoom(actor: Actor): Promise<Actor> {
  await world.services.workshopDoor.enterRoom(actor, String(room._id))
  return actor
}

const isPresenters = (act: RoomAct['act']) => (PRESENTER_ACTS as readonly string[]).includes(act)
/** What is done after the end as well. */
const LATER: readonly string[] = ['ask_translation', 'answer', 'show_results']

describe('a participant who facilitates (row 84)', () => {
  it('84: knows every act of facilitators', () => {
    const acts = facilitatorActs(laid).map((done) => done.act)
    expect(acts).toEqual([...FACILITATOR_ACTS])
  })

  const people: [string, string, () => Promise<Actor>][] = [
    ['a guest', 'forbidden', async () => guest],
    ['a viewer', 'forbidden', async () => inRoom(await world.member('viewer'))],
    ['an editor who is not named', 'forbidden', async () => inRoom(await world.member('editor'))],
    [
      'a presenter, but for slides and answers',
      'forbidden',
      async () => {
        const actor = await world.member('reviewer')
        const { mine } = await world.services.workshopDoor.enterRoom(actor, String(room._id))
        const named = { participant: String(mine._id), role: 'presenter' }
        await act(facilitator, acting('name_role', named))
        return actor
      },
    ],
    [
      'a facilitator who has just lost the role',
      'forbidden',
      async () => {
        const actor = await world.member('coordinator')
        await inRoom(actor)
        await world.setRole(actor, 'viewer')
        return asNow(actor)
      },
    ],
    [
      'a facilitator who has just been taken from the plan',
      'forbidden',
      async () => {
        const actor = await world.member('editor')
        const at = { _id: room._id }
        await Workshop.updateOne(at, { $push: { facilitators: actor.userId } })
        await inRoom(actor)
        await act(actor, acting('set_timer', { minutes: 1 }))
        await Workshop.updateOne(at, { $pull: { facilitators: actor.userId } })
        return actor
      },
    ],
    [
      'a removed member',
      'not_found',
      async () => {
        const actor = await inRoom(await world.member('coordinator'))
        await world.remove(actor)
        return asNow(actor)
      },
    ],
    [
      'another partnership’s coordinator',
      'not_found',
      async () => (await createWorld()).member('coordinator'),
    ],
    [
      'a guest of another workshop',
      'not_found',
      async () => guestIn(await liveWorkshop(world, facilitator)),
    ],
  ]
  it.each(people)('84: is refused, and nothing changes: %s', async (who, code, find) => {
    const actor = await find()
    const before = await stored(world)
    for (const done of facilitatorActs(laid)) {
      if (who.startsWith('a presenter') && isPresenters(done.act)) continue
      expect([done.act, await refusalOf(actor, done)]).toEqual([done.act, code])
    }
    expect(await stored(world)).toBe(before)
  })
})

describe('a room', () => {
  it('84: finds nothing of another workshop, and changes nothing there', async () => {
    const other = await liveWorkshop(world, facilitator)
    const there = await guestIn(other)
    await act(facilitator, acting('set_timer', { minutes: 1 }), other)
    const before = await stored(world)
    const named = (done: RoomAct) => 'item' in done || 'participant' in done
    for (const done of facilitatorActs(laid).filter(named)) {
      expect([done.act, await refusalOf(facilitator, done, other)]).toEqual([done.act, 'not_found'])
    }
    for (const done of everybodysActs(laid).filter(named)) {
      const code = done.act.startsWith('translate') ? 'forbidden' : 'not_found'
      expect([done.act, await refusalOf(there, done, other)]).toEqual([done.act, code])
    }
    expect(await stored(world)).toBe(before)
  })

  it('84: takes nothing before it is live, and nothing once it is over', async () => {
    const states = [
      ['closed', 'workshop_over'],
      ['cancelled', 'workshop_over'],
      ['draft', 'not_found'],
    ] as const
    for (const [status, code] of states) {
      await Workshop.updateOne({ _id: room._id }, { $set: { status } })
      const before = await stored(world)
      const seen: string[] = []
      // what was said is translated and answered afterwards too
      const isLater = ({ act }: RoomAct) => status === 'closed' && LATER.includes(act)
      for (const done of everybodysActs(laid)) {
        if (!isLater(done)) seen.push(await refusalOf(guest, done))
      }
      // who may not translate is told that first
      expect([status, [...new Set(seen)].filter((each) => each !== 'forbidden')]).toEqual([
        status,
        [code],
      ])
      if (status !== 'draft') {
        const theirs = facilitatorActs(laid).filter(
          (done) => status === 'cancelled' || !(isLater(done) || /let_|name_role/.test(done.act)),
        )
        for (const done of theirs) await refusalOf(facilitator, done)
      }
      expect(await stored(world)).toBe(before)
    }
    await Workshop.updateOne({ _id: room._id }, { $set: { status: 'live' } })
  })

  it('84: takes a vote of two tabs once, and none after closing', async () => {
    const { item } = await act(facilitator, acting('make_poll', POLL))
    if (!item) throw new Error('no poll')
    await act(facilitator, acting('open_poll', { item: item.id }))
    const vote = (choice: string) =>
      acting('vote', { item: item.id, choices: [choice], lang: 'ru' })
    const tabs = await Promise.all(['a', 'a', 'a'].map((choice) => act(guest, vote(choice))))
    expect(tabs).toEqual([{ item: null }, { item: null }, { item: null }])
    await act(facilitator, acting('close_poll', { item: item.id }))
    const before = await stored(world)
    expect(await refusalOf(guest, vote('b'))).toBe('poll_closed')
    const { tallies, mine } = await world.services.workshopRoom.openRoom(guest, String(room._id))
    expect(tallies.find(({ id }) => id === item.id)?.count).toBe(1)
    expect(mine.answers[item.id]?.choices).toEqual(['a'])
    expect(await stored(world)).toBe(before)
  })

  it('84: refuses what is malformed or too large before anything looks at it', () => {
    const wrong = [
      { act: 'say', text: 'а'.repeat(2_001), lang: 'ru', clientKey: crypto.randomUUID() },
      { act: 'say', text: { $gt: '' }, lang: 'ru', clientKey: crypto.randomUUID() },
      { act: 'vote', item: laid.poll, choices: Array(13).fill('a'), lang: 'ru' },
      { act: 'vote', item: { $ne: null }, choices: [], lang: 'ru' },
      { act: 'upvote', item: laid.question, on: 'yes' },
      { act: 'make_groups', count: 1e9, by: 'chance', minutes: 0, clientKey: crypto.randomUUID() },
      { act: '__proto__' },
      { act: 'constructor' },
      [],
      null,
      'say',
    ]
    expect(wrong.filter((body) => RoomAct.safeParse(body).success)).toEqual([])
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(RoomAct.safeParse(body).success).toBe(false)
      }),
    )
  })

  it('84: answers every act that can be parsed, whatever is in it, with a deed or a refusal', async () => {
    const all = [...everybodysActs(laid), ...facilitatorActs(laid)]
    const ids = fc.constantFrom(...Object.values(laid), 'f'.repeat(24))
    const odd = fc.oneof(
      ids,
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.constantFrom('a', 'b', '1', 'zz'), { maxLength: 4 }),
    )
    const body = fc.constantFrom(...all).chain((done) => {
      const fields = Object.keys(done).filter((field) => field !== 'act')
      const some = fc.dictionary(fc.constantFrom('item', ...fields), odd, { maxKeys: 2 })
      return some.map((changed) => ({ ...done, ...changed }))
    })
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (sent, isStaff) => {
        const parsed = RoomAct.safeParse(sent)
        fc.pre(parsed.success && parsed.data.act !== 'let_in')
        if (parsed.success) await refusalOf(isStaff ? facilitator : guest, parsed.data)
      }),
      { numRuns: 50 },
    )
  })
})
