import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import { WORKSHOP_LIMITS } from '../../shared/workshops'
import type { Ports } from '../ports'
import { demandNoPatientData } from './patient-data'
import { isTaken } from './transaction'
import { STILL_HERE_MS } from './workshop-attendance'
import { participantFor, toAttendees } from './workshop-attendees'
import { openDocument } from './workshop-documents'
import { announceAgain, changeSeveral, demandFacilitator, demandStatus } from './workshop-items'
import { type Spreadable, spread } from './workshop-spreading'

type Group = WorkshopItemRow<'group'>
type Next = () => Promise<number>

/** Whoever has not been heard of for so long is not there, whatever a server that was killed left behind. */
const PRESENT_MS = 2.5 * STILL_HERE_MS
/** Nobody of a group waits at the door, or was turned away. */
const WITHIN = { $nin: ['waiting' as const, 'refused' as const] }

/**
 * Spread those who are in the room over groups, each with notes of its own; facilitators stay out and
 * go where they are needed. Groups that were open are called back. A repeated `clientKey` makes no new
 * ones.
 *
 * @returns the first group
 * @throws AppError `forbidden`; `patient_data` for the topic, whatever is acknowledged; as `changeSeveral`
 */
export async function makeGroups(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'make_groups'>,
): Promise<Group | null> {
  demandFacilitator(actor, workshop)
  demandStatus(workshop)
  const at = ports.clock.now()
  const by = (await participantFor(actor, workshop, at))._id
  const first = () => findGroups(workshop, { by, clientKey: act.clientKey })
  const [known] = await first()
  if (known) {
    // they took their numbers together
    const born = { $gte: known.born, $lt: known.born + WORKSHOP_LIMITS.groups }
    await announceAgain(ports, workshop, await findGroups(workshop, { born }))
  } else {
    const bodies = await planGroups(ports, workshop, act)
    const fresh = bodies.map((body, index) => {
      const clientKey = index === 0 ? act.clientKey : `${act.clientKey} ${index + 1}`
      const row = { ...placeOf(workshop), by, at, body, clientKey, demo: workshop.demo }
      return { ...row, _id: groupId(workshop, by, clientKey), rev: 0, born: 0 }
    })
    // before the groups are seen their notes are there; begun again they are the same
    for (const { _id, body } of fresh) {
      const id = String(_id)
      const { protocolId } = await openDocument(ports, actor, workshop, 'group', id)
      body.notes = new Types.ObjectId(protocolId)
    }
    try {
      await changeSeveral(ports, workshop, async (next, session) => {
        const closed = await closeGroups(workshop, next, session)
        const made: Group[] = []
        for (const row of fresh) {
          const rev = await next()
          made.push({ ...row, rev, born: rev })
        }
        await WorkshopItem.insertMany(made, { session })
        return [...closed, ...made]
      })
    } catch (error) {
      // a twin was quicker
      if (!isTaken(error)) throw error
    }
  }
  return known ?? (await first())[0] ?? null
}

async function planGroups(
  { clock }: Pick<Ports, 'clock'>,
  workshop: WorkshopRow,
  { topicEn, topicRu, minutes, count, by }: RoomActOf<'make_groups'>,
): Promise<ItemBodies['group'][]> {
  demandNoPatientData({ topicEn, topicRu }, {})
  const now = clock.now()
  const topic = localized(topicEn, topicRu)
  const people = spread(await findPresent(workshop, now), count, by)
  return people.map((ids, index) => ({
    number: index + 1,
    topic,
    people: ids.map((id) => new Types.ObjectId(id)),
    notes: null,
    open: true,
    endsAt: minutes > 0 ? new Date(now.getTime() + minutes * 60_000) : null,
  }))
}

/** Follows from who makes it by which key: whoever begins again after a failure finds its notes. */
function groupId({ _id }: WorkshopRow, by: Types.ObjectId, clientKey: string): Types.ObjectId {
  const digest = createHash('sha256').update(`group ${_id} ${by} ${clientKey}`).digest('hex')
  return new Types.ObjectId(digest.slice(0, 24))
}

/**
 * Put somebody into a group and out of the one they were in; also whoever came late.
 *
 * @throws AppError `forbidden`, `not_found`; `conflict` if it was called back; as `changeSeveral`
 */
