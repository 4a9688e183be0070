import type { ClientSession, Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import type { Actor } from '../../shared/actor'
import type { AuditKind } from '../../shared/audit'
import { AppError } from '../../shared/errors'
import type { MoveWorkshop } from '../../shared/schemas/workshops'
import { WORKSHOP_MOVES, type WorkshopStatus, type WorkshopVerb } from '../../shared/workshops'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { inOrderOfAll } from './in-order'
import { announceNotices, type Recorded } from './notify'
import { demandNoPatientData, recordKept } from './patient-data'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'
import { endStays } from './workshop-attendance'
import { openDocument } from './workshop-documents'
import { announceItems } from './workshop-items'
import { isOneWith, laterOf, movable, movedWith, type SeriesOutcome } from './workshop-later'
import { tellAnnounced, tellOfSeries } from './workshop-letters'
import { announceWorkshop } from './workshop-summaries'
import { indexWorkshop } from './workshop-texts'

const FACTS: Record<WorkshopVerb, AuditKind> = {
  announce: 'workshop:announced',
  start: 'workshop:started',
  close: 'workshop:closed',
  reopen: 'workshop:reopened',
  cancel: 'workshop:cancelled',
}

const TARGETS: Record<WorkshopVerb, WorkshopStatus> = {
  announce: 'announced',
  start: 'live',
  close: 'closed',
  reopen: 'live',
  cancel: 'cancelled',
}

/**
 * Announce, start, close, open again or cancel a workshop: one atomic change from the state it was seen
 * in. What has been done already is not done twice, but announced again: a process that ended after its
 * commit told nobody. With `scope` `later`, the later workshops of the series are announced or cancelled
 * with it, as far as they are drafts (or, to be cancelled, announced) and the actor may run them: all of
 * them in one transaction, so that nobody gets a letter about half of it, and everybody one about all.
 *
 * @returns what became of the later ones; null where it was about this one alone
 * @throws AppError `conflict` where its state does not allow it (any more), `not_found`, `forbidden`,
 *   `patient_data`, `too_many_requests`
 */
export async function moveWorkshop(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  input: MoveWorkshop,
  partnershipId?: string,
): Promise<SeriesOutcome | null> {
  const seen = await findFacilitated(actor, workshopId, partnershipId)
  const { verb } = input
  const isDone = seen.status === TARGETS[verb]
  const isForLater = input.scope === 'later' && (verb === 'announce' || verb === 'cancel')
  const known = isForLater ? await laterOf(actor, seen) : null
  const todo = known ? movable(verb, known) : []
  if (isDone && todo.length === 0) {
    const done = [...(known?.open ?? []), ...(known?.over ?? [])]
    const again = [seen, ...done.filter((row) => isOneWith(verb, seen, row))]
    for (const row of again) await announceMoved(ports, row, [])
    return known && movedWith(verb, seen, known, 0)
  }
  if (!isDone && !(verb in WORKSHOP_MOVES[seen.status])) throw new AppError('conflict')
  await ports.limits.take('write', actor.userId)
  const kept = verb === 'cancel' ? demandNoPatientData({ reason: input.reason }, input) : []
  // before anybody can look for them
  const asked = [...(isDone ? [] : [seen]), ...todo]
  if (verb === 'announce') {
    for (const row of asked) await openDocument(ports, actor, row, 'notes')
  }
  const { moved, later, told } = await inOrderOfAll(
    asked.map(({ _id }) => `workshop ${_id}`),
    () =>
      inTransaction(async (session) => {
        const later = known && (await laterOf(actor, seen, session))
        const all = [...(isDone ? [] : [seen]), ...(later ? movable(verb, later) : [])]
        const moved: Moved[] = []
        // one moment for all: by it they are known as one move
        const now = ports.clock.now()
        for (const row of all) {
          const { partnership, _id } = row
          const place = { workshop: String(_id) }
          await recordKept(ports, actor, { partnership, place, kept }, session)
          moved.push(await move(ports, actor, row, { ...input, now }, session))
        }
        return { moved, later, told: await tell(ports, actor, moved, input, session) }
      }),
  )
  for (const { row, items } of moved) await announceMoved(ports, row, items)
  announceNotices(ports.bus, told)
  return later && movedWith(verb, seen, later, movable(verb, later).length)
}

/** After the commit; said again it does no harm. */
async function announceMoved(
  ports: Ports,
  row: WorkshopRow,
  items: readonly WorkshopItemRow[],
): Promise<void> {
  const { _id, status } = row
  try {
    if (items.length > 0) await announceItems(ports, row, items)
  } finally {
    const roomRev = Math.max(row.roomRev, ...items.map(({ rev }) => rev))
    ports.bus.publish('workshop:status', { workshopId: String(_id), status, roomRev })
    announceWorkshop(ports, row)
  }
  if (status === 'closed') await endStays(ports, row)
}

/** A workshop in its new state, and what changed in its room. */
type Moved = { was: WorkshopRow; row: WorkshopRow; items: WorkshopItemRow[] }

async function move(
  ports: Ports,
  actor: Actor,
  was: WorkshopRow,
  { verb, reason, now }: MoveWorkshop & { now: Date },
  session: ClientSession,
): Promise<Moved> {
  const at = { _id: was._id, partnership: was.partnership }
  // a new state is a new state of the calendar entry too
  const row = await Workshop.findOneAndUpdate(
    { ...at, status: was.status },
    { $set: { status: TARGETS[verb], ...momentsOf(verb, was, now, reason) }, $inc: { rev: 1 } },
    { session, returnDocument: 'after' },
  ).lean()
  if (!row) throw new AppError('conflict')
  const items = verb === 'close' ? await closeRoom(ports, row, session) : []
  if (verb === 'reopen') await reopenTallies(row, session)
  const fact = {
    kind: FACTS[verb],
    partnershipId: String(row.partnership),
    by: actor.userId,
    subject: { workshop: String(row._id) },
  }
  await recordAudit(ports, fact, session)
  await indexWorkshop(session, row)
  return { was, row, items }
}

/** Nobody heard of a draft, so that nobody hears that there is none. */
async function tell(
  ports: Ports,
  { userId: by }: Actor,
  moved: readonly Moved[],
  { verb, reason }: MoveWorkshop,
  session: ClientSession,
): Promise<Recorded> {
  if (verb === 'cancel') {
    const known = moved.filter(({ was }) => was.status !== 'draft')
    const told = known.map(({ row }) => ({ row }))
    return tellOfSeries(ports, told, 'cancelled', { by, reason }, session)
  }
  if (verb !== 'announce') return []
  const announced = moved.map(({ row }) => row)
  return tellAnnounced(ports, announced, { by }, session)
}

function momentsOf(
  verb: WorkshopVerb,
  { startedAt, closedAt, breaks = [] }: WorkshopRow,
  now: Date,
  reason: string,
): Partial<WorkshopRow> {
  switch (verb) {
    case 'announce':
      return { announcedAt: now }
    case 'start':
      return { startedAt: startedAt ?? now }
    case 'close':
      return { closedAt: now }
    case 'reopen':
      return {
        closedAt: null,
        lasted: null,
        ...(closedAt ? { breaks: [...breaks, { from: closedAt, to: now }] } : {}),
      }
    case 'cancel':
      return { cancelledAt: now, cancelReason: reason }
  }
}

/** What goes on in a room until somebody ends it. */
const RUNNING = [
  { kind: 'poll', 'body.status': 'open' },
  { kind: 'hand', 'body.state': { $ne: 'down' } },
  { kind: 'group', 'body.open': true },
  { kind: 'stage', 'body.timer': { $ne: null } },
] as const

/**
 * What ends with a room, in the transaction that closes it: nobody can vote any more, open polls are
 * closed, hands go down, groups are called back and timers stop. Each change takes its own number.
 *
 * @returns the changed items, to be announced after the commit
 */
export async function closeRoom(
  _ports: Ports,
  row: Pick<WorkshopRow, '_id' | 'partnership'>,
  session: ClientSession,
): Promise<WorkshopItemRow[]> {
  const within = { partnership: row.partnership, workshop: row._id }
  const votes = { ...within, kind: { $ne: 'pulse' as const }, open: true }
  await WorkshopTally.updateMany(votes, { $set: { open: false } }, { session })
  const found = await WorkshopItem.find({ ...within, $or: [...RUNNING] })
    .sort({ born: 1 })
    .session(session)
    .lean()
  const running = found as unknown as WorkshopItemRow[]
  if (running.length === 0) return []
  const raised = await Workshop.findOneAndUpdate(
    { _id: row._id, partnership: row.partnership },
    { $inc: { roomRev: running.length } },
    { session, returnDocument: 'after' },
  ).lean()
  if (!raised) throw new AppError('not_found')
  const first = raised.roomRev - running.length + 1
  const ended = running.map((item, at) => ({ ...ending(item), rev: first + at }) as WorkshopItemRow)
  for (const { _id, rev, body } of ended) {
    await WorkshopItem.updateOne({ _id, ...within }, { $set: { rev, body } }, { session })
  }
  return ended
}

function ending(item: WorkshopItemRow): {
  _id: Types.ObjectId
  body: ItemBodies[keyof ItemBodies]
} {
  switch (item.kind) {
    case 'poll':
      return { ...item, body: { ...item.body, status: 'closed' } }
    case 'hand':
      return { ...item, body: { ...item.body, state: 'down' } }
    case 'group':
      return { ...item, body: { ...item.body, open: false, endsAt: null } }
    case 'stage':
      return { ...item, body: { ...item.body, timer: null } }
    default:
      return item
  }
}

/** Questions that wait can be voted up again; polls stay as they ended. */
async function reopenTallies(
  { _id: workshop, partnership }: WorkshopRow,
  session: ClientSession,
): Promise<void> {
  const waiting = await WorkshopItem.find(
    {
      partnership,
      workshop,
      kind: 'question',
      'body.status': { $in: ['open', 'on_air'] },
      'body.deletedAt': null,
    },
    { _id: 1 },
  )
    .session(session)
    .lean()
  await WorkshopTally.updateMany(
    { partnership, workshop, _id: { $in: waiting.map(({ _id }) => _id) } },
    { $set: { open: true } },
    { session },
  )
}
