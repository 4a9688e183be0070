import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { Certificate } from '../../models/certificate'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { AttendanceRowView, AttendanceView, CountView } from '../../shared/after-views'
import { AppError } from '../../shared/errors'
import { type AttendanceChange, ENOUGH_PERCENT, PEOPLE_MOST } from '../../shared/schemas/afterwards'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { revokeIn } from './certificate-revoking'
import { demandNoPatientData, recordKept } from './patient-data'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'
import { minutesOf } from './workshop-attendance'
import { toAttendees } from './workshop-attendees'
import { openMinutes, usualMinutes } from './workshop-spans'

type ChangeOf<I extends AttendanceChange['intent']> = Extract<AttendanceChange, { intent: I }>

/** Minutes that the agenda takes. */
export function plannedMinutes({ startsAt, endsAt }: Pick<WorkshopRow, 'startsAt' | 'endsAt'>) {
  return Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000)
}

/** Minutes that are enough for a certificate. */
export function enoughMinutes(row: Pick<WorkshopRow, 'startsAt' | 'endsAt'>): number {
  return Math.ceil((plannedMinutes(row) * ENOUGH_PERCENT) / 100)
}

/** Hours that a certificate shows: half hours are told apart, and nobody has fewer. */
export function hoursFor(minutes: number): number {
  return Math.max(0.5, Math.round(minutes / 30) / 2)
}

/** Everybody who was there, by joining or by a facilitator's word. */
export async function attendersOf(row: WorkshopRow) {
  const rows = await WorkshopParticipant.find({
    partnership: row.partnership,
    workshop: row._id,
    $or: [{ 'stays.0': { $exists: true } }, { correction: { $ne: null } }],
  })
    .limit(PEOPLE_MOST)
    .lean()
  // whoever looked in for some seconds stands there with none, to be corrected
  return rows.map((participant) => ({ participant, minutes: minutesOf(participant, row) }))
}

/**
 * Who was there and for how long, for those who run the workshop.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readAttendance(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<AttendanceView> {
  return attendanceOf(await findFacilitated(actor, workshopId, partnershipId))
}

/** The same, for those who have found the workshop already. */
export async function attendanceOf(workshop: WorkshopRow): Promise<AttendanceView> {
  const attenders = await attendersOf(workshop)
  const [attendees, certificates] = await Promise.all([
    toAttendees(
      workshop,
      attenders.map(({ participant }) => participant),
    ),
    Certificate.find({ partnership: workshop.partnership, workshop: workshop._id }).lean(),
  ])
  const issued = new Map(certificates.map((row) => [String(row.participant), row]))
  const enough = enoughMinutes(workshop)
  const rows = attenders.flatMap(({ participant, minutes }): AttendanceRowView[] => {
    const attendee = attendees.get(String(participant._id))
    const certificate = issued.get(String(participant._id))
    if (!attendee) return []
    const { correction, stays, cadre, institution, user } = participant
    const first = stays.map(({ from }) => from).toSorted((a, b) => Number(a) - Number(b))[0]
    const last = stays
      .map(({ to, seenAt }) => to ?? seenAt)
      .toSorted((a, b) => Number(b) - Number(a))[0]
    return [
      {
        attendee,
        cadre,
        institution: institution ?? guestInstitution(participant),
        guest: user === null,
        minutes,
        measured: minutesOf({ stays, correction: null }, workshop),
        correction: correction && { note: correction.note, at: correction.at.toISOString() },
        from: first?.toISOString() ?? null,
        to: last?.toISOString() ?? null,
        enough: minutes >= enough,
        certificate: certificate
          ? {
              code: certificate.code,
              revoked: certificate.revokedAt !== null,
              outdated: certificate.revokedAt === null && certificate.hours !== hoursFor(minutes),
            }
          : null,
      },
    ]
  })
  // whoever only looked in is on the list, to be corrected, and is counted nowhere
  const attended = rows.filter(({ minutes }) => minutes > 0)
  return {
    planned: plannedMinutes(workshop),
    enough,
    overrun: overrunOf(workshop),
    rows: rows.toSorted((a, b) => b.minutes - a.minutes),
    people: attended.length,
    byCadre: countBy(attended, ({ cadre }) => ({ key: cadre ?? 'other', label: null })),
    byInstitution: countBy(attended, ({ institution }) => ({
      key: institution?.en ?? institution?.ru ?? '',
      label: institution,
    })),
    isOver: workshop.status === 'closed',
  }
}

