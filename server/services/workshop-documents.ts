import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { Protocol } from '../../models/protocol'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import type { Actor } from '../../shared/actor'
import type { LiveContent } from '../../shared/editor/content'
import { emptyContent } from '../../shared/editor/first-content'
import { AppError } from '../../shared/errors'
import { LANGUAGES, type LocalizedText } from '../../shared/languages'
import type { WorkshopPart } from '../../shared/workshops'
import type { Ports } from '../ports'
import { syncProtocolTitle } from './protocol-texts'
import { inTransaction, isTaken } from './transaction'
import { findFacilitated, findWorkshop } from './workshop-access'
import { demandInside } from './workshop-door'
import { toKey } from './workshop-series'

/** What the documents are called, before the workshop's title. */
const NAMES: Record<WorkshopPart, { en: string; ru: string }> = {
  brief: { en: 'Programme', ru: 'Программа' },
  notes: { en: 'Notes', ru: 'Заметки' },
  group: { en: 'Group notes', ru: 'Заметки группы' },
}

/**
 * Begin a live document of a workshop, or find it begun: its programme text, the shared notes, the notes
 * of a group.
 *
 * @param groupId the group, of `group`
 * @throws AppError `not_found`, `forbidden`, `workshop_over` once it was cancelled
 */
export async function beginDocument(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  part: WorkshopPart,
  groupId?: string,
): Promise<{ protocolId: string }> {
  const workshop = await findFacilitated(actor, workshopId)
  if (workshop.status === 'cancelled') throw new AppError('workshop_over')
  if ((part === 'group') !== (groupId !== undefined)) throw new AppError('bad_request')
  if (groupId) await findGroup(workshop, groupId)
  return openDocument(ports, actor, workshop, part, groupId)
}

/** The same for callers that have asked whether the actor may. Doing it again finds it. */
export async function openDocument(
  { live, clock }: Pick<Ports, 'live' | 'clock'>,
  actor: Pick<Actor, 'userId'>,
  workshop: Pick<WorkshopRow, '_id' | 'partnership' | 'title' | 'demo'>,
  part: WorkshopPart,
  groupId?: string,
): Promise<{ protocolId: string }> {
  const id = documentId(workshop._id, part, groupId)
  const at = { partnership: String(workshop.partnership), room: id }
  // text first: a document without its content must never be seen
  await live.seed(at, emptyContent(id))
  const now = clock.now()
  const fields = {
    _id: new Types.ObjectId(id),
    partnership: workshop.partnership,
    workshop: workshop._id,
    part,
    title: titleOf(workshop.title, part),
    status: 'draft' as const,
    createdBy: new Types.ObjectId(actor.userId),
    clientKey: documentKey(id),
    createdAt: now,
    editedAt: now,
    editedBy: null,
    demo: workshop.demo,
  }
  try {
    await inTransaction(async (session) => {
      if (await Protocol.exists({ _id: id }).session(session)) return
      await Protocol.create([fields], { session })
    })
  } catch (error) {
    // a twin was quicker
    if (!isTaken(error)) throw error
  }
  return { protocolId: id }
}

/**
 * A live document of a workshop for reading: for whoever may attend it, guests among them.
 *
 * @throws AppError `not_found` also where it was not begun; as `demandInside`; `document_unavailable`
 */
export async function readDocument(
  { live }: Ports,
  actor: Actor,
  workshopId: string,
  part: WorkshopPart,
  groupId?: string,
): Promise<{ protocolId: string; content: LiveContent; seq: number }> {
  const workshop = await findWorkshop(actor, workshopId)
  // the programme is everybody's
  if (part !== 'brief') await demandInside(actor, workshop)
  const _id = documentId(workshop._id, part, groupId)
  const row = await Protocol.findOne({ _id, partnership: workshop.partnership }).lean()
  if (!row) throw new AppError('not_found')
  const at = { partnership: String(row.partnership), room: String(row._id) }
  return { protocolId: String(row._id), content: await live.read(at), seq: row.notedSeq ?? 0 }
}

/** The id of a workshop's document: there can be only one of each. */
export function documentId(
  workshop: Types.ObjectId | string,
  part: WorkshopPart,
  groupId?: string,
): string {
  return createHash('sha256')
    .update(`workshop ${workshop} ${part} ${groupId ?? ''}`)
    .digest('hex')
    .slice(0, 24)
}

/** The workshop's name has changed, and its documents are called after it; in the change's transaction. */
export async function renameDocuments(
  { _id: workshop, partnership, title }: WorkshopRow,
  session: ClientSession,
): Promise<void> {
  const rows = await Protocol.find({ partnership, workshop }, { part: 1 }).session(session).lean()
  for (const { _id, part } of rows) {
    if (!part) continue
    const renamed = await Protocol.findByIdAndUpdate(
      _id,
      { $set: { title: titleOf(title, part) } },
      { session, returnDocument: 'after' },
    ).lean()
    if (renamed) await syncProtocolTitle(renamed, session)
  }
}

function documentKey(id: string): string {
  return toKey(createHash('sha256').update(id).digest('hex'))
}

async function findGroup(workshop: WorkshopRow, groupId: string): Promise<void> {
  const which = { _id: groupId, workshop: workshop._id, partnership: workshop.partnership }
  if (!(await WorkshopItem.exists({ ...which, kind: 'group' }))) throw new AppError('not_found')
}

/** What a document of a workshop is called, in the languages of the workshop's title. */
export function titleOf(title: LocalizedText, part: WorkshopPart): LocalizedText {
  return Object.fromEntries(
    LANGUAGES.flatMap((lang) =>
      title[lang] ? [[lang, `${NAMES[part][lang]}: ${title[lang]}`]] : [],
    ),
  )
}
