import type { ClientSession, Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import type { ItemBodies, WorkshopItemRow } from '../../models/workshop-item'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { demandNoPatientData, recordKept } from './patient-data'
import { dropStaleArchives } from './purge-rows'
import { participantFor } from './workshop-attendees'
import {
  AFTERWARDS_TOO,
  addItem,
  BEFORE_AND_LIVE,
  changeItem,
  demandFacilitator,
} from './workshop-items'
import { blankVotes, setTally } from './workshop-tallies'

type Poll = WorkshopItemRow<'poll'>
type Asked = RoomActOf<'make_poll'> | RoomActOf<'change_poll'>

/**
 * Make a poll or a quiz ready; nobody but facilitators sees it until it is opened.
 *
 * @throws AppError `forbidden`, `patient_data`, `workshop_over`; `invalid_input` by field: `promptEn`,
 *   `options`, `right`
 */
export async function makePoll(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'make_poll'>,
): Promise<Poll> {
  demandFacilitator(actor, workshop)
  const me = await participantFor(actor, workshop, ports.clock.now())
  const body = { ...askedIn(act), status: 'draft' as const, shown: false }
  const fields = { kind: 'poll' as const, by: me._id, clientKey: act.clientKey, body }
  return addItem(ports, workshop, fields, BEFORE_AND_LIVE, (id, session) =>
    guard(ports, actor, workshop, { id, act, before: {} }, session),
  )
}

/**
 * Say it otherwise, while nobody has seen it.
 *
 * @throws AppError as `makePoll`; `not_found`; `conflict` once it has been opened
 */
export async function changePoll(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'change_poll'>,
): Promise<Poll> {
  demandFacilitator(actor, workshop)
  const asked = askedIn(act)
  const which = { id: act.item, kind: 'poll' as const }
  const change = async (row: Poll, session: ClientSession) => {
    const { status, shown, ...known } = row.body
    if (status !== 'draft') throw new AppError('conflict')
    if (JSON.stringify(wordsOf(known)) === JSON.stringify(wordsOf(asked))) return null
    await guard(ports, actor, workshop, { id: row._id, act, before: textsOf(known) }, session)
    return { ...asked, status, shown }
  }
  return changeItem(ports, workshop, which, change, BEFORE_AND_LIVE)
}

/**
 * Take answers from now on; a closed poll may be opened again, and what it had counted stays. Its
 * results are out of sight again until they are shown anew.
 *
 * @throws AppError `forbidden`, `not_found`, as `changeItem`
 */
export async function openPoll(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item }: RoomActOf<'open_poll'>,
): Promise<Poll> {
  demandFacilitator(actor, workshop)
  return changeItem(ports, workshop, { id: item, kind: 'poll' }, async (row, session) => {
    if (row.body.status === 'open') return null
    await setTally(row, 'poll', true, session)
    return { ...row.body, status: 'open', shown: false }
  })
}

/**
 * Take no more answers. What was acknowledged before is counted: the tally closes in the transaction
 * of this change, and a vote is one change of the same row.
 *
 * @throws AppError `forbidden`, `not_found`; `conflict` for one that was never open; as `changeItem`
 */
export async function closePoll(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item }: RoomActOf<'close_poll'>,
): Promise<Poll> {
  demandFacilitator(actor, workshop)
  return changeItem(ports, workshop, { id: item, kind: 'poll' }, async (row, session) => {
    if (row.body.status === 'draft') throw new AppError('conflict')
    if (row.body.status === 'closed') return null
    await setTally(row, 'poll', false, session)
    return { ...row.body, status: 'closed' }
  })
}

/**
 * Show everybody how it stands, or no longer. Results are part of the item: while it is open they
 * follow the votes (workshop-poll-results.ts), and those who run the room see them all the while. They
 * may be shown after the workshop as well.
 *
 * @throws AppError `forbidden`, `not_found`; `conflict` for one that was never open; as `changeItem`
 */
