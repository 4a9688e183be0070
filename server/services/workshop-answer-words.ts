import type { ClientSession } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import type { ItemBodies, WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import { WorkshopTally } from '../../models/workshop-tally'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { otherLanguage } from '../../shared/languages'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { demandNoPatientData, recordKept } from './patient-data'
import { mayFacilitate, mayTranslate } from './workshop-access'
import { AFTERWARDS_TOO, changeItem } from './workshop-items'

type Poll = WorkshopItemRow<'poll'>

/**
 * Put a translation beside a free answer to a poll, with the translator's name; the answer stays nobody's.
 * Equal answers have one translation; a second one replaces the first.
 *
 * @throws AppError `forbidden` for those who neither write here nor interpret; `not_found` for an answer
 *   that the actor does not see; `patient_data`; as `changeItem`
 */
export async function translateAnswer(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'translate_answer'>,
  me: WorkshopParticipantRow,
): Promise<Poll> {
  if (!(await mayTranslate(actor, workshop))) throw new AppError('forbidden')
  const { item, answer, lang, text } = act
  const at = ports.clock.now()
  const change = async (row: Poll, session: ClientSession) => {
    demandSeen(actor, workshop, row)
    const { _id, partnership, body } = row
    const tally = await WorkshopTally.findOne({ _id, partnership }).session(session).lean()
    const texts = tally?.votes.filter((vote) => vote.text !== '') ?? []
    const isSaid = texts.some((vote) => vote.text === answer && vote.lang === otherLanguage(lang))
    if (!isSaid) throw new AppError('not_found')
    const all = body.translations ?? []
    const known = all.find(({ said }) => said === answer)
    if (known?.text === text && known.by.equals(me._id)) return null
    const before = { text: `${answer}\n${known?.text ?? ''}` }
    const kept = demandNoPatientData({ text }, act, before)
    const place = { workshop: String(workshop._id), item: String(_id) }
    await recordKept(ports, actor, { partnership, place, kept }, session)
    const translations = [
      ...all.filter(({ said }) => said !== answer),
      { said: answer, lang, text, by: me._id, at },
    ]
    const isMissing = texts.some((vote) => translations.every(({ said }) => said !== vote.text))
    const translationAsked = (body.translationAsked ?? false) && isMissing
    return { ...body, translations, translationAsked }
  }
  return changeItem(ports, workshop, { id: item, kind: 'poll' }, change, AFTERWARDS_TOO)
}

/**
 * Ask for a translation of the free answers to a poll; asked again nothing happens.
 *
 * @throws AppError `not_found` where the actor sees none, and as `changeItem`
 */
export async function askAnswers(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  item: string,
): Promise<Poll> {
  const change = (row: Poll): ItemBodies['poll'] | null => {
    demandSeen(actor, workshop, row)
    return row.body.translationAsked ? null : { ...row.body, translationAsked: true }
  }
  return changeItem(ports, workshop, { id: item, kind: 'poll' }, change, AFTERWARDS_TOO)
}

function demandSeen(actor: Actor, workshop: WorkshopRow, { body }: Poll): void {
  const isSeen = body.shown || (mayFacilitate(actor, workshop) && body.status !== 'draft')
  if (body.form !== 'text' || !isSeen) throw new AppError('not_found')
}
