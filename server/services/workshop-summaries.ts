import { Types } from 'mongoose'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { Resource } from '../../models/resource'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'
import { can } from '../../shared/policy'
import type { PersonName } from '../../shared/views'
import type { AgendaRowView, WorkshopSummary, WorkshopView } from '../../shared/workshop-views'
import { type Registration, WORKSHOP_MOVES, type WorkshopVerb } from '../../shared/workshops'
import type { Bus, Ports } from '../ports'
import { demand } from './access'
import { peopleById } from './people'
import { isUnannounced, mayFacilitate, participantOf } from './workshop-access'
import { PLACE, whyOutside } from './workshop-door'
import { forgottenAmong } from './workshop-left-open'

/** What everybody's lists show of a workshop. */
export function toSummary(row: WorkshopRow): Omit<WorkshopSummary, 'mine'> {
  return {
    id: String(row._id),
    partnershipId: String(row.partnership),
    title: row.title,
    status: row.status,
    mode: row.mode,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    audience: row.audience,
    capacity: row.capacity,
    registered: row.registered,
    series: row.seriesCount > 1 ? { place: row.seriesPlace, of: row.seriesCount } : null,
    rev: row.rev,
  }
}

/** The same with what is the reader's own. */
export async function toSummaries(
  actor: Actor,
  rows: readonly WorkshopRow[],
): Promise<WorkshopSummary[]> {
  const places = await WorkshopParticipant.find(
    actor.guest
      ? { _id: actor.userId }
      : { workshop: { $in: rows.map(({ _id }) => _id) }, user: actor.userId },
    { workshop: 1, registration: 1 },
  ).lean()
  const mine = new Map(places.map((place) => [String(place.workshop), place.registration]))
  return rows.map((row) => ({
    ...toSummary(row),
    mine: {
      registration: mine.get(String(row._id)) ?? 'none',
      facilitates: mayFacilitate(actor, row),
    },
  }))
}

/**
 * A workshop as its page shows it. A guest sees what is to be attended, and of the library titles alone.
 */
export async function toWorkshopView(actor: Actor, row: WorkshopRow): Promise<WorkshopView> {
  const partnershipId = String(row.partnership)
  const speakers = row.agenda.flatMap(({ speaker }) => speaker ?? [])
  const [home, people, materials, documents, place] = await Promise.all([
    Partnership.findById(row.partnership, { slug: 1 }).lean(),
    peopleById(partnershipId, [...speakers, ...row.facilitators]),
    Resource.find(
      { _id: { $in: row.materials }, partnership: row.partnership },
      { title: 1 },
    ).lean(),
    documentsOf(row),
    WorkshopParticipant.findOne(participantOf(actor, row._id), {
      registration: 1,
      ...PLACE,
    }).lean(),
  ])
  const registration: Registration = place?.registration ?? 'none'
  const facilitates = mayFacilitate(actor, row)
  const within = { partnershipId, workshopId: String(row._id) }
  const titles = new Map(materials.map((each) => [String(each._id), each.title]))
  const isOver = row.status === 'closed' || row.status === 'cancelled'
  return {
    ...toSummary(row),
    mine: { registration, facilitates },
    outside: whyOutside(actor, row, place),
    slug: home?.slug ?? '',
    objectives: row.objectives,
    place: row.place,
    accreditation: row.accreditation,
    recordingConsent: row.recordingConsent,
    fallbacks: row.fallbacks,
    phone: row.phone,
    cancelReason: row.status === 'cancelled' ? (row.cancelReason ?? '') : '',
    waitingRoom: row.waitingRoom,
    guests: row.guests,
    agenda: toAgenda(row, actor, (id) => people.get(id)?.name),
    facilitators: row.facilitators.flatMap((id) => people.get(String(id)) ?? []),
    materials: row.materials.flatMap((id) => {
      const title = titles.get(String(id))
      return title ? [{ id: String(id), title }] : []
    }),
    channels: row.channels.map(({ _id, spoken, kind, url }) => ({
      id: String(_id),
      spoken,
      kind,
      url: isOver ? null : url,
    })),
    seriesId: row.series ? String(row.series) : null,
    documents,
    may: {
      facilitate: facilitates,
      join: can(actor, 'workshop:join', within),
      moves: facilitates ? movesFrom(row) : [],
    },
  }
}

async function documentsOf({
  _id: workshop,
  partnership,
}: WorkshopRow): Promise<WorkshopView['documents']> {
  const [rows, groups] = await Promise.all([
    Protocol.find({ partnership, workshop }, { part: 1 }).sort({ createdAt: 1 }).lean(),
    WorkshopItem.find({ partnership, workshop, kind: 'group' }).lean(),
  ])
  const groupOf = (notes: string) =>
    groups.find(({ body }) => 'notes' in body && String(body.notes) === notes)?._id
  return rows.flatMap(({ _id, part }) => {
    if (!part) return []
    const id = String(_id)
    return [{ part, id, groupId: part === 'group' ? String(groupOf(id) ?? '') || null : null }]
  })
}

/** What can be done next with a workshop in its state. */
export function movesFrom({ status }: Pick<WorkshopRow, 'status'>): WorkshopVerb[] {
  return Object.keys(WORKSHOP_MOVES[status]) as WorkshopVerb[]
}

/** The home page's workshop; `isForgotten`: it is open and empty, long after its planned end. */
export type NextWorkshop = WorkshopSummary & { isForgotten: boolean }

/**
 * The one under way, or else the next one that was announced, for the home page. One that was forgotten
 * comes where there is neither.
 */
export async function nextWorkshop(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<NextWorkshop | null> {
  demand(actor, 'workshop:join', { partnershipId })
  const partnership = new Types.ObjectId(partnershipId)
  const now = clock.now()
  const live = await Workshop.find({ partnership, status: 'live' }).sort({ startsAt: -1 }).lean()
  const left = await forgottenAmong(live, now)
  const soon = { status: 'announced' as const, endsAt: { $gte: now } }
  const row =
    live.find((each) => !left.includes(each)) ??
    (await Workshop.findOne({ partnership, ...soon })
      .sort({ startsAt: 1 })
      .lean()) ??
    live[0]
  if (!row) return null
  const [summary] = await toSummaries(actor, [row])
  return summary ? { ...summary, isForgotten: left.includes(row) } : null
}

/** After the commit: lists and pages bring their row up to date. */
export function announceWorkshop({ bus }: { bus: Bus }, row: WorkshopRow): void {
  // a draft is nobody's news, and neither is its end
  if (isUnannounced(row)) return
  bus.publish('workshop:changed', {
    partnershipId: String(row.partnership),
    workshop: toSummary(row),
  })
}

function toAgenda(
  row: WorkshopRow,
  actor: Actor,
  nameOf: (id: string) => PersonName | undefined,
): AgendaRowView[] {
  let at = row.startsAt.getTime()
  return row.agenda.map((each) => {
    const startsAt = new Date(at).toISOString()
    at += each.minutes * 60_000
    const name = each.speaker ? nameOf(String(each.speaker)) : undefined
    return {
      id: String(each._id),
      startsAt,
      minutes: each.minutes,
      title: each.title,
      speaker: name ? lineOf(name, actor.lang) : each.speakerName,
      spoken: each.spoken,
      interpretation: each.interpretation,
      resourceId: each.resource && !actor.guest ? String(each.resource) : null,
    }
  })
}

/** A name in one line, in the reader's letters where it is known in them. */
function lineOf({ given, family, latin, cyrillic }: PersonName, reader: Language): string {
  return (reader === 'ru' ? cyrillic : latin) || `${given} ${family}`
}
