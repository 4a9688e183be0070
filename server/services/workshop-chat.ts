import { Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { otherLanguage } from '../../shared/languages'
import { type RoomActOf, SAID_MAX } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { demandNoPatientData, recordKept } from './patient-data'
import { dropStaleArchives } from './purge-rows'
import { mayFacilitate, mayTranslate } from './workshop-access'
import { askAnswers } from './workshop-answer-words'
import { demandHears, sayToGroup } from './workshop-group-talk'
import { addItem, changeItem, TALKING_AND_AFTER, WHILE_TALKING } from './workshop-items'
import { setTally } from './workshop-tallies'

/** What people said in words of their own; it may be translated, and taken back. */
type Said = WorkshopItemRow<'message' | 'group_message' | 'question' | 'case'>
const KINDS = ['message', 'group_message', 'question', 'case'] satisfies Said['kind'][]
const SAID: readonly string[] = KINDS

/**
 * Say something to everybody in the room, or to one's own group.
 *
 * @throws AppError `patient_data`, `workshop_over`, `workshop_not_open`; to a group as `sayToGroup`
 */
export async function say(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'say'>,
  me: WorkshopParticipantRow,
): Promise<WorkshopItemRow> {
  const { text, lang, clientKey, group } = act
  if (group)
    return sayToGroup(ports, actor, workshop, { ...act, group }, readerOf(actor, workshop, me))
  const untouched = { translation: null, translationAsked: false, deletedAt: null }
  const message = { kind: 'message' as const, by: me._id, clientKey }
  const body = { lang, text, ...untouched }
  return addItem(ports, workshop, { ...message, body }, WHILE_TALKING, async (id, session) => {
    const kept = demandNoPatientData({ text }, act)
    await recordKept(ports, actor, { ...placeOf(workshop, id), kept }, session)
  })
}

/**
 * Put a translation under what somebody said, or under a question's answer or a case's recommendations,
 * in the other language and with the translator's name; a second one replaces the first. A case itself
 * is translated field by field (`translateCase`).
 *
 * @throws AppError `forbidden` for those who neither write here nor interpret; `not_found`, also for
 *   what was deleted; `invalid_input` for its own language or too long a text; `patient_data`; as
 *   `changeItem`
 */
export async function translate(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'translate'>,
  me: WorkshopParticipantRow,
): Promise<WorkshopItemRow> {
  const { text, lang, of } = act
  if (!(await mayTranslate(actor, workshop))) throw new AppError('forbidden')
  const at = ports.clock.now()
  const reader = readerOf(actor, workshop, me)
  return changeSaid(ports, workshop, act.item, reader, async (row, session) => {
    const said = of === 'answer' ? answerOf(row) : row.kind === 'case' ? null : row.body
    if (!said || row.body.deletedAt) throw new AppError('not_found')
    if (row.kind !== 'case' && text.length > SAID_MAX) {
      throw new AppError('invalid_input', { text: 'too_long' })
    }
    if (lang !== otherLanguage(said.lang)) throw new AppError('invalid_input', { lang: 'other' })
    const known = said.translation
    if (known?.text === text && known.by.equals(me._id)) return null
    const before = { text: `${wordsOf(said)}\n${known?.text ?? ''}` }
    // of a case nothing that looks like a patient is kept, on nobody's word
    const kept = demandNoPatientData({ text }, row.kind === 'case' ? {} : act, before)
    await recordKept(ports, actor, { ...placeOf(workshop, row._id), kept }, session)
    const translation = { lang, text, by: me._id, at }
    if (of === 'answer') {
      const answered = { ...said, translation }
      const part = row.kind === 'case' ? { recommendations: answered } : { answer: answered }
      return { ...row.body, ...part } as Said['body']
    }
    return { ...row.body, translation, translationAsked: false } as Said['body']
  })
}

/**
 * Ask for a translation of what somebody said, or of the free answers to a poll; asked again, or where there is one, nothing happens.
 *
 * @throws AppError `not_found`, and as `changeItem`
 */
export async function askTranslation(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item }: RoomActOf<'ask_translation'>,
  me: WorkshopParticipantRow,
): Promise<WorkshopItemRow> {
  const at = { _id: item, partnership: workshop.partnership, workshop: workshop._id }
  if (await WorkshopItem.exists({ ...at, kind: 'poll' })) {
    return askAnswers(ports, actor, workshop, item)
  }
  const reader = readerOf(actor, workshop, me)
  return changeSaid(ports, workshop, item, reader, async ({ body }) => {
    if (body.deletedAt) throw new AppError('not_found')
    if (body.translationAsked || body.translation) return null
    return { ...body, translationAsked: true }
  })
}

