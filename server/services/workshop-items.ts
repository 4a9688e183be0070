import { type ClientSession, Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { ItemKind, WorkshopStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { inOrder } from './in-order'
import { inTransaction } from './transaction'
import { isPresenter, mayFacilitate, readWorkshopRow } from './workshop-access'
import { hearersOf } from './workshop-hearers'
import { toAnnouncements } from './workshop-item-views'

/** In which states of the workshop something may be done in its room. */
export const WHILE_LIVE: readonly WorkshopStatus[] = ['live']
/** People talk while they wait for the beginning; the door keeps them out until the lobby opens. */
export const WHILE_TALKING: readonly WorkshopStatus[] = ['announced', 'live']
/** Whoever reads it afterwards in their own language has it translated and answered then. */
export const AFTERWARDS_TOO: readonly WorkshopStatus[] = ['live', 'closed']
/** The same of what people said while they waited, too. */
export const TALKING_AND_AFTER: readonly WorkshopStatus[] = [...WHILE_TALKING, 'closed']
/** Polls, groups and slides are made ready beforehand. */
export const BEFORE_AND_LIVE: readonly WorkshopStatus[] = ['draft', 'announced', 'live']

/**
 * Take the room's next number in the transaction of the change that it stands for. All changes of one
 * room queue up here; the same row says whether the room is still open, so that nothing is written
 * after closing.
 *
 * @throws AppError `workshop_over`, `workshop_not_open`
 */
export async function raiseRoom(
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
  session: ClientSession,
  states: readonly WorkshopStatus[] = WHILE_LIVE,
): Promise<WorkshopRow> {
  const at = { _id: workshop._id, partnership: workshop.partnership }
  const raised = await Workshop.findOneAndUpdate(
    { ...at, status: { $in: states } },
    { $inc: { roomRev: 1 } },
    { session, returnDocument: 'after' },
  ).lean()
  if (raised) return raised
  const row = await Workshop.findOne(at, { status: 1 }).session(session).lean()
  throw notIn(row?.status)
}

function notIn(status: WorkshopStatus | undefined): AppError {
  const isOver = status === 'closed' || status === 'cancelled'
  return new AppError(isOver ? 'workshop_over' : 'workshop_not_open')
}

/**
 * Do something to a room: one change at a time in this process, in one transaction, announced after
 * the commit.
 *
 * @param change gets the room with its new number and returns what it wrote, or null for nothing
 * @throws AppError `workshop_over`, `workshop_not_open`, and what `change` throws
 */
export async function changeRoom<K extends ItemKind>(
  ports: Ports,
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
  change: (room: WorkshopRow, session: ClientSession) => Promise<WorkshopItemRow<K> | null>,
  states: readonly WorkshopStatus[] = WHILE_LIVE,
): Promise<WorkshopItemRow<K> | null> {
  const { room, row } = await inOrder(`workshop ${workshop._id}`, () =>
    inTransaction(async (session) => {
      const room = await raiseRoom(workshop, session, states)
      return { room, row: await change(room, session) }
    }),
  )
  if (row) await announceItems(ports, room, [row as WorkshopItemRow])
  return row
}

/**
 * Do something to several items of a room at once: all of it or nothing, each with a number of its
 * own, announced after the commit. `change` may run more than once.
 *
 * @param change gets the room's next number as often as it asks, and returns what it wrote; or what it
 *   would have written and found written, whose fact may have got lost: it is announced again
 * @throws AppError as `changeRoom`
 */
export async function changeSeveral(
  ports: Ports,
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
  change: (next: () => Promise<number>, session: ClientSession) => Promise<WorkshopItemRow[]>,
  states: readonly WorkshopStatus[] = WHILE_LIVE,
): Promise<WorkshopItemRow[]> {
  const rows = await inOrder(`workshop ${workshop._id}`, () =>
    inTransaction((session) =>
      change(async () => (await raiseRoom(workshop, session, states)).roomRev, session),
    ),
  )
  await announceAgain(ports, workshop, rows)
  return rows
}

/** What is known of an item before it has its number. */
export type NewItem<K extends ItemKind> = {
  kind: K
  by: Types.ObjectId | null
  clientKey: string
  body: ItemBodies[K]
}

/**
 * Something new in the room. A repeated `clientKey` of the same participant returns the first one and
 * announces it again.
 *
 * @param before further things to do, or to demand, in the same transaction
 * @throws AppError as `changeRoom`
 */
export async function addItem<K extends ItemKind>(
  ports: Ports,
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
  { kind, by, clientKey, body }: NewItem<K>,
  states: readonly WorkshopStatus[] = WHILE_LIVE,
  before?: (id: Types.ObjectId, session: ClientSession) => Promise<void>,
): Promise<WorkshopItemRow<K>> {
  const { _id, partnership } = workshop
  const mine = { partnership, workshop: _id, by, clientKey }
  const id = new Types.ObjectId()
  const add = async (room: WorkshopRow, session: ClientSession) => {
    await before?.(id, session)
    const numbers = { rev: room.roomRev, born: room.roomRev, at: ports.clock.now() }
    const row = { _id: id, ...mine, kind, body, ...numbers, demo: false }
    await WorkshopItem.create([row], { session })
    return row as unknown as WorkshopItemRow<K>
  }
  try {
    return (await changeRoom<K>(ports, workshop, add, states)) as WorkshopItemRow<K>
  } catch (error) {
    // said again, in a second tab, or its outcome never arrived: what is stored by now decides
    const row = (await WorkshopItem.findOne(mine).lean()) as unknown as WorkshopItemRow<K> | null
    if (!row) throw error
    await announceAgain(ports, workshop, [row as WorkshopItemRow])
    return row
  }
}

/**
 * Change an item of one kind. `change` may run more than once.
 *
 * @param change the new body; null where it is so already: then it is announced again, for whoever
 *   says it again may have been the only one to hear of it
 * @throws AppError `not_found`, and as `changeRoom`
 */
export async function changeItem<K extends ItemKind>(
  ports: Ports,
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
  { id, kind }: { id: string; kind: K },
  change: (
    row: WorkshopItemRow<K>,
    session: ClientSession,
  ) => ItemBodies[K] | null | Promise<ItemBodies[K] | null>,
  states: readonly WorkshopStatus[] = WHILE_LIVE,
): Promise<WorkshopItemRow<K>> {
  const which = { _id: id, partnership: workshop.partnership, workshop: workshop._id, kind }
  const same = new SameAlready()
  try {
    const changed = await changeRoom<K>(
      ports,
      workshop,
      async (room, session) => {
        const found = await WorkshopItem.findOne(which).session(session).lean()
        if (!found) throw new AppError('not_found')
        const body = await change(found as unknown as WorkshopItemRow<K>, session)
        // the transaction ends without a trace: no number without a change
        if (!body) throw same
        const row = await WorkshopItem.findOneAndUpdate(
          which,
          { $set: { body, rev: room.roomRev } },
          { session, returnDocument: 'after' },
        ).lean()
        return row as unknown as WorkshopItemRow<K>
      },
      states,
    )
    if (changed) return changed
  } catch (error) {
    if (error !== same) throw error
  }
  const row = (await WorkshopItem.findOne(which).lean()) as unknown as WorkshopItemRow<K> | null
  if (!row) throw new AppError('not_found')
  await announceAgain(ports, workshop, [row as WorkshopItemRow])
  return row
}

class SameAlready extends Error {}

/** The room's one stage, made when first needed. */
export async function stageOf(
  ports: Ports,
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
): Promise<WorkshopItemRow<'stage'>> {
  const body = { row: null, slide: null, presenter: null, timer: null }
  return addItem(
    ports,
    workshop,
    { kind: 'stage', by: null, clientKey: 'stage', body },
    BEFORE_AND_LIVE,
  )
}

/** After the commit; said again it does no harm. */
export async function announceItems(
  { bus }: Pick<Ports, 'bus'>,
  workshop: WorkshopRow,
  rows: readonly WorkshopItemRow[],
): Promise<void> {
  const [facts, hearers] = await Promise.all([toAnnouncements(workshop, rows), hearersOf(rows)])
  for (const fact of facts) {
    const among = hearers.get(fact.item.id)
    bus.publish('workshop:item', {
      workshopId: String(workshop._id),
      ...fact,
      ...(among && { among }),
    })
  }
}

/**
 * What has been done already and is said again: a process that ended after its commit announced nothing.
 * A page that misses more than these finds the gap before their numbers.
 */
export async function announceAgain(
  ports: Pick<Ports, 'bus'>,
  { _id }: Pick<WorkshopRow, '_id'>,
  rows: readonly WorkshopItemRow[],
): Promise<void> {
  const room = rows.length > 0 && (await readWorkshopRow(String(_id)))
  if (room) await announceItems(ports, room, rows)
}

/** @throws AppError `forbidden` */
export function demandFacilitator(actor: Actor, workshop: WorkshopRow): void {
  if (!mayFacilitate(actor, workshop)) throw new AppError('forbidden')
}

/** What a presenter does as well. @throws AppError `forbidden` */
export function demandPresents(
  actor: Actor,
  workshop: WorkshopRow,
  { user, ...mine }: Pick<WorkshopParticipantRow, 'user' | 'presenter' | 'roleNamed'>,
): void {
  if (isPresenter(workshop, mine, user && String(user))) return
  demandFacilitator(actor, workshop)
}

/**
 * Where a vote or a sign does not take the room's number: asked of the workshop as it was just read.
 *
 * @throws AppError `workshop_over`, `workshop_not_open`
 */
export function demandStatus(
  { status }: Pick<WorkshopRow, 'status'>,
  states: readonly WorkshopStatus[] = WHILE_LIVE,
): void {
  if (!states.includes(status)) throw notIn(status)
}
