import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { demand } from './access'
import { together } from './together'

/** May the actor run this workshop? Asked anew at every act; a coordinator may, an editor who is named may. */
export function mayFacilitate(
  actor: Actor,
  row: Pick<WorkshopRow, '_id' | 'partnership' | 'facilitators'>,
): boolean {
  return can(actor, 'workshop:facilitate', facilitationOf(actor, row))
}

/** What of a plan says who speaks. */
export type Spoken = { agenda: readonly Pick<WorkshopRow['agenda'][number], 'speaker'>[] }

/**
 * Who speaks by the plan presents, unless a facilitator has named them something by hand; whoever was
 * named a presenter does.
 *
 * @param mine their place; null for none yet
 * @param userId null for a guest
 */
export function isPresenter(
  { agenda }: Spoken,
  mine: Pick<WorkshopParticipantRow, 'presenter' | 'roleNamed'> | null,
  userId: string | null,
): boolean {
  if (mine?.presenter || mine?.roleNamed) return mine.presenter
  return userId !== null && agenda.some(({ speaker }) => String(speaker) === userId)
}

/** A draft, or one that was cancelled before anybody else had heard of it. */
export function isUnannounced({
  status,
  announcedAt,
}: Pick<WorkshopRow, 'status' | 'announcedAt'>): boolean {
  return status === 'draft' || (status === 'cancelled' && !announcedAt)
}

/** Owned, to the policy, by whoever is named as its facilitator. */
function facilitationOf(
  actor: Actor,
  { _id, partnership, facilitators }: Pick<WorkshopRow, '_id' | 'partnership' | 'facilitators'>,
) {
  const isNamed = facilitators.some((user) => String(user) === actor.userId)
  return {
    partnershipId: String(partnership),
    workshopId: String(_id),
    ...(isNamed ? { ownerId: actor.userId } : {}),
  }
}

/** A workshop's row. Hundreds come into one room and vote in it at once: it is read for them together. */
export function readWorkshopRow(workshopId: string): Promise<WorkshopRow | null> {
  return together(`workshop ${workshopId}`, () => Workshop.findById(workshopId).lean())
}

/**
 * The workshop, if the actor may take part in it; every way to one goes through here. What was never
 * announced exists for its facilitators alone.
 *
 * @param partnershipId when the address names one, the workshop must belong to it
 * @throws AppError `not_found`, `forbidden`
 */
export async function findWorkshop(
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<WorkshopRow> {
  const row = partnershipId
    ? await Workshop.findOne({ _id: workshopId, partnership: partnershipId }).lean()
    : await readWorkshopRow(workshopId)
  if (!row) throw new AppError('not_found')
  demand(actor, 'workshop:join', { partnershipId: String(row.partnership), workshopId })
  if (isUnannounced(row) && !mayFacilitate(actor, row)) throw new AppError('not_found')
  return row
}

/**
 * The workshop, if the actor may run it.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function findFacilitated(
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<WorkshopRow> {
  const row = await findWorkshop(actor, workshopId, partnershipId)
  demand(actor, 'workshop:facilitate', facilitationOf(actor, row))
  return row
}

/** The actor's row among the workshop's participants, as a filter. */
export function participantOf(
  actor: Pick<Actor, 'userId' | 'guest'>,
  workshop: WorkshopRow['_id'],
) {
  return actor.guest ? { _id: actor.userId, workshop } : { workshop, user: actor.userId }
}

/** May the actor say what others said in the other language: colleagues who write, and interpreters. */
export async function mayTranslate(actor: Actor, row: WorkshopRow): Promise<boolean> {
  if (can(actor, 'thread:reply', { partnershipId: String(row.partnership) })) return true
  const named = { ...participantOf(actor, row._id), interpreter: true }
  return (await WorkshopParticipant.exists(named)) !== null
}
