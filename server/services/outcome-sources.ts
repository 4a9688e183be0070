import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { Protocol } from '../../models/protocol'
import { Thread } from '../../models/thread'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import type { Actor } from '../../shared/actor'
import { deriveUnits } from '../../shared/editor/alignment'
import type { LiveContent } from '../../shared/editor/content'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { AppError } from '../../shared/errors'
import { type Language, type LocalizedText, localized, otherLanguage } from '../../shared/languages'
import type { NoteLine } from '../../shared/outcome-views'
import type { QuestionView } from '../../shared/room-views'
import type { OutcomeChangeOf } from '../../shared/schemas/outcomes'
import { WORKSHOP_STATUSES } from '../../shared/workshops'
import type { Ports } from '../ports'
import { noteSettled } from './live-protocols'
import { findForMembers } from './outcomes'
import { createProtocol } from './protocols'
import { questionSource } from './question-source'
import { createThread, type FirstTranslation } from './threads'
import { isTaken } from './transaction'
import { documentId } from './workshop-documents'
import { demandInside } from './workshop-door'
import { toItemViews } from './workshop-item-views'
import { changeItem } from './workshop-items'

/** Characters of a title made from a text. */
const TITLE = 120
const QUESTIONS_MOST = 100

type Notes = { protocolId: string | null; lines: NoteLine[]; content: LiveContent | null }
/** Notes that were not begun, or are not there for the reader. */
export const NOTHING: Notes = { protocolId: null, lines: [], content: null }

/** The paragraphs of a workshop's notes, in both languages; none where they were not begun. */
export async function readNoteLines({ live }: Ports, workshop: WorkshopRow): Promise<Notes> {
  const _id = documentId(workshop._id, 'notes')
  const row = await Protocol.exists({ _id, partnership: workshop.partnership })
  if (!row) return NOTHING
  const content = await live.read({ partnership: String(workshop.partnership), room: _id })
  const lines = deriveUnits(content.blocks, content.ledger).flatMap(({ unit, text }) =>
    text.en.trim() || text.ru.trim() ? [{ unit, text: localized(text.en, text.ru) }] : [],
  )
  return { protocolId: _id, lines, content }
}

/** What was asked and not answered there, most votes first. */
export async function unansweredOf(workshop: WorkshopRow): Promise<QuestionView[]> {
  const rows = await WorkshopItem.find({
    partnership: workshop.partnership,
    workshop: workshop._id,
    kind: 'question',
    'body.status': { $in: ['open', 'on_air', 'set_aside'] },
    'body.deletedAt': null,
    'body.thread': null,
  })
    .sort({ born: 1 })
    .limit(QUESTIONS_MOST)
    .lean()
  const [views, tallies] = await Promise.all([
    toItemViews(workshop, rows as unknown as WorkshopItemRow[], true),
    WorkshopTally.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean(),
  ])
  const votes = new Map(tallies.map((tally) => [String(tally._id), tally.votes.length]))
  return views
    .flatMap((view) => (view.kind === 'question' ? view : []))
    .toSorted((a, b) => (votes.get(b.id) ?? 0) - (votes.get(a.id) ?? 0) || a.born - b.born)
}

/**
 * Go on in a discussion: from a paragraph of the notes, which the thread is then about, or from a
 * question, which then leads there.
 *
 * @throws AppError `not_found`, `forbidden`, `patient_data`; `invalid_input` with neither; as
 *   `demandInside`
 */
