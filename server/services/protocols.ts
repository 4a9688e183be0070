import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { Partnership } from '../../models/partnership'
import { Protocol, type ProtocolRow } from '../../models/protocol'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import type { LiveContent } from '../../shared/editor/content'
import { emptyContent } from '../../shared/editor/first-content'
import { AppError } from '../../shared/errors'
import type { ProtocolChanged } from '../../shared/events'
import { localized } from '../../shared/languages'
import { grantFor, type Operation, type Subject, standingOf } from '../../shared/policy'
import { PUBLISHED_STATUSES } from '../../shared/protocol-statuses'
import type { CreateProtocol, RenameProtocol } from '../../shared/schemas/protocols'
import type { ProtocolSummary } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { noteDraftView } from './audit-drafts'
import { inOrder } from './in-order'
import { toNameView } from './names'
import { demandNoPatientData, recordKept } from './patient-data'
import { syncProtocolTitle } from './protocol-texts'
import { refusePurged } from './purge-rows'
import { inTransaction } from './transaction'
import { findWorkshop } from './workshop-access'
import { demandInside } from './workshop-door'

/**
 * The protocols of a partnership, last edited first; observers get the published ones.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listProtocols(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<ProtocolSummary[]> {
  const onlyPublished = grantFor(standingOf(actor, partnershipId), 'protocol:list') === 'p'
  demand(actor, 'protocol:list', { partnershipId, published: true })
  const filter = onlyPublished ? { status: { $in: PUBLISHED_STATUSES } } : {}
  const rows = await Protocol.find({ partnership: partnershipId, workshop: null, ...filter })
    .sort({ editedAt: -1 })
    .limit(500)
    .lean()
  return toSummaries(rows)
}

/**
 * One protocol with its committed text.
 *
 * @param partnershipId when the address names one, the protocol must belong to it
 * @throws AppError `not_found`, `forbidden`, `document_unavailable`
 */
export async function readProtocol(
  ports: Ports,
  actor: Actor,
  protocolId: string,
  partnershipId?: string,
): Promise<{ protocol: ProtocolSummary; partnershipId: string; content: LiveContent }> {
  const row = await findProtocol(actor, 'protocol:open', protocolId, partnershipId)
  const [content, [protocol]] = await Promise.all([
    ports.live.read(addressOf(row)),
    toSummaries([row]),
  ])
  if (!protocol) throw new AppError('not_found')
  await noteDraftView(ports, actor, row)
  return { protocol, partnershipId: String(row.partnership), content }
}

/**
 * A new protocol, empty (one paragraph, aligned in both languages) unless told otherwise. A repeated
 * `clientKey` returns the first one.
 *
 * @param first its first content, by its id
 * @throws AppError `not_found`, `forbidden`, `patient_data`
 */
export async function createProtocol(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  input: CreateProtocol,
  first: (id: string) => Uint8Array = emptyContent,
): Promise<{ id: string }> {
  const { live, clock, bus } = ports
  demand(actor, 'protocol:create', { partnershipId })
  const { titleEn, titleRu } = input
  const kept = demandNoPatientData({ titleEn, titleRu }, input)
  // the same intent is the same protocol: its id follows from who asked and the key of the asking
  const id = createHash('sha256')
    .update(`${partnershipId} ${actor.userId} ${input.clientKey}`)
    .digest('hex')
    .slice(0, 24)
  // text first: a protocol without its document must never be seen
  await live.seed({ partnership: partnershipId, room: id }, first(id))
  const now = clock.now()
  await inTransaction(async (session) => {
    if (await Protocol.exists({ _id: id }).session(session)) return
    const fields = {
      _id: new Types.ObjectId(id),
      partnership: partnershipId,
      title: localized(input.titleEn, input.titleRu),
      status: 'draft' as const,
      createdBy: actor.userId,
      clientKey: input.clientKey,
      createdAt: now,
      editedAt: now,
      editedBy: actor.userId,
    }
    const [created] = await Protocol.create([fields], { session })
    if (created) await syncProtocolTitle(created.toObject(), session)
    const place = { protocol: id }
    await recordKept(ports, actor, { partnership: partnershipId, place, kept }, session)
    await Partnership.updateOne({ _id: partnershipId }, { $inc: { protocolCount: 1 } }, { session })
  })
  const created = await Protocol.findById(id).lean()
  if (created) bus.publish('protocol:changed', await toFact(created))
  return { id }
}

