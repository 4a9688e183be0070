import type { ClientSession } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { WORKSHOP_LIMITS, type WorkshopStatus, type WorkshopVerb } from '../../shared/workshops'
import type { Ports } from '../ports'
import { findFacilitated, mayFacilitate } from './workshop-access'
import type { PlanFields } from './workshop-plans'

/** What goes on, or is over, is not changed together with others. */
const CARRIED: readonly WorkshopStatus[] = ['draft', 'announced']

/**
 * What became of the later workshops of a series: how many were changed (or cancelled) with one of
 * them, needed no change, are under way or over, are run by others.
 */
export type SeriesOutcome = { changed: number; same: number; over: number; others: number }

/** The later workshops of a series: those that can be changed with one of them, and the others. */
export type LaterWorkshops = { open: WorkshopRow[]; over: WorkshopRow[]; others: WorkshopRow[] }

/** The later workshops of a series as the plan's form tells of them. */
export type LaterList = {
  /** Those that would be changed too, earliest first; the number in the series, UTC, planning zone. */
  open: { id: string; place: number; startsAt: string; timeZone: string }[]
  /** How many of them wait to be announced. */
  drafts: number
  over: number
  others: number
}

/**
 * The workshops of the series that come after this one, by what the actor can do with each.
 *
 * @param row as it was before anything is changed
 */
export async function laterOf(
  actor: Actor,
  row: WorkshopRow,
  session: ClientSession | null = null,
): Promise<LaterWorkshops> {
  const all = await inSeriesWith(row, session)
  const later = all.filter((each) => isLater(each, row))
  const isOver = ({ status }: WorkshopRow) => !CARRIED.includes(status)
  const rest = later.filter((each) => !isOver(each))
  return {
    open: rest.filter((each) => mayFacilitate(actor, each)),
    over: later.filter(isOver),
    others: rest.filter((each) => !mayFacilitate(actor, each)),
  }
}

/**
 * The later workshops of a series, for choosing whether a change is theirs, too. Of those that others
 * run the number alone is told: they may be drafts.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listLater(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<LaterList> {
  const row = await findFacilitated(actor, workshopId, partnershipId)
  const { open, over, others } = await laterOf(actor, row)
  return {
    open: open.map(({ _id, seriesPlace, startsAt, timeZone }) => ({
      id: String(_id),
      place: seriesPlace,
      startsAt: startsAt.toISOString(),
      timeZone,
    })),
    drafts: movable('announce', { open }).length,
    over: over.length,
    others: others.length,
  }
}

/** Those of the later ones with which the same can be done. */
export function movable(verb: WorkshopVerb, { open }: Pick<LaterWorkshops, 'open'>): WorkshopRow[] {
  return verb === 'announce' ? open.filter(({ status }) => status === 'draft') : open
}

/** Was it done with both at once? They bear one moment then. */
export function isOneWith(verb: WorkshopVerb, one: WorkshopRow, other: WorkshopRow): boolean {
  const momentOf = ({ announcedAt, cancelledAt }: WorkshopRow) =>
    (verb === 'announce' ? announcedAt : cancelledAt)?.getTime()
  return momentOf(one) !== undefined && momentOf(one) === momentOf(other)
}

/**
 * What became of the later ones, and of those with which it was done when it was first asked.
 *
 * @param seen as it was before, like the later ones
 * @param now with how many it has just been done
 */
export function movedWith(
  verb: WorkshopVerb,
  seen: WorkshopRow,
  { open, over, others }: LaterWorkshops,
  now: number,
): SeriesOutcome {
  const isAnnouncing = verb === 'announce'
  const done = isAnnouncing ? open.filter(({ status }) => status === 'announced') : over
  const before = done.filter((row) => isOneWith(verb, seen, row)).length
  const rest = done.length - before
  const counts = isAnnouncing ? { same: rest, over: over.length } : { same: 0, over: rest }
  return { changed: now + before, ...counts, others: others.length }
}

/**
 * Can these plans be written? None may be moved into the past, or to where another one of the series
 * is, or hold more rows than a plan can.
 *
 * @param changes plans of workshops of one series: the changed one first, then the later ones
 * @throws AppError `invalid_input` with `scope`: `later_past`, `later_collides`, `later_full`
 */
export async function demandPossible(
  changes: readonly { row: WorkshopRow; fields: PlanFields }[],
  now: Date,
  session: ClientSession,
): Promise<void> {
  const refuse = (scope: string) => {
    throw new AppError('invalid_input', { scope })
  }
  const [changed, ...later] = changes
  if (!changed) return
  const isMoved = ({ row, fields }: (typeof changes)[number]) =>
    row.startsAt.getTime() !== fields.startsAt.getTime()
  if (later.some((each) => isMoved(each) && each.fields.startsAt <= now)) refuse('later_past')
  if (later.some(({ fields }) => isTooFull(fields))) refuse('later_full')
  const planned = new Map(changes.map(({ row, fields }) => [String(row._id), fields]))
  const all = await inSeriesWith(changed.row, session)
  const taking = all
    .filter(({ status }) => status !== 'cancelled')
    .map((was) => ({ was, next: planned.get(String(was._id)) ?? was }))
  const collides = taking.some((one, at) =>
    taking.slice(at + 1).some(({ was, next }) => {
      return areAtOnce(one.next, next) && !areAtOnce(one.was, was)
    }),
  )
  if (collides) refuse('later_collides')
}

/** All workshops of its series, itself among them, earliest first. */
export async function inSeriesWith(
  { partnership, series, _id }: WorkshopRow,
  session: ClientSession | null,
): Promise<WorkshopRow[]> {
  const which = { partnership, ...(series ? { series } : { _id }) }
  return Workshop.find(which).sort({ startsAt: 1, seriesPlace: 1 }).session(session).lean()
}

/** By when they are; their numbers decide only where that is the same. */
export function isLater(one: WorkshopRow, other: WorkshopRow): boolean {
  const apart = one.startsAt.getTime() - other.startsAt.getTime()
  return apart > 0 || (apart === 0 && one.seriesPlace > other.seriesPlace)
}

type Time = Pick<WorkshopRow, 'startsAt' | 'endsAt'>

/** Does one begin before the other is over? */
export function areAtOnce(one: Time, other: Time): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt
}

function isTooFull({ agenda, facilitators, materials, channels }: PlanFields): boolean {
  return (
    agenda.length > WORKSHOP_LIMITS.agendaRows ||
    facilitators.length > WORKSHOP_LIMITS.facilitators ||
    materials.length > WORKSHOP_LIMITS.materials ||
    channels.length > WORKSHOP_LIMITS.channels
  )
}
