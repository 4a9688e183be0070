import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { Rendition, type RenditionRow } from '../../models/rendition'
import { Resource, type ResourceRow } from '../../models/resource'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { LANGUAGES, type Language, localized } from '../../shared/languages'
import type { Operation } from '../../shared/policy'
import type { ResourceKind } from '../../shared/resource-kinds'
import type { CreateResource, ResourceChange } from '../../shared/schemas/resources'
import type { ResourceView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { cursorAfter, placeOf } from './cursors'
import { once } from './intents'
import { announceNotices, type Recorded } from './notify'
import { demandNoPatientData, recordKept } from './patient-data'
import { refusePurged } from './purge-rows'
import { addRendition, indexResource, removeRendition, setRenditionStatus } from './renditions'
import { announceResource, toResourceView, toResourceViews } from './resource-views'
import { removeFileSoon } from './storage-use'
import { inTransaction } from './transaction'

const PAGE_DEFAULT = 30
const PAGE_MAX = 100

export type ResourceFilter = {
  kind?: ResourceKind | undefined
  /** Only items that have nothing in this language. */
  missing?: Language | undefined
  limit?: number | undefined
  cursor?: string | undefined
}

/**
 * The library of a partnership, last changed first, a page at a time.
 *
 * @throws AppError `not_found`, `forbidden`, `invalid_input` (a cursor of another list)
 */
export async function listResources(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
  { kind, missing, limit = PAGE_DEFAULT, cursor }: ResourceFilter = {},
): Promise<{ items: ResourceView[]; next: string | null }> {
  demand(actor, 'file:download', { partnershipId, published: false })
  const after = cursor === undefined ? null : placeOf(cursor)
  const most = Math.min(Math.max(1, limit), PAGE_MAX)
  const rows = await Resource.find({
    partnership: partnershipId,
    ...(kind ? { kind } : {}),
    ...(missing ? { missing } : {}),
    ...(after
      ? {
          changedAt: { $lte: after.at },
          $or: [{ changedAt: { $lt: after.at } }, { _id: { $lt: after.id } }],
        }
      : {}),
  })
    .sort({ changedAt: -1, _id: -1 })
    .limit(most + 1)
    .lean()
  const shown = rows.slice(0, most)
  const last = rows.length > most ? shown.at(-1) : undefined
  return {
    items: await toResourceViews(partnershipId, shown),
    next: last ? cursorAfter({ at: last.changedAt, id: last._id }) : null,
  }
}

/** @throws AppError `not_found`, `forbidden` */
export async function readResource(
  _ports: Ports,
  actor: Actor,
  resourceId: string,
  partnershipId?: string,
): Promise<ResourceView> {
  return toResourceView(await findResource(actor, 'file:download', resourceId, partnershipId))
}

/**
 * A new item, without any rendition yet. A repeated `clientKey` returns the first one.
 *
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`
 */
export async function createResource(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  input: CreateResource,
): Promise<{ id: string }> {
  const { clock, bus, limits } = ports
  demand(actor, 'resource:create', { partnershipId, ownerId: actor.userId })
  await limits.take('write', actor.userId)
  const id = new Types.ObjectId()
  const at = clock.now()
  const intent = {
    partnership: partnershipId,
    createdBy: actor.userId,
    clientKey: input.clientKey,
  }
  const { row, isNew } = await once(
    id,
    () => Resource.findOne(intent).lean(),
    async () => {
      const kept = demandNoPatientData(wordsOf(input), input)
      await inTransaction(async (session) => {
        const fields = {
          _id: id,
          ...intent,
          ...toFields(input),
          missing: [...LANGUAGES],
          createdAt: at,
          changedAt: at,
        }
        const [created] = await Resource.create([fields], { session })
        if (created) await indexResource(session, created.toObject())
        const place = { resource: String(id) }
        await recordKept(ports, actor, { partnership: partnershipId, place, kept }, session)
      })
    },
  )
  if (isNew) await announceResource(bus, row)
  return { id: String(row._id) }
}

/**
 * Describe an item anew, add a link as a rendition, say how a rendition stands, remove one.
 *
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`; `own_review` if one reviews what
 *   one added oneself; `conflict` if patient data was removed after the form was opened
 */
export async function changeResource(
  ports: Ports,
  actor: Actor,
  resourceId: string,
  change: ResourceChange,
  partnershipId?: string,
): Promise<ResourceView> {
  const item = await findResource(actor, 'file:download', resourceId, partnershipId)
  await ports.limits.take('write', actor.userId)
  const recorded = await carryOut(ports, actor, item, change)
  announceNotices(ports.bus, recorded)
  const view = await announceResource(ports.bus, item)
  if (!view) throw new AppError('not_found')
  return view
}

async function carryOut(
  ports: Ports,
  actor: Actor,
  item: ResourceRow,
  change: ResourceChange,
): Promise<Recorded> {
  switch (change.intent) {
    case 'describe':
      return describe(ports, actor, item, change)
    case 'link':
      return addLink(ports, actor, item, change)
    case 'status':
      return setStatus(ports, actor, item, change)
    case 'remove':
      return remove(ports, actor, item, change.renditionId)
  }
}

type Change<I extends ResourceChange['intent']> = Extract<ResourceChange, { intent: I }>

async function describe(
  ports: Ports,
  actor: Actor,
  item: ResourceRow,
  change: Change<'describe'>,
): Promise<Recorded> {
  demand(actor, 'resource:create', subjectOf(item, item.createdBy))
  const said = { titleEn: item.title.en, titleRu: item.title.ru }
  const before = { ...said, aboutEn: item.about.en, aboutRu: item.about.ru }
  const kept = demandNoPatientData(wordsOf(change), change, before)
  const { partnership } = item
  const place = { resource: String(item._id) }
  return inTransaction(async (session) => {
    const row = await Resource.findOneAndUpdate(
      { _id: item._id, partnership: item.partnership },
      { $set: toFields(change), $inc: { rev: 1 }, $max: { changedAt: ports.clock.now() } },
      { session, returnDocument: 'after' },
    ).lean()
    await refusePurged(session, item, change.base)
    if (row) await indexResource(session, row)
    await recordKept(ports, actor, { partnership, place, kept }, session)
    return []
  })
}

async function addLink(
  { clock }: Ports,
  actor: Actor,
  item: ResourceRow,
  { url, lang, status, clientKey }: Change<'link'>,
): Promise<Recorded> {
  demand(actor, 'rendition:add', subjectOf(item))
  // four eyes: what one adds is reviewed by a colleague
  if (status === 'reviewed') throw new AppError('own_review')
  // the same intent is the same rendition: its id follows from who asked and the key of the asking
  const from = createHash('sha256').update(`${String(item._id)} ${actor.userId} ${clientKey}`)
  const id = new Types.ObjectId(from.digest('hex').slice(0, 24))
  const { partnership, _id: resource } = item
  return inTransaction(async (session) => {
    if (await Rendition.exists({ _id: id }).session(session)) return []
    const by = new Types.ObjectId(actor.userId)
    const link = { id, partnership, resource, lang, status, file: null, url, by, at: clock.now() }
    return addRendition(session, link)
  })
}

async function setStatus(
  { clock }: Ports,
  actor: Actor,
  item: ResourceRow,
  { renditionId, status }: Change<'status'>,
): Promise<Recorded> {
  const isReview = status === 'reviewed'
  const subject = subjectOf(item, item.createdBy)
  demand(actor, isReview ? 'translation:review' : 'rendition:add', subject)
  const rendition = await findRendition(item, renditionId)
  if (isReview && String(rendition.addedBy) === actor.userId) throw new AppError('own_review')
  if (rendition.status === status) return []
  const by = new Types.ObjectId(actor.userId)
  return inTransaction((session) => setRenditionStatus(session, rendition, status, by, clock.now()))
}

async function remove(
  ports: Ports,
  actor: Actor,
  item: ResourceRow,
  renditionId: string,
): Promise<Recorded> {
  const rendition = await findRendition(item, renditionId)
  demand(actor, 'file:delete', subjectOf(item, rendition.addedBy))
  await inTransaction((session) => removeRendition(session, rendition, ports.clock.now()))
  if (rendition.file) removeFileSoon(ports, rendition.file.key)
  return []
}

async function findRendition(item: ResourceRow, renditionId: string): Promise<RenditionRow> {
  const { partnership, _id: resource } = item
  const row = await Rendition.findOne({ _id: renditionId, partnership, resource }).lean()
  if (!row) throw new AppError('not_found')
  return row
}

/**
 * The row, if the actor may do that with it; every way to an item goes through here.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function findResource(
  actor: Actor,
  operation: Operation,
  resourceId: string,
  partnershipId?: string,
): Promise<ResourceRow> {
  const filter = partnershipId ? { partnership: partnershipId } : {}
  const row = await Resource.findOne({ _id: resourceId, ...filter }).lean()
  if (!row) throw new AppError('not_found')
  demand(actor, operation, subjectOf(row))
  return row
}

/** What the policy must know of an item; nothing in the library is published yet. */
function subjectOf(row: ResourceRow, owner?: Types.ObjectId) {
  return {
    partnershipId: String(row.partnership),
    ...(owner ? { ownerId: String(owner) } : {}),
    published: false,
  }
}

/** What is looked through for patient data, by the form's fields. */
function wordsOf({ titleEn, titleRu, aboutEn, aboutRu }: Parameters<typeof toFields>[0]) {
  return { titleEn, titleRu, aboutEn, aboutRu }
}

function toFields(
  input: Pick<CreateResource, 'titleEn' | 'titleRu' | 'aboutEn' | 'aboutRu' | 'kind'>,
) {
  const { titleEn, titleRu, aboutEn, aboutRu, kind } = input
  return {
    title: localized(titleEn, titleRu),
    about: localized(aboutEn, aboutRu),
    kind,
  }
}