export async function showResults(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item, on }: RoomActOf<'show_results'>,
): Promise<Poll> {
  demandFacilitator(actor, workshop)
  const which = { id: item, kind: 'poll' as const }
  const change = ({ body }: Poll) => {
    if (body.status === 'draft') throw new AppError('conflict')
    return body.shown === on ? null : { ...body, shown: on }
  }
  return changeItem(ports, workshop, which, change, AFTERWARDS_TOO)
}

/**
 * Take the words out of a free answer, wherever they are shown; also after the workshop, when somebody
 * sees what ought not to be there. It stays counted, and nobody's; the record tells by whom, never
 * the words.
 *
 * @throws AppError `forbidden`, `not_found`; `workshop_not_open` before the beginning
 */
export async function blankAnswer(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item, text }: RoomActOf<'blank_answer'>,
): Promise<Poll> {
  demandFacilitator(actor, workshop)
  const which = { id: item, kind: 'poll' as const }
  const isOther = ({ said }: { said: string }) => said !== text
  const change = async (row: Poll, session: ClientSession) => {
    if (!(await blankVotes(row, text, session))) return null
    const fact = {
      kind: 'answer:blanked' as const,
      partnershipId: String(row.partnership),
      by: actor.userId,
      subject: { workshop: String(row.workshop), item: String(row._id) },
    }
    await recordAudit(ports, fact, session)
    return { ...row.body, translations: row.body.translations?.filter(isOther) ?? [] }
  }
  const blanked = await changeItem(ports, workshop, which, change, AFTERWARDS_TOO)
  // archives that are ready would give the words away for days
  await dropStaleArchives(ports, workshop.partnership)
  return blanked
}

type AskedBody = Omit<ItemBodies['poll'], 'status' | 'shown'>

/** What is asked, as it is stored; rules that hold between fields. */
function askedIn(act: Asked): AskedBody {
  const { form, purpose } = act
  if (!act.promptEn && !act.promptRu) throw new AppError('invalid_input', { promptEn: 'required' })
  const hasOptions = form === 'single' || form === 'multiple'
  const options = hasOptions ? act.options : []
  const ids = new Set(options.map(({ id }) => id))
  if (hasOptions && options.length < 2) throw new AppError('invalid_input', { options: 'required' })
  if (ids.size < options.length) throw new AppError('invalid_input', { options: 'twice' })
  // what is right in a scale or in free words nobody can say beforehand
  if (purpose === 'quiz' && !hasOptions) throw new AppError('invalid_input', { purpose: 'options' })
  const right = purpose === 'quiz' ? [...new Set(act.right)] : []
  const isRight = right.every((id) => ids.has(id)) && (form !== 'single' || right.length === 1)
  if (purpose === 'quiz' && (right.length === 0 || !isRight))
    throw new AppError('invalid_input', { right: 'required' })
  return {
    form,
    purpose,
    prompt: localized(act.promptEn, act.promptRu),
    options: options.map(({ id, en, ru }) => ({ id, text: localized(en, ru) })),
    right,
  }
}

/** In one order, whatever the order of the database's fields. */
function wordsOf({ form, purpose, prompt, options, right }: AskedBody) {
  const texts = options.map(({ id, text }) => [id, text.en ?? '', text.ru ?? ''])
  return [form, purpose, prompt.en ?? '', prompt.ru ?? '', texts, right]
}

/** Its texts by the fields of the form. */
function textsOf({ prompt, options }: Pick<AskedBody, 'prompt' | 'options'>) {
  return {
    promptEn: prompt.en,
    promptRu: prompt.ru,
    options: options.map(({ text }) => `${text.en ?? ''}\n${text.ru ?? ''}`).join('\n'),
  }
}

async function guard(
  ports: Ports,
  actor: Actor,
  { partnership, _id }: WorkshopRow,
  one: { id: Types.ObjectId; act: Asked; before: Readonly<Record<string, string | undefined>> },
  session: ClientSession,
): Promise<void> {
  const kept = demandNoPatientData(textsOf(askedIn(one.act)), one.act, one.before)
  const place = { workshop: String(_id), item: String(one.id) }
  await recordKept(ports, actor, { partnership, place, kept }, session)
}