export async function threadFrom(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  input: OutcomeChangeOf<'thread'>,
  partnershipId?: string,
): Promise<{ threadId: string }> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  await demandInside(actor, workshop)
  const { clientKey, acknowledged, question } = input
  const source: Source = question
    ? await questionSource(ports, workshop, question)
    : await noteSource(ports, workshop, input)
  if (source.threadId) return { threadId: source.threadId }
  const begun = {
    ...titled(source.title),
    lang: source.lang,
    text: source.text,
    tags: [],
    protocolId: source.protocolId,
    unit: source.unit,
    clientKey,
    acknowledged,
    translation: source.translation,
  }
  const partnership = String(workshop.partnership)
  if (!question) {
    const { id: threadId } = await createThread(ports, actor, partnership, begun)
    return { threadId }
  }
  const id = threadIdOf(question)
  try {
    await createThread(ports, actor, partnership, { ...begun, id })
  } catch (error) {
    // of two who go on from one question the second comes into the first one's
    const isThere = isTaken(error) && (await Thread.exists({ _id: id, partnership }))
    if (!isThere) throw error
  }
  return { threadId: await leadTo(ports, workshop, question, String(id)) }
}

/** The one thread of a question: its id follows from it, so that the database refuses another. */
function threadIdOf(question: string): Types.ObjectId {
  const hash = createHash('sha256').update(`thread of question ${question}`).digest('hex')
  return new Types.ObjectId(hash.slice(0, 24))
}

type Source = {
  lang: Language
  text: string
  title: LocalizedText
  protocolId?: string | undefined
  unit?: string | undefined
  translation?: FirstTranslation | null
  /** Where it has been gone on with already. */
  threadId?: string | undefined
}

async function noteSource(
  ports: Ports,
  workshop: WorkshopRow,
  { unit, lang }: OutcomeChangeOf<'thread'>,
): Promise<Source> {
  if (!unit) throw new AppError('invalid_input', { unit: 'required' })
  const { lines, protocolId } = await readNoteLines(ports, workshop)
  const line = lines.find((each) => each.unit === unit)
  if (!line || !protocolId) throw new AppError('not_found')
  const own = line.text[lang] ? lang : otherLanguage(lang)
  return { lang: own, text: line.text[own] ?? '', title: line.text, protocolId, unit }
}

/**
 * The question says where it is gone on with, before the workshop and after it too.
 *
 * @returns where it leads, which was settled once
 */
async function leadTo(
  ports: Ports,
  workshop: WorkshopRow,
  id: string,
  threadId: string,
): Promise<string> {
  const { body } = await changeItem(
    ports,
    workshop,
    { id, kind: 'question' },
    ({ body }) => (body.thread ? null : { ...body, thread: new Types.ObjectId(threadId) }),
    WORKSHOP_STATUSES,
  )
  return String(body.thread)
}

/**
 * A protocol whose first draft the notes are: their paragraphs, their pairs, and what was said to agree.
 *
 * @throws AppError `not_found` without notes; `forbidden`; as `demandInside`
 */
export async function protocolFrom(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { clientKey, acknowledged }: OutcomeChangeOf<'protocol'>,
  partnershipId?: string,
): Promise<{ protocolId: string }> {
  const workshop = await findForMembers(actor, workshopId, partnershipId)
  await demandInside(actor, workshop)
  const { content, lines } = await readNoteLines(ports, workshop)
  if (!content || lines.length === 0) throw new AppError('not_found')
  const partnership = String(workshop.partnership)
  const first = () => encodeFirstContent(content.body, content.ledger)
  const input = { ...titled(workshop.title), clientKey, acknowledged }
  const { id } = await createProtocol(ports, actor, partnership, input, first)
  const by = { userId: actor.userId, at: ports.clock.now() }
  await noteSettled(ports, { partnership, room: id }, content, by)
  return { protocolId: id }
}

function titled({ en = '', ru = '' }: LocalizedText): { titleEn: string; titleRu: string } {
  const cut = (text: string) =>
    text.length > TITLE
      ? `${text
          .slice(0, TITLE - 1)
          // not half of a character beyond the basic plane
          .replace(/[\uD800-\uDBFF]$/, '')
          .trimEnd()}…`
      : text
  const line = (text: string) => cut(text.replace(/\s+/g, ' ').trim())
  return { titleEn: line(en), titleRu: line(ru) }
}
