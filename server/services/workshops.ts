import { Types } from 'mongoose'
import { Workshop } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import type { CreateWorkshop } from '../../shared/schemas/workshops'
import type { SavedView } from '../../shared/views'
import type { WorkshopSummary, WorkshopView } from '../../shared/workshop-views'
import type { WorkshopStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { demand } from './access'
import { demandNoPatientData, recordKept } from './patient-data'
import { savedBy } from './people'
import { inTransaction, isTaken } from './transaction'
import { findFacilitated, findWorkshop, isUnannounced, mayFacilitate } from './workshop-access'
import { channelsFor } from './workshop-channels'
import { joinSeries } from './workshop-joining'
import { toValues } from './workshop-plan-values'
import {
  demandOwn,
  endOf,
  type PlanFields,
  textsOf,
  toPlanFields,
  withFacilitator,
} from './workshop-plans'
import { keyInSeries, seriesOf } from './workshop-series'
import { toSummaries, toWorkshopView } from './workshop-summaries'
import { indexWorkshop } from './workshop-texts'

/** Of a partnership's workshops, so many are listed, the latest ones. */
const LISTED = 300
/** One that nobody began is over so long after its end, milliseconds. */
const FORGOTTEN_MS = 24 * 60 * 60_000

/** Workshops by when they are: those under way, the next ones first, the last ones first. */
export type WorkshopList = Record<'live' | 'upcoming' | 'past', WorkshopSummary[]>

/**
 * The workshops of a partnership; what was never announced for its facilitators alone.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listWorkshops(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<WorkshopList> {
  demand(actor, 'workshop:join', { partnershipId })
  const rows = await Workshop.find({ partnership: partnershipId })
    .sort({ startsAt: -1, _id: -1 })
    .limit(LISTED)
    .lean()
  const seen = rows.filter((row) => !isUnannounced(row) || mayFacilitate(actor, row))
  const all = await toSummaries(actor, seen)
  const now = clock.now().getTime()
  const isPast = ({ status, endsAt }: WorkshopSummary) => {
    const ended = Date.parse(endsAt)
    if (status === 'closed') return true
    return status === 'cancelled' ? ended < now : status !== 'draft' && ended + FORGOTTEN_MS < now
  }
  const live = all.filter(({ status }) => status === 'live')
  const rest = all.filter(({ status }) => status !== 'live')
  return {
    live,
    upcoming: rest.filter((each) => !isPast(each)).reverse(),
    past: rest.filter(isPast),
  }
}

/**
 * One workshop, to whoever may attend it.
 *
 * @param partnershipId when the address names one, the workshop must belong to it
 * @throws AppError `not_found`, `forbidden`
 */
export async function readWorkshop(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<WorkshopView> {
  const row = await findWorkshop(actor, workshopId, partnershipId)
  const view = await toWorkshopView(actor, row)
  return { ...view, channels: await channelsFor(ports, actor, row) }
}

/** A plan as its form is filled, with the count of changes that it is opened with. */
export type WorkshopDraft = {
  values: Record<string, string>
  rev: number
  status: WorkshopStatus
  /** How many others are in its series. */
  siblings: number
  saved: SavedView | null
}

/**
 * The plan of a workshop, for changing it: the values of its form by the names of the fields.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readPlan(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<WorkshopDraft> {
  const row = await findFacilitated(actor, workshopId, partnershipId)
  const { rev, status, seriesCount } = row
  const saved = await savedBy(actor, row.partnership, { by: row.changedBy, at: row.changedAt })
  return { values: toValues(row), rev, status, siblings: seriesCount - 1, saved }
}

/**
 * Plan a workshop, a series of them with a row each, or one more of a series that the actor may run. A
 * repeated `clientKey` returns the first one.
 *
 * @returns the first of a series
 * @throws AppError `not_found`, `forbidden`, `patient_data`, `invalid_input` (also as `joinSeries`),
 *   `too_many_requests`
 */
export async function createWorkshop(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  input: CreateWorkshop,
): Promise<{ id: string }> {
  const { plan, repeats, times, joins, clientKey } = input
  demand(actor, 'workshop:facilitate', { partnershipId, ownerId: actor.userId })
  const mine = { partnership: partnershipId, createdBy: actor.userId, clientKey }
  const known = await Workshop.findOne(mine, { _id: 1 }).lean()
  if (known) return { id: String(known._id) }
  const joined = joins ? await findFacilitated(actor, joins, partnershipId) : null
  await ports.limits.take('write', actor.userId)
  const fields = withFacilitator(
    actor,
    partnershipId,
    toPlanFields(
      { ...plan, agenda: plan.agenda.map(({ id: _id, ...row }) => row) },
      null,
      clientKey,
    ),
  )
  await demandOwn(partnershipId, fields, null)
  const kept = demandNoPatientData(textsOf(plan), plan)
  const starts = seriesOf(plan.startsAt, plan.timeZone, repeats, times)
  const series = starts.length > 1 ? new Types.ObjectId() : null
  const createdAt = ports.clock.now()
  const rows = starts.map((startsAt, at) => ({
    ...fields,
    // rows of other workshops are other rows
    ...(at > 0 ? freshIds(fields) : {}),
    _id: new Types.ObjectId(),
    partnership: new Types.ObjectId(partnershipId),
    status: 'draft' as const,
    startsAt,
    endsAt: endOf(startsAt, fields.agenda),
    series,
    seriesCount: starts.length,
    seriesPlace: at + 1,
    createdBy: new Types.ObjectId(actor.userId),
    clientKey: keyInSeries(clientKey, at),
    createdAt,
  }))
  try {
    await inTransaction(async (session) => {
      const [first] = rows
      if (joined && first) Object.assign(first, await joinSeries(joined, first, session))
      await Workshop.create(rows, { session, ordered: true })
      for (const row of rows) await indexWorkshop(session, row)
      const place = { workshop: String(rows[0]?._id) }
      await recordKept(ports, actor, { partnership: partnershipId, place, kept }, session)
    })
  } catch (error) {
    // a twin was quicker
    if (!isTaken(error)) throw error
  }
  const row = await Workshop.findOne(mine, { _id: 1 }).lean()
  if (!row) throw new Error('planned, and not there')
  return { id: String(row._id) }
}

function freshIds({ agenda, channels }: PlanFields): Pick<PlanFields, 'agenda' | 'channels'> {
  const fresh = <R extends object>(row: R) => ({ ...row, _id: new Types.ObjectId() })
  return { agenda: agenda.map(fresh), channels: channels.map(fresh) }
}