export async function moveToGroup(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item, participant }: RoomActOf<'move_to_group'>,
): Promise<Group> {
  demandFacilitator(actor, workshop)
  demandStatus(workshop)
  const ofRoom = {
    _id: participant,
    partnership: workshop.partnership,
    workshop: workshop._id,
    door: WITHIN,
  }
  const somebody = await WorkshopParticipant.findOne(ofRoom, { _id: 1 }).lean()
  if (!somebody) throw new AppError('not_found')
  await changeSeveral(ports, workshop, async (next, session) => {
    const [group] = await findGroups(workshop, { _id: item }, session)
    if (!group) throw new AppError('not_found')
    if (!group.body.open) throw new AppError('conflict')
    const isIn = ({ body }: Group) => body.people.some((id) => id.equals(somebody._id))
    if (isIn(group)) return [group]
    const changed: Group[] = []
    for (const other of await findGroups(workshop, { 'body.open': true }, session)) {
      if (!isIn(other)) continue
      const people = other.body.people.filter((id) => !id.equals(somebody._id))
      changed.push(await store(other, { people }, next, session))
    }
    const people = [...group.body.people, somebody._id]
    return [...changed, await store(group, { people }, next, session)]
  })
  // what their group has said so far is theirs now, and that of the one before no more
  const workshopId = String(workshop._id)
  ports.bus.publish('workshop:door', { workshopId, participantId: participant })
  const [group] = await findGroups(workshop, { _id: item })
  if (!group) throw new AppError('not_found')
  return group
}

/**
 * Call everybody back into the one room; the notes of the groups stay.
 *
 * @throws AppError `forbidden`, as `changeSeveral`
 */
export async function callBack(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  _act: RoomActOf<'call_back'>,
): Promise<null> {
  demandFacilitator(actor, workshop)
  demandStatus(workshop)
  await changeSeveral(ports, workshop, async (next, session) => {
    const closed = await closeGroups(workshop, next, session)
    if (closed.length > 0) return closed
    // back already: nobody may have heard of it
    return (await findGroups(workshop, {}, session)).toSorted((a, b) => b.rev - a.rev).slice(0, 1)
  })
  return null
}

/**
 * Give all open groups more time: from when it was to end, or from now where it has run out.
 *
 * @returns null: several items have changed
 * @throws AppError `forbidden`, as `changeSeveral`
 */
export async function addGroupTime(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { minutes, from }: RoomActOf<'add_group_time'>,
): Promise<null> {
  demandFacilitator(actor, workshop)
  demandStatus(workshop)
  const now = ports.clock.now().getTime()
  await changeSeveral(ports, workshop, async (next, session) => {
    const open = await findGroups(workshop, { 'body.open': true }, session)
    const changed: Group[] = []
    for (const group of open) {
      const ends = group.body.endsAt?.getTime()
      if (ends !== Date.parse(from)) continue
      const endsAt = new Date(Math.max(ends, now) + minutes * 60_000)
      changed.push(await store(group, { endsAt }, next, session))
    }
    return changed.length > 0 ? changed : open
  })
  return null
}

async function closeGroups(workshop: WorkshopRow, next: Next, session: ClientSession) {
  const closed: Group[] = []
  for (const group of await findGroups(workshop, { 'body.open': true }, session)) {
    closed.push(await store(group, { open: false }, next, session))
  }
  return closed
}

/** Those with a stay that lasts, but for facilitators. */
async function findPresent(workshop: WorkshopRow, now: Date): Promise<Spreadable[]> {
  const seenAt = { $gt: new Date(now.getTime() - PRESENT_MS) }
  const rows = await WorkshopParticipant.find({
    partnership: workshop.partnership,
    workshop: workshop._id,
    door: WITHIN,
    stays: { $elemMatch: { to: null, seenAt } },
  }).lean()
  const [faces, users] = await Promise.all([
    toAttendees(workshop, rows),
    User.find({ _id: { $in: rows.flatMap(({ user }) => user ?? []) } }, { languages: 1 }).lean(),
  ])
  const languages = new Map(users.map(({ _id, languages }) => [String(_id), languages[0]]))
  return rows.flatMap(({ _id, user, guest }) => {
    if (faces.get(String(_id))?.role === 'facilitator') return []
    return { id: String(_id), lang: guest?.lang ?? languages.get(String(user)) ?? '' }
  })
}

async function store(
  group: Group,
  part: Partial<ItemBodies['group']>,
  next: Next,
  session: ClientSession,
): Promise<Group> {
  const { _id, partnership, workshop } = group
  const body = { ...group.body, ...part }
  const rev = await next()
  const which = { _id, partnership, workshop }
  await WorkshopItem.updateOne(which, { $set: { body, rev } }, { session })
  return { ...group, body, rev }
}

async function findGroups(
  workshop: WorkshopRow,
  filter: object,
  session?: ClientSession,
): Promise<Group[]> {
  const rows = await WorkshopItem.find({ ...placeOf(workshop), ...filter })
    .sort({ born: 1 })
    .session(session ?? null)
    .lean()
  return rows as unknown as Group[]
}

function placeOf({ _id, partnership }: WorkshopRow) {
  return { partnership, workshop: _id, kind: 'group' as const }
}
