import type { WorkshopRow } from '../../models/workshop'
import { WorkshopTally } from '../../models/workshop-tally'
import type { Actor } from '../../shared/actor'
import type { PulseView } from '../../shared/room-views'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import { PULSE_MS } from '../../shared/workshops'
import type { Ports } from '../ports'
import { isTaken } from './transaction'
import { participantFor } from './workshop-attendees'
import { demandStatus } from './workshop-items'
import { voterOf } from './workshop-voters'

/**
 * Tell facilitators and presenters, without a name, that it goes too fast or is not understood. It counts for
 * `PULSE_MS`, once for each person and sign; said again it counts from then on. What has run out is
 * taken away by the same change, so that no list of signs grows.
 *
 * @returns null: nobody's view of an item changes
 * @throws AppError `too_many_requests`, `workshop_over`, `workshop_not_open`
 */
export async function sendPulse(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { pulse }: RoomActOf<'pulse'>,
): Promise<null> {
  demandStatus(workshop)
  const { _id, partnership } = workshop
  const now = ports.clock.now()
  const me = await participantFor(actor, workshop, now)
  await ports.limits.take('post', `pulse ${me._id}`)
  const voter = voterOf(ports, `${_id} ${pulse}`, me._id)
  const sign = { voter, choices: [pulse], text: '', lang: null, at: now }
  const isFresh = { $gt: ['$$vote.at', new Date(now.getTime() - PULSE_MS)] }
  const isOthers = { $ne: ['$$vote.voter', voter] }
  const others = {
    input: { $ifNull: ['$votes', []] },
    as: 'vote',
    cond: { $and: [isFresh, isOthers] },
  }
  const change = {
    partnership,
    workshop: _id,
    kind: 'pulse',
    open: true,
    demo: { $ifNull: ['$demo', false] },
    rev: { $add: [{ $ifNull: ['$rev', 0] }, 1] },
    votes: { $concatArrays: [{ $filter: others }, [{ $literal: sign }]] },
  }
  const write = () =>
    WorkshopTally.updateOne({ _id }, [{ $set: change }], { upsert: true, updatePipeline: true })
  try {
    await write()
  } catch (error) {
    // the first two of a workshop at once
    if (!isTaken(error)) throw error
    await write()
  }
  ports.bus.publish('workshop:pulsed', { workshopId: String(_id) })
  return null
}

/**
 * How many signs count now, for those of whom the caller knows that they may hear it; and in how many
 * milliseconds there will be fewer, null without any.
 */
export async function readPulse(
  { _id, partnership }: Pick<WorkshopRow, '_id' | 'partnership'>,
  now: Date,
): Promise<{ pulse: PulseView; endsInMs: number | null }> {
  const since = now.getTime() - PULSE_MS
  const row = await WorkshopTally.findOne({ _id, partnership, kind: 'pulse' }).lean()
  const fresh = (row?.votes ?? []).filter(({ at }) => at.getTime() > since)
  const count = (pulse: string) => fresh.filter(({ choices }) => choices.includes(pulse)).length
  const oldest = Math.min(...fresh.map(({ at }) => at.getTime()))
  const endsInMs = fresh.length > 0 ? oldest - since : null
  return { pulse: { too_fast: count('too_fast'), lost: count('lost') }, endsInMs }
}