/**
 * Change a protocol's title in one or both languages.
 *
 * @throws AppError `not_found`, `forbidden`, `patient_data`; `conflict` if patient data was removed
 *   from the protocol after the form was opened
 */
export async function renameProtocol(
  ports: Ports,
  actor: Actor,
  protocolId: string,
  input: RenameProtocol,
  partnershipId?: string,
): Promise<void> {
  const { bus, clock } = ports
  const row = await findProtocol(actor, 'protocol:create', protocolId, partnershipId)
  const { titleEn, titleRu } = input
  const before = { titleEn: row.title.en, titleRu: row.title.ru }
  const kept = demandNoPatientData({ titleEn, titleRu }, input, before)
  const { partnership } = row
  const place = { protocol: String(row._id) }
  const change = {
    title: localized(input.titleEn, input.titleRu),
    editedAt: clock.now(),
    editedBy: actor.userId,
  }
  const rename = async (session: ClientSession) => {
    const found = await Protocol.findOneAndUpdate(
      { _id: row._id, partnership: row.partnership },
      { $set: change },
      { session, returnDocument: 'after' },
    ).lean()
    await refusePurged(session, row, input.base)
    if (found) await syncProtocolTitle(found, session)
    await recordKept(ports, actor, { partnership, place, kept }, session)
    return found
  }
  const renamed = await inOrder(String(row._id), () => inTransaction(rename))
  if (!renamed || renamed.workshop) return
  bus.publish('protocol:changed', await toFact(renamed))
}

/**
 * The row, if the actor may do that with it; every way to a protocol goes through here.
 *
 * @throws AppError `not_found`, `forbidden`; of a workshop's notes as `demandInside`
 */
export async function findProtocol(
  actor: Actor,
  operation: Operation,
  protocolId: string,
  partnershipId?: string,
): Promise<ProtocolRow> {
  const filter = partnershipId ? { partnership: partnershipId } : {}
  const row = await Protocol.findOne({ _id: protocolId, ...filter }).lean()
  if (!row) throw new AppError('not_found')
  demand(actor, operation, subjectOf(row))
  if (!row.workshop) return row
  // what belongs to a workshop is there for those for whom the workshop is, and its notes the room
  const workshop = await findWorkshop(actor, String(row.workshop))
  if (row.part !== 'brief') await demandInside(actor, workshop)
  return row
}

/** What the policy must know of a protocol. */
export function subjectOf(row: ProtocolRow): Subject {
  return {
    partnershipId: String(row.partnership),
    ownerId: String(row.createdBy),
    published: PUBLISHED_STATUSES.includes(row.status),
  }
}

/** Where its live document is. */
export function addressOf(row: ProtocolRow) {
  return { partnership: String(row.partnership), room: String(row._id) }
}

/** What lists hear when a protocol has changed. */
export async function toFact(row: ProtocolRow): Promise<ProtocolChanged> {
  const editor = row.editedBy && (await User.findById(row.editedBy, { name: 1 }).lean())
  return {
    partnershipId: String(row.partnership),
    protocolId: String(row._id),
    title: row.title,
    counts: row.counts,
    editedAt: row.editedAt.toISOString(),
    editedBy: editor ? toNameView(editor.name) : null,
  }
}

async function toSummaries(rows: readonly ProtocolRow[]): Promise<ProtocolSummary[]> {
  const editors = await User.find({
    _id: { $in: rows.flatMap((row) => row.editedBy ?? []) },
  }).lean()
  const names = new Map(editors.map((user) => [String(user._id), toNameView(user.name)]))
  return rows.map((row) => ({
    id: String(row._id),
    title: row.title,
    status: row.status,
    counts: row.counts,
    editedAt: row.editedAt.toISOString(),
    editedBy: names.get(String(row.editedBy)) ?? null,
    collabPath: `/collab/${String(row._id)}`,
    ...(row.workshop ? { workshopId: String(row.workshop) } : {}),
  }))
}
