import type { ClientSession, Types } from 'mongoose'
import { Export } from '../../models/export'
import { Membership } from '../../models/membership'
import { Purge } from '../../models/purge'
import { TranslationRequest } from '../../models/translation-request'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { cutOut } from '../../shared/patient-data/cut-out'
import type { PurgePlace } from '../../shared/schemas/purges'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { dropExport } from './exports'

/** What of a place is removed: passages, or (null) everything there. */
export type Passages = readonly string[] | null

export type Purging = {
  partnership: Types.ObjectId
  what: PurgePlace
  of: Types.ObjectId
  within: Types.ObjectId | null
  /** For the record: ids by what they are of. */
  subject: Readonly<Record<string, string>>
}

/** In the purge's transaction: that it happened, for the place and for the record. Never what it was. */
export async function recordPurge(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  { subject, ...place }: Purging,
  count: number,
  session: ClientSession,
): Promise<void> {
  const by = actor.userId
  await Purge.create([{ ...place, count, by, at: ports.clock.now(), done: true }], { session })
  await recordPurgeFact(ports, actor, { subject, ...place }, count, session)
}

export async function recordPurgeFact(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  { partnership, what, subject }: Purging,
  count: number,
  session: ClientSession,
): Promise<void> {
  const fact = {
    kind: 'passage:purged' as const,
    partnershipId: String(partnership),
    by: actor.userId,
    subject,
    detail: { what, count: String(count) },
  }
  await recordAudit(ports, fact, session)
}

/** What was asked for of a thing may quote it: notes of its requests, open or over. */
export async function cutNotes(
  session: ClientSession,
  thing: { partnership: Types.ObjectId; targetId: Types.ObjectId },
  passages: Passages,
): Promise<number> {
  const noted = { ...thing, note: { $ne: null } }
  const rows = await TranslationRequest.find(noted).session(session).lean()
  let count = 0
  for (const { _id, note, to } of rows) {
    const cut = passages ? cutOut(note ?? '', passages, to) : { text: null, count: 1 }
    if (cut.count === 0) continue
    count += cut.count
    const at = { _id, partnership: thing.partnership }
    await TranslationRequest.updateOne(at, { $set: { note: cut.text } }, { session })
  }
  return count
}

/** Of one place, newest first; `base` of a form is the newest one when it was opened. */
export const PURGES_NEWEST = { at: -1, _id: -1 } as const

/** Removals that whoever sees a place is told of; posts say it themselves. */
export function purgesOf(partnership: Types.ObjectId | string, id: Types.ObjectId) {
  const which = { partnership, done: true, what: { $ne: 'post' as const } }
  return { ...which, $or: [{ of: id }, { within: id }] }
}

/**
 * In the transaction that writes what a form brings: a form from before a removal still holds what was
 * removed.
 *
 * @param base the newest removal that the form knew of; absent: none
 * @throws AppError `conflict`
 */
export async function refusePurged(
  session: ClientSession,
  { partnership, _id }: { partnership: Types.ObjectId; _id: Types.ObjectId },
  base: string | undefined,
): Promise<void> {
  const newest = await Purge.findOne(purgesOf(partnership, _id), { _id: 1 })
    .sort(PURGES_NEWEST)
    .session(session)
    .lean()
  if (newest && String(newest._id) !== base) throw new AppError('conflict')
}

/** Archives that were made before still hold what was removed: they go, and are asked for anew. */
export async function dropStaleExports(
  ports: Pick<Ports, 'clock'>,
  partnership: Types.ObjectId,
): Promise<void> {
  const users = await Membership.distinct('user', { partnership })
  await dropExports(ports, { $or: [{ partnership }, { kind: 'own', user: { $in: users } }] })
}

/**
 * The same where words of a workshop are taken away: they are in archives of the partnership, and in
 * nobody's own.
 */
export function dropStaleArchives(
  ports: Pick<Ports, 'clock'>,
  partnership: Types.ObjectId,
): Promise<void> {
  return dropExports(ports, { partnership })
}

async function dropExports({ clock }: Pick<Ports, 'clock'>, which: object): Promise<void> {
  for (const { _id } of await Export.find(which, { _id: 1 }).lean()) {
    await dropExport(_id, clock.now())
  }
}
