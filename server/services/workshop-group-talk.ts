import type { ClientSession, Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { GroupMessageView, RoomItemView } from '../../shared/room-views'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { demandNoPatientData, recordKept } from './patient-data'
import type { Inside } from './workshop-door'
import { toItemViews } from './workshop-item-views'
import { addItem } from './workshop-items'

type Told = WorkshopItemRow<'group_message'>
type Reader = { mine: Pick<WorkshopParticipantRow, '_id'>; staff: boolean }

/** Messages of one part, of all groups that the reader hears. */
const PART = 200

/**
 * Say something to one's own group. Whoever is in it hears it, now and afterwards, and those who run the
 * room; to everybody else it is a number without words. It ends as the groups are called back.
 *
 * @throws AppError `not_found` for those who are not in it; `conflict` once it was called back;
 *   `patient_data`; as `changeRoom`
 */
export async function sayToGroup(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'say'> & { group: string },
  reader: Reader,
): Promise<Told> {
  const { text, lang, clientKey, group } = act
  const { partnership, _id } = workshop
  const which = { _id: group, partnership, workshop: _id, kind: 'group' as const }
  const untouched = { translation: null, translationAsked: false, deletedAt: null }
  const found = await WorkshopItem.findOne(which, { _id: 1 }).lean()
  if (!found) throw new AppError('not_found')
  const body = { group: found._id, lang, text, ...untouched }
  const message = { kind: 'group_message' as const, by: reader.mine._id, clientKey, body }
  return addItem(ports, workshop, message, undefined, async (id, session) => {
    await demandHears(workshop, found._id, reader, session)
    const open = { ...which, 'body.open': true }
    if (!(await WorkshopItem.exists(open).session(session))) throw new AppError('conflict')
    const kept = demandNoPatientData({ text }, act)
    const place = { workshop: String(_id), item: String(id) }
    await recordKept(ports, actor, { partnership, place, kept }, session)
  })
}

/**
 * Of what is said in a group only those know who are in it, or run the room.
 *
 * @throws AppError `not_found`
 */
export async function demandHears(
  { partnership, _id }: Pick<WorkshopRow, '_id' | 'partnership'>,
  group: Types.ObjectId,
  { mine, staff }: Reader,
  session: ClientSession,
): Promise<void> {
  if (staff) return
  const ofRoom = { partnership, workshop: _id, kind: 'group' as const }
  const own = { _id: group, ...ofRoom, 'body.people': mine._id }
  if (!(await WorkshopItem.exists(own).session(session))) throw new AppError('not_found')
}

/**
 * The last of what was said in the groups that a reader hears, oldest first, and how many there are
 * before. Whoever was moved hears what their group had said before them, and the one they left no more.
 *
 * @param before `born` of the first one that the reader has
 */
export async function lastTalk(
  { workshop, mine, staff }: Pick<Inside, 'workshop' | 'mine' | 'staff'>,
  before = Number.MAX_SAFE_INTEGER,
): Promise<{ talk: GroupMessageView[]; earlierTalk: number }> {
  const groups = staff ? null : await groupsOf(workshop, mine._id)
  if (groups?.length === 0) return { talk: [], earlierTalk: 0 }
  const said = (born: number) => ({
    ...{ partnership: workshop.partnership, workshop: workshop._id },
    kind: 'group_message' as const,
    born: { $lt: born },
    ...(groups && { 'body.group': { $in: groups } }),
  })
  const rows = await WorkshopItem.find(said(before)).sort({ born: -1 }).limit(PART).lean()
  const first = rows.at(-1)
  const [items, earlierTalk] = await Promise.all([
    toItemViews(workshop, rows.reverse() as WorkshopItemRow[], true),
    first && rows.length === PART ? WorkshopItem.countDocuments(said(first.born)) : 0,
  ])
  return { talk: items.flatMap((item) => (item.kind === 'group_message' ? item : [])), earlierTalk }
}

/** A part that was read for everybody, with the words of what the reader's own groups said. */
export async function withOwnTalk(
  { workshop, mine, staff }: Pick<Inside, 'workshop' | 'mine' | 'staff'>,
  items: readonly RoomItemView[],
  talk: readonly Told[],
): Promise<readonly RoomItemView[]> {
  if (staff || talk.length === 0) return items
  const groups = await groupsOf(workshop, mine._id)
  const own = talk.filter(({ body }) => groups.some((id) => id.equals(body.group)))
  const views = new Map(
    (await toItemViews(workshop, own as WorkshopItemRow[], true)).map((view) => [view.id, view]),
  )
  return items.map((item) => views.get(item.id) ?? item)
}

async function groupsOf(
  { partnership, _id }: Pick<WorkshopRow, '_id' | 'partnership'>,
  participant: Types.ObjectId,
): Promise<Types.ObjectId[]> {
  const own = { partnership, workshop: _id, kind: 'group' as const, 'body.people': participant }
  return (await WorkshopItem.find(own, { _id: 1 }).lean()).map(({ _id }) => _id)
}
