import type { Actor } from '../../../shared/actor'
import { liveWorkshop } from '../../fixtures/live-workshop'
import { ask, type Door, form, type On, page, post, visit } from './door'
import { onSocket } from './doors-live'
import { authorOf, type House, keeperOf, type Who } from './house'

const HERE = 'partnerships.$slug.workshops'
/** Outside of the workspace a workshop exists for whoever attends it, and for nobody else. */
const NOT_THERE = { observer: 'not_found', programmeAdmin: 'not_found' } as const

/** A workshop that is going on, run by whose it is; coordinators run all of them. */
async function workshopOf(house: House, by: Actor): Promise<string> {
  return String((await liveWorkshop(house.world, by))._id)
}

const act = (fields: object) => ({ act: JSON.stringify(fields) })

/** Workshops: their pages, their room and what is done in it. */
export const WORKSHOP_DOORS: readonly Door[] = [
  page('workshop:join', ({ base }) => `${base}/workshops`, `${HERE}._index`),
  page('workshop:join', () => '', '', {
    name: 'the page of a workshop',
    async act(house, who) {
      const path = `${house.base}/workshops/${house.things.workshop}`
      return (await visit(house, who, path, `routes/${HERE}.$workshopId._index`)).answer
    },
  }),
  {
    name: 'workshop:join',
    key: 'workshop:join',
    kind: 'socket.io',
    refuses: NOT_THERE,
    act: (house, who) =>
      onSocket(house, who, (socket) =>
        socket.emitWithAck('workshop:join', { workshopId: house.things.workshop, afterRev: 0 }),
      ),
  },
  form(
    'a sign of the pulse',
    'workshop:join',
    (house, who) =>
      post(
        house,
        who,
        `/workshops/${house.things.workshop}/act`,
        act({ act: 'pulse', pulse: 'lost' }),
      ),
    { refuses: NOT_THERE },
  ),
  {
    name: 'GET /materials/{workshop}/{rendition}',
    key: 'workshop:material',
    kind: 'files',
    refuses: NOT_THERE,
    act: async (house, who) =>
      (await ask(house, who, `/materials/${house.things.workshop}/${house.things.material}`))
        .answer,
  },
  page('workshop:facilitate', () => '', '', {
    name: 'the attendance',
    async act(house, who, on) {
      const path = `${house.base}/workshops/${await ran(house, who, on)}/attendance`
      return (await visit(house, who, path, `routes/${HERE}.$workshopId.attendance`)).answer
    },
  }),
  form(
    'a timer',
    'workshop:facilitate',
    async (house, who, on) =>
      post(
        house,
        who,
        `/workshops/${await ran(house, who, on)}/act`,
        act({ act: 'set_timer', minutes: 5 }),
      ),
    { refuses: NOT_THERE },
  ),
]

/** Theirs, or one that somebody else runs. */
function ran(house: House, who: Who, on: On): Promise<string> | string {
  return authorOf(house, who, on) === keeperOf(house)
    ? house.things.workshop
    : workshopOf(house, authorOf(house, who, on))
}
