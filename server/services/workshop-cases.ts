import type { ClientSession } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { otherLanguage } from '../../shared/languages'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { demandSeen } from './late-forms'
import { demandNoPatientData, stoodAnywhere } from './patient-data'
import { mayTranslate } from './workshop-access'
import { participantFor } from './workshop-attendees'
import {
  AFTERWARDS_TOO,
  addItem,
  changeItem,
  changeSeveral,
  demandFacilitator,
  TALKING_AND_AFTER,
  WHILE_LIVE,
  WHILE_TALKING,
} from './workshop-items'

type Case = WorkshopItemRow<'case'>
/** What a case says, and its translation. */
const FIELDS = ['setting', 'problem', 'course', 'question'] as const

/**
 * Bring a case, from the de-identified form. What looks like patient data is refused here whatever the
 * sender acknowledges: a case is shown to guests too, and none of its fields has a use for it.
 *
 * @throws AppError `patient_data`; `invalid_input` with `ageBand` for an age instead of a band;
 *   `workshop_over`, `workshop_not_open`
 */
export async function offerCase(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'offer_case'>,
): Promise<Case> {
  const { lang, ageBand, sex, setting, problem, course, question, clientKey } = act
  if (!isBand(ageBand)) throw new AppError('invalid_input', { ageBand: 'band' })
  demandNoPatientData({ setting, problem, course, question }, {})
  const me = await participantFor(actor, workshop, ports.clock.now())
  const body = {
    lang,
    ageBand,
    sex,
    setting,
    problem,
    course,
    question,
    translation: null,
    translationAsked: false,
    deletedAt: null,
    status: 'waiting' as const,
    recommendations: null,
  }
  const fields = { kind: 'case' as const, by: me._id, clientKey, body }
  return addItem(ports, workshop, fields, WHILE_TALKING)
}

/**
 * Take a case on air, or note what was recommended, in whichever language. One at a time is on air: the
 * one before waits again. Without recommendations those noted before stay; other words take their place,
 * and that of their translation. Recommendations may be noted after the workshop too.
 *
 * @throws AppError `forbidden`, `not_found`; `patient_data`, whatever is acknowledged; `conflict` if it
 *   was deleted, or others were noted after the form was opened; as `changeSeveral`
 */
export async function setCase(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'set_case'>,
): Promise<Case> {
  demandFacilitator(actor, workshop)
  const { item, status } = act
  demandNoPatientData({ recommendations: act.recommendations }, {})
  const now = ports.clock.now()
  const me = await participantFor(actor, workshop, now)
  const at = { partnership: workshop.partnership, workshop: workshop._id }
  const ofRoom = { ...at, kind: 'case' as const }
  const change = async (next: () => Promise<number>, session: ClientSession) => {
    const find = async (filter: object) =>
      (await WorkshopItem.find({ ...ofRoom, ...filter })
        .session(session)
        .lean()) as unknown as Case[]
    const store = async (row: Case, part: Partial<ItemBodies['case']>) => {
      const body = { ...row.body, ...part }
      const rev = await next()
      await WorkshopItem.updateOne({ _id: row._id, ...at }, { $set: { body, rev } }, { session })
      return { ...row, body, rev }
    }
    const [found] = await find({ _id: item })
    if (!found) throw new AppError('not_found')
    const { body } = found
    if (body.deletedAt) throw new AppError('conflict')
    const before = body.recommendations
    const words = { text: act.recommendations, lang: act.lang ?? body.lang }
    const isNew = words.text !== '' && (before?.text !== words.text || before.lang !== words.lang)
    if (body.status === status && !isNew) return [found]
    if (isNew) demandSeen(act.seen, before?.text ?? '')
    const recommendations = isNew ? { ...words, by: me._id, at: now, translation: null } : before
    const onAir = { _id: { $ne: found._id }, 'body.status': 'on_air' }
    const changed: Case[] = []
    for (const other of status === 'on_air' ? await find(onAir) : []) {
      changed.push(await store(other, { status: 'waiting' }))
    }
    return [...changed, await store(found, { status, recommendations })]
  }
  // what is on air is so while somebody looks; what was recommended may be noted afterwards
  const states = status === 'on_air' ? WHILE_LIVE : AFTERWARDS_TOO
  await changeSeveral(ports, workshop, change, states)
  const row = await WorkshopItem.findOne({ _id: item, ...ofRoom }).lean()
  if (!row) throw new AppError('not_found')
  return row as unknown as Case
}

/**
 * Put a translation beside a case, field by field, in the other language and with the translator's name;
 * a second one replaces the first. It has the fields that the case has, no more and no fewer.
 *
 * @throws AppError `forbidden` for those who neither write here nor interpret; `not_found`, also for
 *   what was deleted; `invalid_input` for its own language or other fields; `patient_data`; as `changeItem`
 */
export async function translateCase(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item, lang, setting, problem, course, question }: RoomActOf<'translate_case'>,
  me: WorkshopParticipantRow,
): Promise<Case> {
  if (!(await mayTranslate(actor, workshop))) throw new AppError('forbidden')
  const words = { setting, problem, course, question }
  const which = { id: item, kind: 'case' as const }
  const at = ports.clock.now()
  const change = ({ body }: Case): ItemBodies['case'] | null => {
    if (body.deletedAt) throw new AppError('not_found')
    if (lang !== otherLanguage(body.lang)) throw new AppError('invalid_input', { lang: 'other' })
    const other = FIELDS.find((field) => (words[field] === '') !== (body[field] === ''))
    if (other) throw new AppError('invalid_input', { [other]: 'required' })
    const known = body.translation
    const isSame = FIELDS.every((field) => known?.[field] === words[field])
    if (isSame && known?.by.equals(me._id)) return null
    const stood = FIELDS.map((field) => ({ en: body[field], ru: known?.[field] ?? '' }))
    demandNoPatientData(words, {}, stoodAnywhere(words, stood))
    return { ...body, translation: { ...words, lang, by: me._id, at }, translationAsked: false }
  }
  return changeItem(ports, workshop, which, change, TALKING_AND_AFTER)
}

/** `30–39`, `65+`: a single number is an age or a year, which says too much. */
function isBand(text: string): boolean {
  const [, from, to] = /^(\d{1,2})(?:[–-](\d{1,2})|\+)$/.exec(text) ?? []
  return from !== undefined && (to === undefined || Number(to) > Number(from))
}
