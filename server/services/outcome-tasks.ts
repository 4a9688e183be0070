import type { ClientSession } from 'mongoose'
import { Outcome, type OutcomeRow } from '../../models/outcome'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { OutcomeChangeOf } from '../../shared/schemas/outcomes'
import type { Ports } from '../ports'
import { announceNotices, type Recorded, recordNotices } from './notify'
import { dayTold, lastDayOf } from './outcome-rows'
import { demandMember, findForMembers, mayAdd } from './outcomes'
import { inTransaction, inTransactionOnce } from './transaction'

/**
 * Say who has a task and until when, or take that back; whoever it is new to is told.
 *
 * @throws AppError `not_found`, `forbidden`; `invalid_input` for a decision, or with an assignee who is
 *   not a member; `conflict` if somebody has changed it meanwhile
 */
export async function assignOutcome(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { outcome, assignee, base, ...given }: OutcomeChangeOf<'assign'>,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  const which = { _id: outcome, partnership: workshop.partnership, workshop: workshop._id }
  const due = given.due ?? null
  const row = await Outcome.findOne(which).lean()
  if (!row) throw new AppError('not_found')
  if (!mayAdd(actor, workshop)) throw new AppError('forbidden')
  if (row.kind !== 'task') throw new AppError('invalid_input', { outcome: 'task' })
  const has = (known: Pick<OutcomeRow, 'assignee'> | null) => String(known?.assignee ?? '')
  const isNew = assignee !== undefined && assignee !== has(row)
  if (isNew) await demandMember(workshop, assignee)
  await ports.limits.take('write', actor.userId)
  const at = ports.clock.now()
  const isStored = async () => {
    const now = await Outcome.findOne(which).lean()
    return now !== null && has(now) === (assignee ?? '') && now.due === due
  }
  let told: Recorded = []
  await inTransactionOnce(isStored, async (session) => {
    const { matchedCount } = await Outcome.updateOne(
      { ...which, rev: base },
      { $set: { assignee: assignee ?? null, due, reminded: dayTold(due, at) }, $inc: { rev: 1 } },
      { session },
    )
    if (matchedCount === 0) throw new AppError('conflict')
    // given anew, after somebody else had it, it is told anew
    const event = `outcome ${row._id} ${base}`
    const to = isNew ? [assignee] : []
    told = await recordNotices(
      [{ ...aboutOf(row), kind: 'outcome_assigned', event, by: actor.userId, to, at }],
      session,
    )
  })
  announceNotices(ports.bus, told)
}

/**
 * Remind those who have a task of its day, two days before it; once for each day it was given.
 *
 * @param most people told in this turn
 * @returns how many were told
 */
export async function remindTasks(ports: Ports, most: number): Promise<number> {
  const at = ports.clock.now()
  const today = at.toISOString().slice(0, 10)
  const rows = await Outcome.find({
    due: { $gte: today, $lte: lastDayOf(at) },
    doneAt: null,
    kind: 'task',
    assignee: { $ne: null },
    $expr: { $ne: ['$reminded', '$due'] },
  })
    .sort({ due: 1, _id: 1 })
    .limit(Math.max(1, most))
    .lean()
  let told = 0
  for (const row of most > 0 ? rows : []) {
    const recorded = await inTransaction((session) => remindOne(row, at, session))
    announceNotices(ports.bus, recorded)
    told += recorded.length
  }
  return told
}

/** Nobody where another process was quicker, or where it is true no more. */
async function remindOne(row: OutcomeRow, at: Date, session: ClientSession): Promise<Recorded> {
  const { _id, partnership, rev, assignee, due, reminded } = row
  const { matchedCount } = await Outcome.updateOne(
    { _id, partnership, rev, reminded: reminded ?? null },
    { $set: { reminded: due } },
    { session },
  )
  if (matchedCount === 0 || !assignee) return []
  const event = `outcome ${_id} due ${due} ${rev}`
  return recordNotices(
    [{ ...aboutOf(row), kind: 'outcome_due', event, by: null, to: [assignee], at }],
    session,
  )
}

function aboutOf({ partnership, workshop }: OutcomeRow) {
  return { partnership, workshop }
}
