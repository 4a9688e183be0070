import { type ClientSession, Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { QuestionStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { demandSeen } from './late-forms'
import { demandNoPatientData, recordKept } from './patient-data'
import { participantFor } from './workshop-attendees'
import {
  AFTERWARDS_TOO,
  addItem,
  changeItem,
  changeSeveral,
  demandPresents,
  demandStatus,
  WHILE_TALKING,
} from './workshop-items'
import { countVote, setTally, voteOf, withdrawVote } from './workshop-tallies'
import { voterOf } from './workshop-voters'

type Question = WorkshopItemRow<'question'>

/**
 * Ask the room something; others may vote for it from then on.
 *
 * @throws AppError `patient_data`, `workshop_over`, `workshop_not_open`
 */
export async function askQuestion(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'ask'>,
): Promise<Question> {
  const me = await participantFor(actor, workshop, ports.clock.now())
  const { text, lang, clientKey } = act
  const body = {
    lang,
    text,
    translation: null,
    translationAsked: false,
    deletedAt: null,
    status: 'open' as const,
    answer: null,
    thread: null,
  }
  const fields = { kind: 'question' as const, by: me._id, clientKey, body }
  return addItem(ports, workshop, fields, WHILE_TALKING, async (id, session) => {
    const kept = demandNoPatientData({ text }, act)
    await setTally(placeOf(workshop, id), 'question', true, session)
    await keep(ports, actor, workshop, { id, kept }, session)
  })
}

/**
 * Answer a question: said aloud, noted in a few words or none, or in writing. Said or written again it
 * takes the place of the answer before, with the name of whoever gives it now: a facilitator, or whoever
 * presents; after the workshop too.
 *
 * @throws AppError `forbidden`, `not_found`, `patient_data`; `invalid_input` for a written answer
 *   without words; `conflict` if the question was deleted, or answered by somebody else after the form
 *   was opened; as `changeItem`
 */
export async function answerQuestion(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'answer'>,
  me: WorkshopParticipantRow,
): Promise<Question> {
  demandPresents(actor, workshop, me)
  const { item, how, lang, text } = act
  if (how === 'written' && text === '') throw new AppError('invalid_input', { text: 'required' })
  const now = ports.clock.now()
  const change = async (row: Question, session: ClientSession) => {
    const { body, _id } = row
    if (body.deletedAt) throw new AppError('conflict')
    const before = body.answer
    const isSame = before?.how === how && before.lang === lang && before.text === text
    if (isSame && body.status === 'answered') return null
    if (!isSame) demandSeen(act.seen, before?.text ?? '')
    const kept = demandNoPatientData({ text }, act, { text: before?.text })
    await keep(ports, actor, workshop, { id: _id, kept }, session)
    await setTally(row, 'question', false, session)
    const answer = isSame ? before : { how, lang, text, by: me._id, at: now, translation: null }
    return { ...body, status: 'answered' as const, answer }
  }
  const which = { id: item, kind: 'question' as const }
  return changeItem(ports, workshop, which, change, AFTERWARDS_TOO)
}

/**
 * Say how it stands with a question. One at a time is on air: the one before is open again.
 *
 * @throws AppError `forbidden`, `not_found`; `conflict` if it was deleted; as `changeSeveral`
 */
export async function setQuestion(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item, status }: RoomActOf<'set_question'>,
  me: WorkshopParticipantRow,
): Promise<Question> {
  demandPresents(actor, workshop, me)
  const at = { partnership: workshop.partnership, workshop: workshop._id }
  const ofRoom = { ...at, kind: 'question' as const }
  await changeSeveral(ports, workshop, async (next, session) => {
    const found = await findQuestion({ ...ofRoom, _id: item }, session)
    if (found.body.deletedAt) throw new AppError('conflict')
    if (found.body.status === status) return [found]
    const change = async (row: Question, now: QuestionStatus) => {
      await setTally(row, 'question', now === 'open' || now === 'on_air', session)
      const body = { ...row.body, status: now }
      const rev = await next()
      await WorkshopItem.updateOne({ _id: row._id, ...at }, { $set: { body, rev } }, { session })
      return { ...row, body, rev }
    }
    const onAir = { ...ofRoom, 'body.status': 'on_air' }
    const others = status === 'on_air' ? await findQuestions(onAir, session) : []
    const changed: Question[] = []
    for (const other of others) changed.push(await change(other, 'open'))
    changed.push(await change(found, status))
    return changed
  })
  return findQuestion({ ...ofRoom, _id: item })
}

async function findQuestions(filter: object, session?: ClientSession): Promise<Question[]> {
  const rows = await WorkshopItem.find(filter)
    .session(session ?? null)
    .lean()
  return rows as unknown as Question[]
}

async function findQuestion(filter: object, session?: ClientSession): Promise<Question> {
  const [row] = await findQuestions(filter, session)
  if (!row) throw new AppError('not_found')
  return row
}

/**
 * Vote for somebody else's question, or no longer; said again it changes nothing. The votes are a count
 * of their own and leave the room's number alone.
 *
 * @returns null: the item itself is as it was
 * @throws AppError `not_found`; `forbidden` for one's own; `conflict` once it is answered, set aside or
 *   deleted; `workshop_over`, `workshop_not_open`
 */
export async function upvote(
  ports: Ports,
  _actor: Actor,
  workshop: WorkshopRow,
  { item, on }: RoomActOf<'upvote'>,
  me: Pick<WorkshopParticipantRow, '_id'>,
): Promise<null> {
  const { partnership, _id, status } = workshop
  const isAsMeant = async (at: Question['_id']) => {
    const known = await voteOf({ _id: at, partnership, workshop: _id }, voterOf(ports, at, me._id))
    return (known !== null) === on
  }
  // after the end all that is left to say is that it was counted
  if (status === 'closed' && (await isAsMeant(new Types.ObjectId(item)))) return null
  demandStatus(workshop, WHILE_TALKING)
  const which = { _id: item, partnership, workshop: _id, kind: 'question' }
  const row = await findQuestion(which)
  if (row.by?.equals(me._id)) throw new AppError('forbidden')
  if (row.body.deletedAt) throw new AppError('conflict')
  const voter = voterOf(ports, row._id, me._id)
  const vote = { voter, choices: [], text: '', lang: null, at: ports.clock.now() }
  const isChanged = await (on ? countVote(row, vote) : withdrawVote(row, voter))
  if (!isChanged && !(await isAsMeant(row._id))) throw new AppError('conflict')
  // said again, the word of it may have got lost
  ports.bus.publish('workshop:voted', { workshopId: String(_id), itemId: item })
  return null
}

function placeOf({ partnership, _id }: WorkshopRow, id: Types.ObjectId) {
  return { _id: id, partnership, workshop: _id }
}

type Kept = { id: Types.ObjectId; kept: ReturnType<typeof demandNoPatientData> }

function keep(
  ports: Ports,
  actor: Actor,
  { partnership, _id }: WorkshopRow,
  { id, kept }: Kept,
  session: ClientSession,
): Promise<void> {
  const place = { workshop: String(_id), item: String(id) }
  return recordKept(ports, actor, { partnership, place, kept }, session)
}
