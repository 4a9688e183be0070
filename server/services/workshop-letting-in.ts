import type { ClientSession } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Door } from '../../shared/workshops'
import type { Ports } from '../ports'
import { changeAccess } from './access-changes'
import { recordAudit } from './audit'
import { inOrder } from './in-order'
import { announceNotices, type Recorded } from './notify'
import { findFacilitated } from './workshop-access'
import { placeByDoor } from './workshop-given-places'

/**
 * Let somebody in, or turn them away, who may be in already: within two seconds they are outside. A guest
 * gets their place by it, and a letter; whoever is turned away has none any more.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open` for a guest of what is without guests
 */
export async function letIn(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId: string,
  on: boolean,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId)
  const door: Door = on ? 'admitted' : 'refused'
  await changeDoor(ports, workshop, participantId, door, { by: actor.userId })
}

/**
 * Let everybody in who waits now, the longest first; each is told as by `letIn`. Who is turned away, or
 * goes, meanwhile is not let in by it.
 *
 * @returns how many came in by it
 * @throws AppError `not_found`, `forbidden`
 */
export async function letAllIn(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<number> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const { _id, partnership } = workshop
  const waiting = await WorkshopParticipant.find(
    { partnership, workshop: _id, door: 'waiting', ...(workshop.guests ? {} : { guest: null }) },
    { _id: 1 },
  )
    .sort({ waitsSince: 1, _id: 1 })
    .lean()
  let count = 0
  for (const each of waiting) {
    const set = { by: actor.userId, only: 'waiting' as const }
    if (await changeDoor(ports, workshop, String(each._id), 'admitted', set)) count++
  }
  return count
}

/**
 * Set somebody's door, with what goes with it in the same transaction. Sockets of theirs are asked for
 * anew, so that they come into what they may and out of what they may not.
 *
 * @param set `only`: not where it stands otherwise by now
 * @returns was it set?
 * @throws AppError `not_found`, `forbidden` for a facilitator's own, `workshop_not_open` as `letIn`
 */
export async function changeDoor(
  ports: Ports,
  workshop: WorkshopRow,
  participantId: string,
  door: Door,
  { by, also, only }: { by: string; also?: (session: ClientSession) => Promise<void>; only?: Door },
): Promise<boolean> {
  const which = { _id: participantId, workshop: workshop._id, partnership: workshop.partnership }
  const known = await WorkshopParticipant.findOne(which).lean()
  if (!known && only) return false
  if (!known) throw new AppError('not_found')
  const isNamed = workshop.facilitators.some((user) => known.user?.equals(user))
  if (door === 'refused' && (isNamed || String(known.user) === by)) throw new AppError('forbidden')
  if (door === 'admitted' && known.guest && !workshop.guests) {
    throw new AppError('workshop_not_open')
  }
  const partnershipId = String(workshop.partnership)
  const isIn = door === 'admitted'
  let freed: Recorded = []
  let isSet = false
  const change = async (session: ClientSession) => {
    freed = []
    const before = await WorkshopParticipant.findOneAndUpdate(
      only ? { ...which, door: only } : which,
      { $set: { door } },
      { session },
    ).lean()
    isSet = before !== null
    if (!before) return
    await also?.(session)
    if (before.door === door && !also) return
    freed = await placeByDoor(ports, workshop, before, isIn, session)
    const kind = isIn ? ('guest:admitted' as const) : ('guest:removed' as const)
    const subject = { workshop: String(workshop._id), participant: participantId }
    await recordAudit(ports, { kind, partnershipId, by, subject }, session)
  }
  // their sockets call again at once, and are let in or not
  const whose = { userId: String(known.user ?? known._id), partnershipId }
  await inOrder(`workshop ${workshop._id}`, () => changeAccess(ports, whose, change))
  announceNotices(ports.bus, freed)
  ports.bus.publish('workshop:door', { workshopId: String(workshop._id), participantId })
  return isSet
}
