import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { HandState } from '../../shared/workshops'
import type { Ports } from '../ports'
import {
  addItem,
  announceAgain,
  changeItem,
  changeSeveral,
  demandFacilitator,
} from './workshop-items'

type Hand = WorkshopItemRow<'hand'>

/**
 * Raise one's hand, or lower it. Everybody has one: raised in a second tab it is the same, and stays
 * where it is in the queue.
 *
 * @returns null where there was no hand to lower
 * @throws AppError `workshop_over`, `workshop_not_open`
 */
export async function raiseHand(
  ports: Ports,
  _actor: Actor,
  workshop: WorkshopRow,
  { on, clientKey }: RoomActOf<'raise_hand'>,
  { _id: by }: WorkshopParticipantRow,
): Promise<WorkshopItemRow | null> {
  const mine = { ...handsOf(workshop), by, 'body.state': { $in: ['up', 'speaking'] } }
  if (!on) {
    const known =
      (await WorkshopItem.findOne(mine, { _id: 1 }).lean()) ??
      // down already: nobody may have heard of it
      (await WorkshopItem.findOne({ ...handsOf(workshop), by }, { _id: 1 })
        .sort({ rev: -1 })
        .lean())
    return known && lower(ports, workshop, String(known._id))
  }
  const upAlready = new Error('the hand is up')
  const hand = { kind: 'hand' as const, by, clientKey, body: { state: 'up' as const } }
  try {
    return await addItem(ports, workshop, hand, undefined, async (_id, session) => {
      if (await WorkshopItem.exists(mine).session(session)) throw upAlready
    })
  } catch (error) {
    if (error !== upAlready) throw error
    return againOf(ports, workshop, mine)
  }
}

/**
 * Give the floor to somebody with a raised hand; whoever had it has spoken.
 *
 * @throws AppError `forbidden`, `not_found`; `conflict` if the hand is down again; as `changeSeveral`
 */
export async function giveFloor(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item }: RoomActOf<'give_floor'>,
): Promise<WorkshopItemRow | null> {
  demandFacilitator(actor, workshop)
  const hands = handsOf(workshop)
  const same = new Error('has the floor already')
  try {
    await changeSeveral(ports, workshop, async (next, session) => {
      // first of all the number: whoever else changes this room waits, or begins again
      let rev = await next()
      const set = async (hand: Hand, state: HandState) => {
        const row = { ...hand, body: { state }, rev }
        const changed = { $set: { body: row.body, rev } }
        await WorkshopItem.updateOne({ ...hands, _id: hand._id }, changed, { session })
        return row
      }
      const wanted = WorkshopItem.findOne({ ...hands, _id: item }).session(session)
      const hand = (await wanted.lean()) as Hand | null
      if (!hand) throw new AppError('not_found')
      if (hand.body.state === 'down') throw new AppError('conflict')
      if (hand.body.state === 'speaking') throw same
      const changed = [await set(hand, 'speaking')]
      const speaking = { ...hands, _id: { $ne: hand._id }, 'body.state': 'speaking' }
      for (const other of (await WorkshopItem.find(speaking).session(session).lean()) as Hand[]) {
        rev = await next()
        changed.push(await set(other, 'down'))
      }
      return changed
    })
  } catch (error) {
    if (error !== same) throw error
    return againOf(ports, workshop, { ...hands, _id: item })
  }
  return (await WorkshopItem.findOne({ ...hands, _id: item }).lean()) as WorkshopItemRow | null
}

async function againOf(
  ports: Ports,
  workshop: WorkshopRow,
  which: object,
): Promise<WorkshopItemRow | null> {
  const row = (await WorkshopItem.findOne(which).lean()) as WorkshopItemRow | null
  if (row) await announceAgain(ports, workshop, [row])
  return row
}

/**
 * Lower somebody's hand.
 *
 * @throws AppError `forbidden`, `not_found`, and as `changeItem`
 */
export async function lowerHand(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item }: RoomActOf<'lower_hand'>,
): Promise<WorkshopItemRow> {
  demandFacilitator(actor, workshop)
  return lower(ports, workshop, item)
}

function lower(ports: Ports, workshop: WorkshopRow, id: string): Promise<Hand> {
  return changeItem(ports, workshop, { id, kind: 'hand' }, ({ body }) =>
    body.state === 'down' ? null : { state: 'down' },
  )
}

function handsOf({ partnership, _id }: WorkshopRow) {
  return { partnership, workshop: _id, kind: 'hand' as const }
}