/**
 * Take words out of the room: one's own, or as a facilitator. Their place and who said them stay; the
 * record tells of what was somebody else's, never the words.
 *
 * @throws AppError `forbidden`, `not_found`, and as `changeItem`
 */
export async function deleteSaid(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { item }: RoomActOf<'delete'>,
  me: WorkshopParticipantRow,
): Promise<WorkshopItemRow> {
  const reader = readerOf(actor, workshop, me)
  const { staff } = reader
  const at = ports.clock.now()
  let isGone = false
  const changed = await changeSaid(ports, workshop, item, reader, async (row, session) => {
    const isOwn = row.by?.equals(me._id) ?? false
    if (!staff && !isOwn) throw new AppError('forbidden')
    isGone = row.body.deletedAt !== null
    if (isGone) return null
    if (!isOwn) {
      const { partnership, place: subject } = placeOf(workshop, row._id)
      const fact = { kind: 'said:deleted' as const, detail: { kind: row.kind }, subject }
      const told = { ...fact, partnershipId: String(partnership), by: actor.userId }
      await recordAudit(ports, told, session)
    }
    const gone = { deletedAt: at, translation: null, translationAsked: false }
    switch (row.kind) {
      case 'message':
      case 'group_message':
        return { ...row.body, ...gone, text: '' } as Said['body']
      case 'question': {
        await setTally(row, 'question', false, session)
        const status = row.body.status === 'on_air' ? ('set_aside' as const) : row.body.status
        return { ...row.body, ...gone, text: '', answer: null, status }
      }
      case 'case': {
        const none = { setting: '', problem: '', course: '', question: '' }
        const words = { ...none, recommendations: null }
        const status = row.body.status === 'on_air' ? ('discussed' as const) : row.body.status
        return { ...row.body, ...gone, ...words, ageBand: '', sex: 'unsaid', status }
      }
    }
  })
  // archives that are ready would give the words away for days
  if (!isGone) await dropStaleArchives(ports, workshop.partnership)
  return changed
}

type Change = (
  row: Said,
  session: Parameters<Parameters<typeof changeItem>[3]>[1],
) => Promise<Said['body'] | null>

type Reader = Parameters<typeof demandHears>[2]

function readerOf(actor: Actor, workshop: WorkshopRow, mine: WorkshopParticipantRow): Reader {
  return { mine, staff: mayFacilitate(actor, workshop) }
}

/** The same for all that is said, whichever it is and also afterwards; its kind never changes. */
async function changeSaid(
  ports: Ports,
  workshop: WorkshopRow,
  id: string,
  reader: Reader,
  change: Change,
): Promise<WorkshopItemRow> {
  const which = { _id: new Types.ObjectId(id), partnership: workshop.partnership }
  const known = await WorkshopItem.findOne({ ...which, workshop: workshop._id }, { kind: 1 }).lean()
  if (!known || !SAID.includes(known.kind)) throw new AppError('not_found')
  const kind = known.kind as Said['kind']
  const heard: Change = async (row, session) => {
    if (row.kind === 'group_message') {
      await demandHears(workshop, row.body.group, reader, session)
    }
    return change(row, session)
  }
  // a body of the kind that was read
  const changed = heard as unknown as Parameters<typeof changeItem<typeof kind>>[3]
  return changeItem(ports, workshop, { id, kind }, changed, TALKING_AND_AFTER)
}

function answerOf(row: Said) {
  if (row.kind === 'case') return row.body.recommendations
  return row.kind === 'question' ? row.body.answer : null
}

function wordsOf(said: object): string {
  return Object.values(said)
    .filter((value) => typeof value === 'string')
    .join('\n')
}

function placeOf({ partnership, _id }: WorkshopRow, item: Types.ObjectId) {
  return { partnership, place: { workshop: String(_id), item: String(item) } }
}
