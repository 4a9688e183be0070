import type { Types } from 'mongoose'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { Ports } from '../ports'
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

/** Give the poll the room's next number, if its results may still change. */
export async function refreshResults(ports: Ports, poll: Place): Promise<void> {
  const { _id, partnership, workshop } = poll
  const which = { _id, partnership, workshop, kind: 'poll' as const, 'body.status': 'open' }
  if (!(await WorkshopItem.exists(which))) return
  const over = new Over()
  try {
    await changeRoom<'poll'>(ports, { _id: workshop, partnership }, async (room, session) => {
      const row = await WorkshopItem.findOneAndUpdate(
        which,
        { $set: { rev: room.roomRev } },
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
