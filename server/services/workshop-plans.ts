import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { Membership } from '../../models/membership'
import { Resource } from '../../models/resource'
import type { AgendaRow, ChannelRow, WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import { grantFor, ROLES } from '../../shared/policy'
import type { WorkshopPlan } from '../../shared/schemas/workshops'
import { stoodAnywhere } from './patient-data'
import { mayFacilitate } from './workshop-access'
import { toMoment } from './workshop-series'

/** Roles that may run a workshop, always or where they are named. */
const FACILITATORS = ROLES.filter((role) =>
  ['+', 'o'].includes(grantFor(role, 'workshop:facilitate')),
)

/** What a plan says, as it is stored; `startsAt` and `endsAt` of the first one where it is a series. */
export type PlanFields = Pick<
  WorkshopRow,
  | 'title'
  | 'objectives'
  | 'mode'
  | 'place'
  | 'startsAt'
  | 'endsAt'
  | 'timeZone'
  | 'audience'
  | 'capacity'
  | 'agenda'
  | 'facilitators'
  | 'materials'
  | 'channels'
  | 'waitingRoom'
  | 'guests'
  | 'accreditation'
  | 'recordingConsent'
  | 'fallbacks'
  | 'phone'
>

/**
 * A plan as it is stored. Rows of agenda and channels keep their ids; new ones get ids that follow from
 * the change, so that the same change made twice is the same.
 *
 * @param seed names this change
 */
export function toPlanFields(
  plan: WorkshopPlan,
  before: Record<'agenda' | 'channels', readonly { _id: { toString(): string } }[]> | null,
  seed: string,
): PlanFields {
  const startsAt = toMoment(plan.startsAt, plan.timeZone)
  const agendaIds = takeIds(plan.agenda, before?.agenda ?? [], `${seed} agenda`)
  const channelIds = takeIds(plan.channels, before?.channels ?? [], `${seed} channel`)
  const agenda = plan.agenda.map(
    (row, at): AgendaRow => ({
      _id: agendaIds[at] ?? new Types.ObjectId(),
      minutes: row.minutes,
      title: localized(row.titleEn, row.titleRu),
      speaker: row.speaker ? new Types.ObjectId(row.speaker) : null,
      speakerName: row.speaker ? '' : row.speakerName,
      spoken: row.spoken,
      interpretation: row.interpretation,
      resource: row.resource ? new Types.ObjectId(row.resource) : null,
    }),
  )
  const channels = plan.channels.map(
    (channel, at): ChannelRow => ({
      _id: channelIds[at] ?? new Types.ObjectId(),
      spoken: channel.spoken,
      kind: channel.kind,
      url: channel.kind === 'link' ? (channel.url ?? null) : null,
    }),
  )
  return {
    title: localized(plan.titleEn, plan.titleRu),
    objectives: localized(plan.objectivesEn, plan.objectivesRu),
    mode: plan.mode,
    place: localized(plan.placeEn, plan.placeRu),
    startsAt,
    endsAt: endOf(startsAt, agenda),
    timeZone: plan.timeZone,
    audience: [...new Set(plan.audience)],
    capacity: plan.capacity ?? null,
    agenda,
    facilitators: toIds(plan.facilitators),
    materials: toIds(plan.materials),
    channels,
    waitingRoom: plan.waitingRoom,
    guests: plan.guests,
    accreditation: localized(plan.accreditationEn, plan.accreditationRu),
    recordingConsent: localized(plan.consentEn, plan.consentRu),
    fallbacks: [...new Set(plan.fallbacks)],
    phone: plan.phone,
  }
}

/** An editor runs what they plan; of a coordinator's who named nobody it is theirs. */
export function withFacilitator(
  actor: Actor,
  partnershipId: string,
  fields: PlanFields,
): PlanFields {
  const { facilitators } = fields
  const isNamed = facilitators.some((id) => String(id) === actor.userId)
  const runsAnyway = mayFacilitate(actor, {
    _id: new Types.ObjectId(),
    partnership: new Types.ObjectId(partnershipId),
    facilitators: [],
  })
  const isMember = actor.memberships.some((each) => each.partnershipId === partnershipId)
  if (!isMember || isNamed || (runsAnyway && facilitators.length > 0)) return fields
  return { ...fields, facilitators: [...facilitators, new Types.ObjectId(actor.userId)] }
}

/** When it is over: its beginning and all rows of its agenda. */
export function endOf(startsAt: Date, agenda: readonly Pick<AgendaRow, 'minutes'>[]): Date {
  const minutes = agenda.reduce((sum, row) => sum + row.minutes, 0)
  return new Date(startsAt.getTime() + minutes * 60_000)
}

/** The texts of a plan by the names of their fields, for the guard against patient data. */
export function textsOf(plan: WorkshopPlan): Record<string, string> {
  const { titleEn, titleRu, objectivesEn, objectivesRu, placeEn, placeRu, consentEn, consentRu } =
    plan
  const rows = plan.agenda.flatMap((row, at) => [
    [`agenda.${at}.titleEn`, row.titleEn] as const,
    [`agenda.${at}.titleRu`, row.titleRu] as const,
  ])
  return {
    ...{ titleEn, titleRu, objectivesEn, objectivesRu, placeEn, placeRu, consentEn, consentRu },
    ...Object.fromEntries(rows),
  }
}

/** Those of a form that are in the plan it became: of one that is joined not all are (`joinPlans`). */
export function textsSaid(plan: WorkshopPlan, fields: PlanFields): Record<string, string> {
  const said = new Set(textsIn(fields).flatMap(({ en, ru }) => [en, ru]))
  return Object.fromEntries(Object.entries(textsOf(plan)).filter(([, text]) => said.has(text)))
}

/** The same of a stored plan: what stood there already is not asked about again. */
export function textsBefore(row: PlanFields, plan: WorkshopPlan) {
  return stoodAnywhere(textsOf(plan), textsIn(row))
}

function textsIn({ title, objectives, place, recordingConsent, agenda }: PlanFields) {
  return [title, objectives, place, recordingConsent, ...agenda.map((row) => row.title)]
}

/**
 * Whoever is named must be there and able to do it, and whatever is shown must be the partnership's own.
 * What was in the plan before may stay.
 *
 * @throws AppError `invalid_input` with the field
 */
export async function demandOwn(
  partnership: string,
  fields: PlanFields,
  before: PlanFields | null,
): Promise<void> {
  const { agenda } = fields
  const speakers = agenda.flatMap(({ speaker }) => speaker ?? [])
  const shown = [...fields.materials, ...agenda.flatMap(({ resource }) => resource ?? [])]
  const known = new Set(
    before
      ? [
          ...before.agenda.flatMap(({ speaker, resource }) => [speaker, resource]),
          ...before.materials,
        ].map(String)
      : [],
  )
  const [members, resources] = await Promise.all([
    Membership.find(
      { partnership, user: { $in: [...fields.facilitators, ...speakers] }, status: 'active' },
      { user: 1, role: 1 },
    ).lean(),
    Resource.find({ partnership, _id: { $in: shown } }, { _id: 1 }).lean(),
  ])
  const roles = new Map(members.map(({ user, role }) => [String(user), role]))
  const able = (id: Types.ObjectId) => {
    const role = roles.get(String(id))
    return role !== undefined && FACILITATORS.includes(role)
  }
  const there = new Set(resources.map(({ _id }) => String(_id)))
  if (!fields.facilitators.every(able))
    throw new AppError('invalid_input', { facilitators: 'unknown' })
  const isSpeaker = (id: Types.ObjectId | null) =>
    !id || roles.has(String(id)) || known.has(String(id))
  const isShowable = (id: Types.ObjectId | null) =>
    !id || there.has(String(id)) || known.has(String(id))
  const wrong = [
    ...agenda.flatMap(({ speaker, resource }, at) => [
      ...(isSpeaker(speaker) ? [] : [`agenda.${at}.speaker`]),
      ...(isShowable(resource) ? [] : [`agenda.${at}.resource`]),
    ]),
    ...(fields.materials.every(isShowable) ? [] : ['materials']),
  ]
  if (wrong.length === 0) return
  throw new AppError('invalid_input', Object.fromEntries(wrong.map((field) => [field, 'unknown'])))
}

function toIds(ids: readonly string[]): Types.ObjectId[] {
  return [...new Set(ids)].map((id) => new Types.ObjectId(id))
}

/** Ids of rows: those that the plan had, each once; the others are made. */
function takeIds(
  rows: readonly { id?: string | undefined }[],
  before: readonly { _id: { toString(): string } }[],
  seed: string,
): Types.ObjectId[] {
  const free = new Set(before.map(({ _id }) => String(_id)))
  return rows.map(({ id }, at) => {
    if (id && free.delete(id)) return new Types.ObjectId(id)
    const digest = createHash('sha256').update(`${seed} ${at}`).digest('hex')
    return new Types.ObjectId(digest.slice(0, 24))
  })
}
