import type { ClientSession } from 'mongoose'
import { GuestSession } from '../../models/guest-session'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import { WorkshopPromise, type WorkshopPromiseRow } from '../../models/workshop-promise'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { PromisePage } from '../../shared/learning-views'
import type { AnswerPromise, SavePromise } from '../../shared/schemas/learning'
import { GUEST_DAYS_AFTER } from '../auth/guests'
import type { Ports } from '../ports'
import { demandAmongThem } from './learning-givers'
import { isOpenAfter } from './learning-sheets'
import { demandNoPatientData, recordKept } from './patient-data'
import { inTransaction, inTransactionOrConflict } from './transaction'
import { findWorkshop, participantOf } from './workshop-access'
import { participantFor } from './workshop-attendees'

/** Somebody is asked what has become of it so long after, milliseconds. */
const DAY_MS = 24 * 60 * 60_000
const DUE_MS = 90 * DAY_MS

/**
 * One's own promise of a workshop, and whether one may be made.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`
 */
export async function readPromise(
  { clock }: Ports,
  actor: Actor,
  workshopId: string,
): Promise<PromisePage> {
  const workshop = await findWorkshop(actor, workshopId)
  const row = await ownPromise(actor, workshop)
  // one's own stays one's own
  if (!row) await demandAmongThem(actor, workshop)
  const now = clock.now()
  const promise = row && {
    text: row.text,
    lang: row.lang,
    dueAt: row.dueAt.toISOString(),
    due: isDue(row, now),
    outcome: row.outcome,
    answer: row.answer,
  }
  return { workshop: workshop.title, promise, open: isOpenAfter(workshop, now) }
}

/**
 * Make a promise, or word it anew until its time has come; that time stays. Sent twice it is one.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`, `answers_closed`, `patient_data`,
 *   `too_many_requests`
 */
export async function savePromise(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { text, lang, acknowledged }: SavePromise,
): Promise<void> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('post', actor.userId)
  const { partnership, _id } = workshop
  const now = ports.clock.now()
  const known = await ownPromise(actor, workshop)
  if (!known) await demandAmongThem(actor, workshop)
  const isOpen = known ? !isDue(known, now) : isOpenAfter(workshop, now)
  if (!isOpen) throw new AppError('answers_closed')
  const kept = demandNoPatientData({ text }, { acknowledged }, { text: known?.text })
  const me = await participantFor(actor, workshop, now)
  const fresh = { at: now, dueAt: new Date(now.getTime() + DUE_MS) }
  // they were asked just now, or it was sent from two tabs at once
  await inTransactionOrConflict(async (session) => {
    await WorkshopPromise.updateOne(
      { partnership, workshop: _id, participant: me._id, askedAt: null },
      { $set: { text, lang }, $setOnInsert: fresh },
      { session, upsert: true, setDefaultsOnInsert: true },
    )
    if (actor.guest) await keepGuest(me, known?.dueAt ?? fresh.dueAt, session)
    await recordKept(ports, actor, { partnership, place: { workshop: workshopId }, kept }, session)
  })
}

/**
 * Take a promise back before its time; nothing is left of it.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function withdrawPromise(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<void> {
  const workshop = await findWorkshop(actor, workshopId)
  const row = await ownPromise(actor, workshop)
  if (!row) return
  const { partnership, _id } = row
  await WorkshopPromise.deleteOne({ _id, partnership, askedAt: null, outcome: null })
}

/**
 * Say what has become of one's promise, once its time has come; it may be said anew.
 *
 * @throws AppError `not_found` without a promise, `forbidden`, `answers_closed` before its time,
 *   `patient_data`, `too_many_requests`
 */
export async function answerPromise(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { outcome, answer, acknowledged }: AnswerPromise,
): Promise<void> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('post', actor.userId)
  const row = await ownPromise(actor, workshop)
  if (!row) throw new AppError('not_found')
  const answeredAt = ports.clock.now()
  if (!isDue(row, answeredAt)) throw new AppError('answers_closed')
  const kept = demandNoPatientData({ answer }, { acknowledged }, { answer: row.answer })
  const { partnership, _id } = row
  await inTransaction(async (session) => {
    await WorkshopPromise.updateOne(
      { _id, partnership },
      // the first time: by it the numbers know who came when
      { $set: { outcome, answer, answeredAt: row.answeredAt ?? answeredAt } },
      { session },
    )
    await recordKept(ports, actor, { partnership, place: { workshop: workshopId }, kept }, session)
  })
}

/** A guest can still say what became of it when they are asked: their way in lasts as long. */
async function keepGuest(
  { _id, partnership, workshop }: WorkshopParticipantRow,
  dueAt: Date,
  session: ClientSession,
): Promise<void> {
  await GuestSession.updateMany(
    // nobody's way in is lengthened on a computer that others use
    { participant: _id, partnership, workshop, shared: { $ne: true } },
    { $max: { expiresAt: new Date(dueAt.getTime() + GUEST_DAYS_AFTER * DAY_MS) } },
    { session },
  )
}

/** Asked already, or about to be. */
function isDue({ askedAt, dueAt }: WorkshopPromiseRow, now: Date): boolean {
  return askedAt !== null || dueAt <= now
}

async function ownPromise(
  actor: Actor,
  { _id, partnership }: WorkshopRow,
): Promise<WorkshopPromiseRow | null> {
  const me = await WorkshopParticipant.findOne(participantOf(actor, _id), { _id: 1 }).lean()
  if (!me) return null
  return WorkshopPromise.findOne({ partnership, workshop: _id, participant: me._id }).lean()
}
