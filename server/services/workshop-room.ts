import { Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { can } from '../../shared/policy'
import type {
  GroupMessageView,
  MessageView,
  OwnMarks,
  PulseView,
  RoomCaughtUp,
  RoomPage,
  TallyView,
} from '../../shared/room-views'
import type { ItemKind, WorkshopStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { listOpenTests } from './learning'
import { together } from './together'
import { mayTranslate, participantOf } from './workshop-access'
import { toAttendee } from './workshop-attendees'
import { enterRoom, type Inside, readDoor } from './workshop-door'
import { lastTalk, withOwnTalk } from './workshop-group-talk'
import { toItemViews } from './workshop-item-views'
import { BEFORE_AND_LIVE, stageOf } from './workshop-items'
import { followMissed } from './workshop-poll-results'
import { readPulse as pulseOf } from './workshop-pulse'
import { ownMarks, readTallies as talliesOf, tallyViews } from './workshop-tallies'
import { readWorkshop } from './workshops'

/** Messages of one part. */
const PART = 100
/** Of these the page has the last ones alone. */
const MESSAGES: ItemKind[] = ['message', 'group_message']
/** Most changes that are caught up with at once. */
const CATCH_UP_MAX = 200

/**
 * Everything of a room but its older messages, as whoever comes in sees it. What changes while it is
 * read has a larger number than the answer's `rev`, and comes down or is caught up with.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`, `workshop_not_open`, `workshop_over`
 */
export async function openRoom(ports: Ports, actor: Actor, workshopId: string): Promise<RoomPage> {
  const at = await enterRoom(ports, actor, workshopId)
  const inside = (await makeStage(ports, at)) ? await enterRoom(ports, actor, workshopId) : at
  const { workshop, staff, presents } = inside
  const name = `page ${workshopId} ${workshop.roomRev} ${staff}`
  const [{ items, earlier }, { talk, earlierTalk }, now, plan, translate] = await Promise.all([
    together(name, () => readAll(workshop, staff)),
    staff ? together(`talk ${name}`, () => lastTalk(inside)) : lastTalk(inside),
    present(ports, inside),
    readWorkshop(ports, actor, workshopId),
    mayTranslate(actor, workshop),
  ])
  const partnershipId = String(workshop.partnership)
  return {
    ...now,
    items: [...items, ...talk],
    rev: workshop.roomRev,
    more: false,
    workshop: plan,
    staff,
    earlier,
    earlierTalk,
    may: {
      speak: workshop.status === 'announced' || workshop.status === 'live',
      facilitate: staff,
      present: presents,
      translate,
      writeNotes: can(actor, 'collab:write', { partnershipId }),
      workspace: can(actor, 'live:partnership', { partnershipId }),
    },
  }
}

/** All that a page begins with, the oldest change first, and how many messages there are before. */
async function readAll(workshop: WorkshopRow, staff: boolean) {
  const of = { partnership: workshop.partnership, workshop: workshop._id }
  const [others, messages] = await Promise.all([
    // hands that are down again have had their turn
    WorkshopItem.find({ ...of, kind: { $nin: MESSAGES }, 'body.state': { $ne: 'down' } }).lean(),
    lastMessages(workshop),
  ])
  const rows = [...(others as WorkshopItemRow[]), ...messages].sort(
    (one, other) => one.rev - other.rev,
  )
  const [items, earlier] = await Promise.all([
    toItemViews(workshop, rows, staff),
    messagesBefore(workshop, messages[0]?.born),
  ])
  return { items, earlier }
}

/**
 * What changed in a room after the reader's number, oldest change first, at most 200 at once. Who knows
 * nothing yet (0) gets all of it.
 *
 * @throws AppError as `openRoom`
 */
export async function catchUp(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  afterRev: number,
): Promise<RoomCaughtUp> {
  const inside = await enterRoom(ports, actor, workshopId)
  const { workshop, staff } = inside
  // a whole room comes back at once after a restart, and has missed the same
  const name = `room ${workshopId} ${afterRev} ${workshop.roomRev} ${staff}`
  const [since, now] = await Promise.all([
    together(name, () => readSince(workshop, afterRev, staff)),
    present(ports, inside),
  ])
  if (workshop.status === 'live') await followMissed(ports, workshop, now.tallies)
  const { talk, ...rest } = since
  return { ...now, ...rest, items: await withOwnTalk(inside, rest.items, talk) }
}

/** Up to the number as it is now: a later change comes down, or is caught up with next time. */
async function readSince(workshop: WorkshopRow, afterRev: number, staff: boolean) {
  const { partnership, _id, roomRev } = workshop
  const rows = (await WorkshopItem.find({
    partnership,
    workshop: _id,
    rev: { $gt: afterRev, $lte: roomRev },
  })
    .sort({ rev: 1 })
    .limit(CATCH_UP_MAX + 1)
    .lean()) as WorkshopItemRow[]
  const shown = rows.slice(0, CATCH_UP_MAX)
  const more = rows.length > shown.length
  const items = await toItemViews(workshop, shown, staff)
  const talk = shown.flatMap((row) => (row.kind === 'group_message' ? row : []))
  return { items, talk, rev: more ? (shown.at(-1)?.rev ?? roomRev) : roomRev, more }
}

/**
 * Messages before one, oldest first, at most 100; or what was said in the groups that the reader hears.
 *
 * @param before `born` of the first message that the reader has
 * @returns `earlier`: how many there are before these
 * @throws AppError as `openRoom`
 */
export async function listEarlier(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  before: number,
  of: 'everybody' | 'groups' = 'everybody',
): Promise<{ messages: readonly (MessageView | GroupMessageView)[]; earlier: number }> {
  const inside = await enterRoom(ports, actor, workshopId)
  if (of === 'groups') {
    const { talk, earlierTalk } = await lastTalk(inside, before)
    return { messages: talk, earlier: earlierTalk }
  }
  const { workshop, staff } = inside
  const rows = await lastMessages(workshop, before)
  const [items, earlier] = await Promise.all([
    toItemViews(workshop, rows, staff),
    messagesBefore(workshop, rows[0]?.born),
  ])
  return { messages: items.flatMap((item) => (item.kind === 'message' ? item : [])), earlier }
}

/**
 * Who the actor is in a room that lets them in, for whoever opens a line to it.
 *
 * @throws AppError as `openRoom`
 */
export async function admitToRoom(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<{ participantId: string; partnershipId: string; staff: boolean; presents: boolean }> {
  const { mine, staff, presents } = await enterRoom(ports, actor, workshopId)
  const [participantId, partnershipId] = [String(mine._id), String(mine.partnership)]
  return { participantId, partnershipId, staff, presents }
}

/** What is true of the room and the reader beside its items. */
async function present(ports: Ports, { workshop, mine }: Inside) {
  const [tallies, tests, me] = await Promise.all([
    tallyViews(workshop),
    together(`tests of ${workshop._id} ${workshop.status}`, () => listOpenTests(workshop)),
    toAttendee(workshop, mine),
  ])
  return {
    tallies,
    mine: await ownMarks(ports, workshop, mine._id, tallies),
    now: ports.clock.now().toISOString(),
    status: workshop.status,
    tests,
    me,
  }
}

/**
 * The one stage is there before anybody sees the room; a room that is over is left as it was.
 *
 * @returns was it made?
 */
async function makeStage(ports: Ports, { workshop }: Inside): Promise<boolean> {
  if (!BEFORE_AND_LIVE.includes(workshop.status)) return false
  const of = { partnership: workshop.partnership, workshop: workshop._id, kind: 'stage' as const }
  if (await WorkshopItem.exists(of)) return false
  await stageOf(ports, workshop)
  return true
}

function messagesOf({ partnership, _id }: WorkshopRow, before = Number.MAX_SAFE_INTEGER) {
  return { partnership, workshop: _id, kind: 'message' as const, born: { $lt: before } }
}

async function lastMessages(workshop: WorkshopRow, before?: number): Promise<WorkshopItemRow[]> {
  const rows = await WorkshopItem.find(messagesOf(workshop, before))
    .sort({ born: -1 })
    .limit(PART)
    .lean()
  return rows.reverse() as WorkshopItemRow[]
}

async function messagesBefore(workshop: WorkshopRow, born: number | undefined): Promise<number> {
  return born === undefined ? 0 : WorkshopItem.countDocuments(messagesOf(workshop, born))
}

/**
 * Who the actor is among those at the door, to be told when it opens; null for nobody yet.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function waitAt(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<string | null> {
  await readDoor(ports, actor, workshopId)
  const workshop = new Types.ObjectId(workshopId)
  const mine = await WorkshopParticipant.findOne(participantOf(actor, workshop), { _id: 1 }).lean()
  return mine && String(mine._id)
}

/**
 * What somebody has answered and voted for themselves, for their own lines.
 *
 * @param inside as `admitToRoom` let them in, or they would not hear of the room at all
 */
export async function readMine(
  ports: Ports,
  workshopId: string,
  inside: { participantId: string; partnershipId: string },
): Promise<OwnMarks> {
  const of = {
    _id: new Types.ObjectId(workshopId),
    partnership: new Types.ObjectId(inside.partnershipId),
  }
  const mine = new Types.ObjectId(inside.participantId)
  return ownMarks(ports, of, mine, await tallyViews(of))
}

/** Counts of votes, for those who were told that there are new ones. */
export function readTallies(_ports: Ports, ids: readonly string[]): Promise<TallyView[]> {
  return talliesOf(ids)
}

/** How the pulse of a room stands, and in how many milliseconds it falls; for those who may hear it. */
export async function readPulse(
  { clock }: Ports,
  workshopId: string,
): Promise<{ pulse: PulseView; endsInMs: number | null }> {
  const row = await Workshop.findById(workshopId, { partnership: 1 }).lean()
  return row ? pulseOf(row, clock.now()) : { pulse: { too_fast: 0, lost: 0 }, endsInMs: null }
}

/** How rooms stand, for those who are in them: a number beyond what a page knows is a change it missed. */
export async function readStandings(
  _ports: Ports,
  ids: readonly string[],
): Promise<{ workshopId: string; status: WorkshopStatus; roomRev: number }[]> {
  const rows = await Workshop.find({ _id: { $in: ids } }, { status: 1, roomRev: 1 }).lean()
  return rows.map(({ _id, status, roomRev }) => ({ workshopId: String(_id), status, roomRev }))
}
