import { Types } from 'mongoose'
import { Outcome, type OutcomeRow } from '../../models/outcome'
import type { WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { OutcomesPage, OutcomeView } from '../../shared/outcome-views'
import { can } from '../../shared/policy'
import type { OutcomeChangeOf } from '../../shared/schemas/outcomes'
import type { Ports } from '../ports'
import { demand } from './access'
import { once } from './intents'
import { announceNotices, type Recorded, recordNotices } from './notify'
import { dayTold, listOutcomesOf } from './outcome-rows'
import { NOTHING, readNoteLines, unansweredOf } from './outcome-sources'
import { demandNoPatientData, recordKept } from './patient-data'
import { mentionableOf, peopleById } from './people'
import { inTransaction } from './transaction'
import { findWorkshop, mayFacilitate } from './workshop-access'
import { documentId } from './workshop-documents'
import { isInside } from './workshop-door'

/**
 * What came out of a workshop, and what something can still be made of: its notes and the questions
 * nobody has answered.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readOutcomes(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<OutcomesPage> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  const { partnership } = workshop
  const may = {
    add: mayAdd(actor, workshop),
    discuss: can(actor, 'thread:create', { partnershipId: String(partnership) }),
    draft: can(actor, 'protocol:create', { partnershipId: String(partnership) }),
  }
  // what came out of it is everybody's; what was noted and asked within is theirs who may come in
  const inside = await isInside(actor, workshop)
  const [rows, notes, unanswered, people] = await Promise.all([
    listOutcomesOf(workshop),
    inside ? readNoteLines(ports, workshop) : NOTHING,
    inside ? unansweredOf(workshop) : [],
    may.add ? mentionableOf(partnership) : [],
  ])
  const outcomes = await toViews(actor, workshop, rows)
  return { outcomes, notes: notes.lines, notesId: notes.protocolId, unanswered, people, may }
}

/** Of a partnership's members alone: a guest's workshop ends when it is over. */
export async function findForMembers(
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<WorkshopRow> {
  const workshop = await findWorkshop(actor, workshopId, partnershipId)
  demand(actor, 'thread:read', { partnershipId: String(workshop.partnership) })
  return workshop
}

/** Whoever runs the workshop, and whoever writes in discussions. */
export function mayAdd(actor: Actor, workshop: WorkshopRow): boolean {
  const partnershipId = String(workshop.partnership)
  return mayFacilitate(actor, workshop) || can(actor, 'thread:create', { partnershipId })
}

/**
 * Write down a decision or a task; whoever gets a task is told. Sent again with the same key it is the
 * same one.
 *
 * @throws AppError `not_found`, `forbidden`, `patient_data`; `invalid_input` without words, or with an
 *   assignee who is not a member
 */
export async function addOutcome(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  input: OutcomeChangeOf<'add'>,
  partnershipId?: string,
): Promise<{ id: string }> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  const { partnership } = workshop
  const id = new Types.ObjectId()
  const mine = { partnership, createdBy: actor.userId, clientKey: input.clientKey }
  let told: Recorded = []
  const { row } = await once(
    id,
    () => Outcome.findOne(mine).lean(),
    async () => {
      if (!mayAdd(actor, workshop)) throw new AppError('forbidden')
      const { textEn, textRu, kind, assignee, due, unit } = input
      if (textEn === '' && textRu === '')
        throw new AppError('invalid_input', { textEn: 'required' })
      const kept = demandNoPatientData({ textEn, textRu }, input)
      if (assignee) await demandMember(workshop, assignee)
      const text = localized(textEn, textRu)
      const at = ports.clock.now()
      await ports.limits.take('write', actor.userId)
      told = await inTransaction(async (session) => {
        const protocol = new Types.ObjectId(documentId(workshop._id, 'notes'))
        const source = unit ? { protocol, unit } : null
        const given = { assignee: assignee ?? null, due: due ?? null }
        const fields = { kind, text, source, ...given, reminded: dayTold(given.due, at), at }
        await Outcome.create([{ _id: id, ...mine, workshop: workshop._id, ...fields }], { session })
        await recordKept(
          ports,
          actor,
          { partnership, place: { workshop: workshopId }, kept },
          session,
        )
        return recordNotices(
          [
            {
              kind: 'outcome_assigned',
              partnership,
              event: `outcome ${id}`,
              by: actor.userId,
              to: assignee && kind === 'task' ? [assignee] : [],
              workshop: workshop._id,
              at,
            },
          ],
          session,
        )
      })
    },
  )
  announceNotices(ports.bus, told)
  return { id: String(row._id) }
}

/** @throws AppError `invalid_input` with `assignee` */
export async function demandMember({ partnership }: WorkshopRow, userId: string): Promise<void> {
  const people = await mentionableOf(partnership)
  if (!people.some(({ id }) => id === userId))
    throw new AppError('invalid_input', { assignee: 'member' })
}

/**
 * A task is done, or open again, by whoever has it or runs the workshop.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function settleOutcome(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { outcome, intent }: OutcomeChangeOf<'done'> | OutcomeChangeOf<'open'>,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  const which = { _id: outcome, partnership: workshop.partnership, workshop: workshop._id }
  const row = await Outcome.findOne(which).lean()
  if (!row) throw new AppError('not_found')
  const isTheirs = String(row.assignee) === actor.userId
  if (!isTheirs && !mayAdd(actor, workshop)) throw new AppError('forbidden')
  const isDone = intent === 'done'
  const change = isDone
    ? { doneAt: ports.clock.now(), doneBy: actor.userId }
    : { doneAt: null, doneBy: null }
  // it may be so already
  const before = isDone ? { doneAt: null } : { doneAt: { $ne: null } }
  await Outcome.updateOne({ ...which, ...before }, { $set: change, $inc: { rev: 1 } })
}

/**
 * Take back what was written down by mistake: one's own, or anything for those who run the workshop.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function removeOutcome(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  { outcome }: OutcomeChangeOf<'remove'>,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  const which = { _id: outcome, partnership: workshop.partnership, workshop: workshop._id }
  const row = await Outcome.findOne(which, { createdBy: 1 }).lean()
  if (!row) return
  // what one wrote as an editor is not a viewer's to take back
  const isTheirs = String(row.createdBy) === actor.userId && mayAdd(actor, workshop)
  if (!isTheirs && !mayFacilitate(actor, workshop)) throw new AppError('forbidden')
  await Outcome.deleteOne(which)
}

async function toViews(
  actor: Actor,
  workshop: WorkshopRow,
  rows: readonly OutcomeRow[],
): Promise<OutcomeView[]> {
  const { partnership } = workshop
  const runs = mayFacilitate(actor, workshop)
  const writes = mayAdd(actor, workshop)
  const people = await peopleById(
    partnership,
    rows.flatMap(({ assignee, createdBy }) => [assignee, createdBy]),
  )
  return rows.map((row) => ({
    id: String(row._id),
    kind: row.kind,
    text: row.text,
    unit: row.source?.unit ?? null,
    assignee: (row.assignee && people.get(String(row.assignee))) ?? null,
    due: row.due,
    doneAt: row.doneAt?.toISOString() ?? null,
    by: people.get(String(row.createdBy)) ?? null,
    at: row.at.toISOString(),
    rev: row.rev,
    may: {
      assign: row.kind === 'task' && writes && row.doneAt === null,
      settle: row.kind === 'task' && (writes || String(row.assignee) === actor.userId),
      remove: runs || (writes && String(row.createdBy) === actor.userId),
    },
  }))
}