/** Null where the room was closed about as planned: nothing is to be asked. */
function overrunOf(workshop: WorkshopRow): AttendanceView['overrun'] {
  const open = openMinutes(workshop)
  const usual = usualMinutes(workshop)
  if (open === null || open <= usual) return null
  return { open, credited: workshop.lasted ?? usual, said: (workshop.lasted ?? null) !== null }
}

/** How many, and their minutes together, largest group first. */
export function countBy<T extends { minutes: number }>(
  rows: readonly T[],
  groupOf: (row: T) => Pick<CountView, 'key' | 'label'>,
): CountView[] {
  const groups = new Map<string, CountView>()
  for (const row of rows) {
    const { key, label } = groupOf(row)
    const known = groups.get(key) ?? { key, label, count: 0, minutes: 0 }
    groups.set(key, { ...known, count: known.count + 1, minutes: known.minutes + row.minutes })
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
}

function guestInstitution({ guest }: WorkshopParticipantRow) {
  return guest?.institution ? { [guest.lang]: guest.institution } : null
}

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
  const correction = isCorrected
    ? {
        minutes: change.minutes,
        by: new Types.ObjectId(actor.userId),
        at: ports.clock.now(),
        note: change.note,
      }
    : null
  const { partnership, _id } = workshop
  await inTransaction(async (session) => {
    const row = await WorkshopParticipant.findOneAndUpdate(
      { _id: change.participant, partnership, workshop: _id },
      { $set: { correction } },
      { session, returnDocument: 'after' },
    ).lean()
    if (!row) throw new AppError('not_found')
    if (minutesOf(row, workshop) < enoughMinutes(workshop)) {
      await revokeIn(ports, workshop, row._id, actor.userId, session)
    }
    const place = { workshop: workshopId }
    await recordKept(ports, actor, { partnership, place, kept }, session)
    await recordCorrection(ports, actor, workshop, change.participant, session)
  })
}

/**
 * Write down somebody who was there without a device. Sent again with the same key it is the same person.
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
  const key = createHash('sha256').update(`${id} ${actor.userId} ${clientKey}`).digest('hex')
  const participant = new Types.ObjectId(key.slice(0, 24))
  const at = ports.clock.now()
  // the page was in the facilitator's language, the name is in its own
  const script = /\p{Script=Cyrillic}/u.test(name) ? 'ru' : lang
  const guest = { name, email: null, lang: script, timeZone, institution }
  const correction = { minutes, by: new Types.ObjectId(actor.userId), at, note: '' }
  await inTransaction(async (session) => {
    const { upsertedCount } = await WorkshopParticipant.updateOne(
      { _id: participant, partnership, workshop: id },
      {
        $setOnInsert: { user: null, guest, registration: 'none', cadre, correction, createdAt: at },
      },
      { session, upsert: true, setDefaultsOnInsert: true },
    )
    if (upsertedCount > 0)
      await recordCorrection(ports, actor, workshop, String(participant), session)
  })
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

function recordCorrection(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  participant: string,
  session: Parameters<typeof recordAudit>[2],
): Promise<void> {
  const fact = {
    kind: 'attendance:corrected' as const,
    partnershipId: String(workshop.partnership),
    by: actor.userId,
    subject: { workshop: String(workshop._id), participant },
  }
  return recordAudit(ports, fact, session)
}
