import type { ClientSession } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { ChangeWorkshop } from '../../shared/schemas/workshops'
import { wallClockAt } from '../../shared/wall-clock'
import type { WorkshopStatus } from '../../shared/workshops'
import { keepGuestSessions } from '../auth/guests'
import type { Ports } from '../ports'
import { afterwards } from './afterwards'
import { inOrderOfAll } from './in-order'
import { savingLate } from './late-forms'
import { announceNotices, type Recorded } from './notify'
import { demandNoPatientData, recordKept } from './patient-data'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'
import { carryPlan, type PlanChange } from './workshop-carried-plan'
import { saysSame } from './workshop-carried-rows'
import { renameDocuments } from './workshop-documents'
import { welcomeAgain } from './workshop-guests-again'
import { demandPossible, type LaterWorkshops, laterOf, type SeriesOutcome } from './workshop-later'
import { type Told, tellOfSeries } from './workshop-letters'
import { promoteWaiting } from './workshop-places'
import { joinPlans, withGoneRows } from './workshop-plan-joined'
import {
  demandOwn,
  type PlanFields,
  textsBefore,
  textsSaid,
  toPlanFields,
  withFacilitator,
} from './workshop-plans'
import { announceWorkshop } from './workshop-summaries'
import { indexWorkshop } from './workshop-texts'
import { guestsLeaving, sendGuestsAway } from './workshop-without-guests'

/** A plan can be changed until the workshop is over. */
const PLANNED: readonly WorkshopStatus[] = ['draft', 'announced', 'live']

/** A workshop as it was, and its plan to be. */
type Change = { row: WorkshopRow; fields: PlanFields }

/**
 * Change the plan; those who registered are told where time or place is another. The same change sent
 * twice is made once. A form that was opened before the plan was last changed is joined with it
 * (`joinPlans`): what its writer left as it was stays as it is by now. Without guests it is for none of them
 * from then on; that their places are others', and that they are told, follows (`sendGuestsAway`).
 *
 * With `scope` `later`, what this change touches is carried to every later workshop of the series that
 * is a draft or announced and that the actor may run (`carryPlan`), each from the state it has by then.
 * All of them are written in one transaction: whoever is answered with a refusal finds the series as it
 * was and can send the same form again, and nobody gets a letter about half of a change.
 *
 * @returns what became of the later ones; null where it was about this one alone
 * @throws AppError `conflict` if both have changed the same after the form was opened; `workshop_over`,
 *   `not_found`, `forbidden`, `patient_data`, `too_many_requests`, `invalid_input` also with `scope`
 *   (as `demandPossible`)
 */
export async function changeWorkshop(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  input: ChangeWorkshop,
  partnershipId?: string,
): Promise<SeriesOutcome | null> {
  return savingLate(input.seen, () => changeOnce(ports, actor, workshopId, input, partnershipId))
}

async function changeOnce(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { plan, base, seen, scope = 'one' }: ChangeWorkshop,
  partnershipId?: string,
): Promise<SeriesOutcome | null> {
  const before = await findFacilitated(actor, workshopId, partnershipId)
  const partnership = String(before.partnership)
  if (!PLANNED.includes(before.status)) throw new AppError('workshop_over')
  const isLate = before.rev !== base
  const isJoined = isLate && seen !== undefined
  const rows = isJoined ? withGoneRows(before, seen, plan) : before
  const planned = toPlanFields(plan, rows, `${workshopId} ${base} ${actor.userId}`)
  const mine = withFacilitator(actor, partnership, planned)
  const known = scope === 'later' ? await laterOf(actor, before) : null
  if (before.rev === base + 1 && isSame(before, mine)) return known && changedBefore(before, known)
  if (isLate && !isJoined) throw new AppError('conflict')
  const isCarried = (known?.open.length ?? 0) > 0
  const joined = isJoined ? joinPlans(seen, mine, before, isCarried) : mine
  // each may have left somebody to run it, and both together nobody
  const fields = withFacilitator(actor, partnership, joined)
  // said already: sent again, or written alike
  if (isLate && isSame(before, fields)) return known && outcomeOf(known, bearing(before, known))
  await ports.limits.take('write', actor.userId)
  await demandOwn(partnership, fields, before)
  const kept = demandNoPatientData(textsSaid(plan, fields), plan, textsBefore(before, plan))
  const wall = isLate ? wallClockAt(fields.startsAt.getTime(), fields.timeZone) : plan.startsAt
  const change = { before, after: fields, wall }
  const all = [before, ...(known?.open ?? [])].map(({ _id }) => `workshop ${_id}`)
  const done = await inOrderOfAll(all, () =>
    inTransaction(async (session) => {
      // as they are now: what others have changed in them meanwhile stays
      const later = known && (await laterOf(actor, before, session))
      const carried = (later?.open ?? []).flatMap((row) => carriedTo(actor, row, change))
      const changes = [{ row: before, fields }, ...carried]
      if (carried.length > 0) await demandPossible(changes, ports.clock.now(), session)
      const told = await write(ports, actor, { changes, kept }, session)
      return { told, changes, outcome: later && outcomeOf(later, carried.length) }
    }),
  )
  announceNotices(ports.bus, done.told)
  const ids = done.changes.map(({ row }) => row._id)
  const stored = await Workshop.find({ _id: { $in: ids }, partnership: before.partnership }).lean()
  for (const row of stored) {
    ports.bus.publish('workshop:planned', { workshopId: String(row._id), guests: row.guests })
    announceWorkshop(ports, row)
    if (!row.guestsLeaveSince) continue
    afterwards(ports, 'word that there are no guests', async () => {
      await sendGuestsAway(ports, row)
    })
  }
  return done.outcome
}

