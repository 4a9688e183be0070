import type { WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { demandNoPatientData } from './patient-data'
import { participantFor } from './workshop-attendees'
import { addItem, changeSeveral, demandFacilitator, WHILE_TALKING } from './workshop-items'

type Case = WorkshopItemRow<'case'>

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
    recommendations: '',
  }
  const fields = { kind: 'case' as const, by: me._id, clientKey, body }
  return addItem(ports, workshop, fields, WHILE_TALKING)
}

/**
 * Take a case on air, or note what was recommended. One at a time is on air: the one before waits
 * again. Without recommendations those noted before stay.
 *
 * @throws AppError `forbidden`, `not_found`; `patient_data`, whatever is acknowledged; `conflict` if it
 *   was deleted; as `changeSeveral`
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
  const at = { partnership: workshop.partnership, workshop: workshop._id }
  const ofRoom = { ...at, kind: 'case' as const }
  await changeSeveral(ports, workshop, async (next, session) => {
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
    const recommendations = act.recommendations || body.recommendations
    if (body.status === status && body.recommendations === recommendations) return []
    const onAir = { _id: { $ne: found._id }, 'body.status': 'on_air' }
    const changed: Case[] = []
    for (const other of status === 'on_air' ? await find(onAir) : []) {
      changed.push(await store(other, { status: 'waiting' }))
    }
    return [...changed, await store(found, { status, recommendations })]
  })
  const row = await WorkshopItem.findOne({ _id: item, ...ofRoom }).lean()
  if (!row) throw new AppError('not_found')
  return row as unknown as Case
}

/** `30–39`, `65+`: a single number is an age or a year, which says too much. */
function isBand(text: string): boolean {
  const [, from, to] = /^(\d{1,2})(?:[–-](\d{1,2})|\+)$/.exec(text) ?? []
  return from !== undefined && (to === undefined || Number(to) > Number(from))
}
