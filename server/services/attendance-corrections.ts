import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { type CorrectionRow, WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { AttendanceChange } from '../../shared/schemas/afterwards'
import type { Ports } from '../ports'
import { isAttending } from './attendance-members'
import { enoughMinutes, holdAttendance, unseenOf, wholeMinutes } from './attenders'
import { recordAudit } from './audit'
import { revokeIn } from './certificate-revoking'
import { demandNoPatientData, recordKept } from './patient-data'
import { inTransaction, inTransactionOrConflict } from './transaction'
import { findFacilitated } from './workshop-access'
import { minutesOf } from './workshop-attendance'
import { participantFor } from './workshop-attendees'

type ChangeOf<I extends AttendanceChange['intent']> = Extract<AttendanceChange, { intent: I }>

/** Each is a fact of its own in the record; what else is written in a room waits for no more of them. */
const AT_ONCE = 25

/**
 * Say how long somebody was there; with `measured` what was measured counts again. The person's row
 * and the record tell that it was corrected, and by whom; a certificate that it is too short for ends.
 *
 * @throws AppError `not_found`, `forbidden`, `patient_data`, `workshop_not_open` before the beginning
 */
export async function correctAttendance(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  change: ChangeOf<'correct'> | ChangeOf<'measured'>,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findStarted(actor, workshopId, partnershipId)
  const isCorrected = change.intent === 'correct'
  const kept = isCorrected ? demandNoPatientData({ note: change.note }, change) : []
  const correction = isCorrected ? wordOf(ports, actor, change.minutes, change.note) : null
  const { partnership, _id } = workshop
  await inTransaction(async (session) => {
    const held = await holdAttendance(workshop, session)
    const row = await WorkshopParticipant.findOneAndUpdate(
      { _id: change.participant, partnership, workshop: _id },
      { $set: { correction } },
      { session, returnDocument: 'after' },
    ).lean()
    if (!held || !row) throw new AppError('not_found')
    if (minutesOf(row, held) < enoughMinutes(held)) {
      await revokeIn(ports, held, row._id, actor.userId, session)
    }
    const place = { workshop: workshopId }
    await recordKept(ports, actor, { partnership, place, kept }, session)
    await recordCorrection(ports, actor, workshop, change.participant, session)
  })
}

/**
 * Of those who are registered and whom nobody has seen in the room: they were there, for all of it.
 * Whoever has come or been corrected meanwhile stays as they are.
 *
 * @returns how many were written down now
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open` before the beginning
 */
export async function markThere(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { participants }: ChangeOf<'there'>,
  partnershipId?: string,
): Promise<{ marked: number }> {
  const workshop = await findStarted(actor, workshopId, partnershipId)
  let marked = 0
  for (let from = 0; from < participants.length; from += AT_ONCE) {
    const those = participants.slice(from, from + AT_ONCE)
    marked += await inTransaction(async (session) => {
      const held = await holdAttendance(workshop, session)
      if (!held) throw new AppError('not_found')
      const rows = await WorkshopParticipant.find(
        { ...unseenOf(held), _id: { $in: those } },
        { _id: 1 },
      )
        .session(session)
        .lean()
      const ids = rows.map(({ _id }) => _id)
      const correction = wordOf(ports, actor, wholeMinutes(held))
      const { partnership, _id } = held
      await WorkshopParticipant.updateMany(
        { _id: { $in: ids }, partnership, workshop: _id },
        { $set: { correction } },
        { session },
      )
      for (const id of ids) await recordCorrection(ports, actor, held, String(id), session)
      return ids.length
    })
  }
  return { marked }
}

/**
 * Write down somebody who was there without a device and without a place. Sent again with the same key
 * it is the same person.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open`
 */
export async function addAttender(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { name, cadre, institution, minutes, lang, clientKey }: ChangeOf<'add'>,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findStarted(actor, workshopId, partnershipId)
  const { partnership, _id: id, timeZone } = workshop
  const participant = idBy(actor, workshop, clientKey)
  // the page was in the facilitator's language, the name is in its own
  const script = /\p{Script=Cyrillic}/u.test(name) ? 'ru' : lang
  const guest = { name, email: null, lang: script, timeZone, institution }
  const correction = wordOf(ports, actor, minutes)
  const fields = { user: null, guest, registration: 'none', cadre, correction } as const
  await inTransaction(async (session) => {
    const { upsertedCount } = await WorkshopParticipant.updateOne(
      { _id: participant, partnership, workshop: id },
      { $setOnInsert: { ...fields, createdAt: correction.at } },
      { session, upsert: true, setDefaultsOnInsert: true },
    )
    if (upsertedCount > 0)
      await recordCorrection(ports, actor, workshop, String(participant), session)
  })
}

/**
 * Write down a member who was there without a device and without a place. Whoever has come or been
 * written down meanwhile stays as they are; sent again with the same key it is done once.
 *
 * @throws AppError `not_found` (also for somebody who may not take part, runs the workshop or was turned
 *   away), `forbidden`, `patient_data`, `workshop_not_open`, `conflict` while they come in
 */
export async function addMember(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  change: ChangeOf<'member'>,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findStarted(actor, workshopId, partnershipId)
  const { user, minutes, note, clientKey } = change
  const kept = demandNoPatientData({ note }, change)
  const correction = wordOf(ports, actor, minutes, note)
  const made = idBy(actor, workshop, `${clientKey} ${user}`)
  await inTransactionOrConflict(async (session) => {
    const held = await holdAttendance(workshop, session)
    if (!held || !(await isAttending(held, user, session))) throw new AppError('not_found')
    const { partnership, _id } = held
    if (await WorkshopParticipant.exists({ _id: made, partnership }).session(session)) return
    const row = await participantFor({ userId: user }, held, correction.at, session, made)
    if (row.door === 'refused') throw new AppError('not_found')
    if (row.stays.length > 0 || row.correction) return
    await WorkshopParticipant.updateOne(
      { _id: row._id, partnership, workshop: _id },
      { $set: { correction } },
      { session },
    )
    const place = { workshop: workshopId }
    await recordKept(ports, actor, { partnership, place, kept }, session)
    await recordCorrection(ports, actor, held, String(row._id), session)
  })
}

/** Of somebody's place that one sending makes: the same again, when it is sent again. */
function idBy({ userId }: Actor, { _id }: WorkshopRow, key: string): Types.ObjectId {
  const hash = createHash('sha256').update(`${_id} ${userId} ${key}`).digest('hex')
  return new Types.ObjectId(hash.slice(0, 24))
}

async function findStarted(
  actor: Actor,
  workshopId: string,
  partnershipId: string | undefined,
): Promise<WorkshopRow> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  if (workshop.status !== 'live' && workshop.status !== 'closed') {
    throw new AppError('workshop_not_open')
  }
  return workshop
}

function wordOf(
  { clock }: Pick<Ports, 'clock'>,
  { userId }: Actor,
  minutes: number,
  note = '',
): CorrectionRow {
  return { minutes, by: new Types.ObjectId(userId), at: clock.now(), note }
}

function recordCorrection(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  participant: string,
  session: ClientSession,
): Promise<void> {
  const fact = {
    kind: 'attendance:corrected' as const,
    partnershipId: String(workshop.partnership),
    by: actor.userId,
    subject: { workshop: String(workshop._id), participant },
  }
  return recordAudit(ports, fact, session)
}