/** The change of a later workshop; none where it says so already. */
function carriedTo(actor: Actor, row: WorkshopRow, change: PlanChange): Change[] {
  const fields = carryPlan(change, row)
  if (isSame(row, fields)) return []
  const hasOthers = !saysSame(row.facilitators, fields.facilitators)
  const partnership = String(row.partnership)
  return [{ row, fields: hasOthers ? withFacilitator(actor, partnership, fields) : fields }]
}

async function write(
  ports: Ports,
  actor: Actor,
  { changes, kept }: { changes: readonly Change[]; kept: ReturnType<typeof demandNoPatientData> },
  session: ClientSession,
): Promise<Recorded> {
  // one moment for all: by it they are known as one change
  const changed = { changedAt: ports.clock.now(), changedBy: actor.userId }
  const placed: Recorded[] = []
  const news: Told[] = []
  for (const { row: was, fields } of changes) {
    const { _id, partnership, rev } = was
    const row = await Workshop.findOneAndUpdate(
      { _id, partnership, rev, status: { $in: PLANNED } },
      {
        $set: { ...fields, ...changed, ...guestsLeaving(was, fields.guests, changed.changedAt) },
        $inc: { rev: 1 },
      },
      { session, returnDocument: 'after' },
    ).lean()
    if (!row) throw new AppError('conflict')
    await indexWorkshop(session, row)
    await renameDocuments(row, session)
    await recordKept(ports, actor, { partnership, place: { workshop: String(_id) }, kept }, session)
    if (row.status === 'draft') continue
    if (!was.guests && row.guests) await welcomeAgain(ports, actor, row, session)
    placed.push(await promoteWaiting(ports, row, session))
    await keepGuestSessions(row, session)
    const { startsAt, place } = was
    if (isElsewhere(was, row)) news.push({ row, was: { startsAt, place } })
  }
  const moved = await tellOfSeries(ports, news, 'changed', { by: actor.userId }, session)
  return [...placed.flat(), ...moved]
}

/**
 * What became of the later ones when the same change was made the first time: they bear its moment.
 *
 * @throws AppError `conflict` where that was about this one alone
 */
function changedBefore(row: WorkshopRow, later: LaterWorkshops): SeriesOutcome {
  const changed = bearing(row, later)
  if (changed === 0 && later.open.length > 0) throw new AppError('conflict')
  return outcomeOf(later, changed)
}

/** How many of the later ones were last changed together with it. */
function bearing({ changedAt }: WorkshopRow, { open }: LaterWorkshops): number {
  return open.filter((row) => row.changedAt?.getTime() === changedAt?.getTime()).length
}

function outcomeOf({ open, over, others }: LaterWorkshops, changed: number): SeriesOutcome {
  const same = open.length - changed
  return { changed, same, over: over.length, others: others.length }
}

function isSame(row: WorkshopRow, fields: PlanFields): boolean {
  const known = Object.keys(fields).map((name) => [name, row[name as keyof PlanFields]] as const)
  return saysSame(Object.fromEntries(known), fields)
}

/** Has anything changed by which somebody would come at the wrong time, or to the wrong place? */
function isElsewhere(before: WorkshopRow, after: WorkshopRow): boolean {
  const where = ({ startsAt, endsAt, mode, place, title }: WorkshopRow) =>
    JSON.stringify([startsAt, endsAt, mode, place, title])
  return where(before) !== where(after)
}
