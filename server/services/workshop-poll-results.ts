import type { Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import type { TallyView } from '../../shared/room-views'
import type { Ports } from '../ports'
import { together } from './together'
import { changeRoom } from './workshop-items'

/** Results follow the votes so often at most, milliseconds. */
export const RESULTS_EVERY_MS = 2_000

type Place = { _id: Types.ObjectId; partnership: Types.ObjectId; workshop: Types.ObjectId }

const waiting = new Map<string, ReturnType<typeof setTimeout>>()

/**
 * A vote was counted: show the results anew, to everybody or only to those who run the room. A vote
 * itself leaves the room's number alone, as hundreds may come in a second; the results are part of the
 * item, and the item takes the room's next number for all votes of two seconds together. So a browser
 * needs no rule of its own: the item with the larger `rev` has the newer results, also after a cut line.
 */
export function followVotes(ports: Ports, poll: Place): void {
  const name = String(poll._id)
  if (waiting.has(name)) return
  const timer = setTimeout(() => {
    // before looking: a vote that comes from now on has a turn of its own
    waiting.delete(name)
    refreshResults(ports, poll).catch((error) => {
      ports.log.warn({ error, poll: name }, 'results of a poll are not shown anew')
    })
  }, RESULTS_EVERY_MS)
  timer.unref()
  waiting.set(name, timer)
}

/**
 * Votes that were counted and not shown: the process that would have done so ended before. Whoever comes
 * in or back finds them.
 *
 * @param tallies all of the room
 */
export async function followMissed(
  ports: Ports,
  { _id, partnership }: Pick<WorkshopRow, '_id' | 'partnership'>,
  tallies: readonly TallyView[],
): Promise<void> {
  if (tallies.length === 0) return
  const open = { partnership, workshop: _id, kind: 'poll' as const, 'body.status': 'open' }
  const polls = await together(`open polls of ${_id}`, () =>
    WorkshopItem.find(open, { 'body.counted': 1 }).lean<{ _id: Place['_id']; body: Counted }[]>(),
  )
  const revs = new Map(tallies.map(({ id, rev }) => [id, rev]))
  for (const { _id: id, body } of polls) {
    const isBehind = (revs.get(String(id)) ?? 0) > (body?.counted ?? 0)
    if (isBehind) followVotes(ports, { _id: id, partnership, workshop: _id })
  }
}

type Counted = Pick<ItemBodies['poll'], 'counted'> | undefined

/** Give the poll the room's next number, if its results may still change. */
export async function refreshResults(ports: Ports, poll: Place): Promise<void> {
  const { _id, partnership, workshop } = poll
  const which = { _id, partnership, workshop, kind: 'poll' as const, 'body.status': 'open' }
  if (!(await WorkshopItem.exists(which))) return
  const over = new Over()
  try {
    await changeRoom<'poll'>(ports, { _id: workshop, partnership }, async (room, session) => {
      const tally = await WorkshopTally.findOne({ _id, partnership }, { rev: 1 })
        .session(session)
        .lean()
      const row = await WorkshopItem.findOneAndUpdate(
        which,
        { $set: { rev: room.roomRev, 'body.counted': tally?.rev ?? 0 } },
        { session, returnDocument: 'after' },
      ).lean()
      // closed meanwhile, and announced as such: no number without a change
      if (!row) throw over
      return row as unknown as WorkshopItemRow<'poll'>
    })
  } catch (error) {
    if (error !== over) throw error
  }
}

class Over extends Error {}
