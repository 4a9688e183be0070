import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientSession, Types } from 'mongoose'
import { Rendition, type RenditionRow } from '../../models/rendition'
import { Resource, type ResourceRow } from '../../models/resource'
import { StorageUse } from '../../models/storage-use'
import { TranslationRequest } from '../../models/translation-request'
import { LANGUAGES } from '../../shared/languages'
import type { Storage } from '../ports'
import { checkFile } from '../services/file-content'
import { cleanFileName, endingOf } from '../services/file-names'
import { FILE_TYPES } from '../services/file-types'
import { indexResource } from '../services/renditions'
import { inTransaction } from '../services/transaction'
import type { Cast } from './cast'
import type { DemoPartnership, DemoRendition, DemoResource } from './content/types'
import { demoId, demoUuid } from './ids'
import { insertMissing } from './insert'
import { idOf } from './partnership-rows'
import { requestRow } from './request-rows'

/** Where the bytes come from and go to. */
export type Shelf = {
  /** Folder of the demonstration's files. */
  filesDir: string
  storage: Storage
}

/**
 * Insert a partnership's library and make it findable: an item together with its files, once. What
 * people have done to an item that is there, the removal of a file too, stays.
 */
export async function seedLibrary(
  shelf: Shelf,
  cast: Cast,
  { resources }: DemoPartnership,
): Promise<void> {
  await insertMissing(
    TranslationRequest,
    resources.flatMap((resource) => requestRows(cast, resource)),
  )
  const ids = resources.map(({ key }) => idOf.resource(key))
  const known = await Resource.find({ _id: { $in: ids } }, { _id: 1 }).lean()
  const there = new Set(known.map(({ _id }) => String(_id)))
  const fresh = resources.filter(({ key }) => !there.has(String(idOf.resource(key))))
  const renditions = await renditionRows(shelf, cast, fresh)
  await inTransaction(async (session) => {
    await insertRenditions(cast, renditions, session)
    if (fresh.length > 0) {
      await Resource.insertMany(
        fresh.map((resource) => itemRow(cast, resource)),
        { session },
      )
    }
    const rows = await Resource.find({ _id: { $in: ids } })
      .session(session)
      .lean()
    for (const row of rows) await indexResource(session, row)
  })
}

/** Their files are in the storage by then. */
async function renditionRows(
  shelf: Shelf,
  cast: Cast,
  resources: readonly DemoResource[],
): Promise<RenditionRow[]> {
  const rows: RenditionRow[] = []
  for (const resource of resources) {
    for (const [index, rendition] of resource.renditions.entries()) {
      const _id = demoId(`rendition ${resource.key} ${index + 1}`)
      rows.push(await renditionRow(shelf, cast, { resource, rendition, index, _id }))
    }
  }
  return rows
}

/** Counted with their bytes; an earlier version may have been killed between a file and its item. */
async function insertRenditions(
  cast: Cast,
  rows: readonly RenditionRow[],
  session: ClientSession,
): Promise<void> {
  const ids = rows.map(({ _id }) => _id)
  const known = await Rendition.find({ _id: { $in: ids } }, { _id: 1 })
    .session(session)
    .lean()
  const there = new Set(known.map(({ _id }) => String(_id)))
  const missing = rows.filter(({ _id }) => !there.has(String(_id)))
  if (missing.length === 0) return
  await Rendition.insertMany(missing, { session })
  const bytes = missing.reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0)
  await StorageUse.updateOne(
    { _id: cast.partnership },
    { $inc: { bytes } },
    { session, upsert: true },
  )
}

function itemRow(cast: Cast, resource: DemoResource): ResourceRow {
  const createdAt = cast.at(resource.at, resource.by)
  const added = resource.renditions.map(({ at, by }) => cast.at(at, by).getTime())
  return {
    _id: idOf.resource(resource.key),
    partnership: cast.partnership,
    title: resource.title,
    about: resource.about,
    kind: resource.kind,
    missing: LANGUAGES.filter((lang) => !resource.renditions.some((each) => each.lang === lang)),
    createdBy: cast.id(resource.by),
    clientKey: demoUuid(`resource ${resource.key}`),
    createdAt,
    changedAt: new Date(Math.max(createdAt.getTime(), ...added)),
    rev: 1,
    demo: true,
  }
}

function requestRows(cast: Cast, resource: DemoResource) {
  const id = idOf.resource(resource.key)
  return (resource.requests ?? []).map((request) =>
    requestRow(cast, request, { target: 'resource', id, thread: null, to: request.to }),
  )
}

type Placed = {
  resource: DemoResource
  rendition: DemoRendition
  index: number
  _id: Types.ObjectId
}

async function renditionRow(
  shelf: Shelf,
  cast: Cast,
  { resource, rendition, index, _id }: Placed,
): Promise<RenditionRow> {
  const { lang, status, by, at } = rendition
  const later = resource.renditions.slice(index + 1)
  return {
    _id,
    partnership: cast.partnership,
    resource: idOf.resource(resource.key),
    lang,
    status,
    file: 'file' in rendition ? await storeFile(shelf, String(_id), rendition) : null,
    url: 'url' in rendition ? rendition.url : null,
    addedBy: cast.id(by),
    addedAt: cast.at(at, by),
    current: !later.some((each) => each.lang === lang),
    demo: true,
  }
}

/** Put a file's bytes into the storage, from the first one on whatever an earlier attempt left. */
async function storeFile(
  { filesDir, storage }: Shelf,
  key: string,
  { file, name }: { file: string; name: string },
): Promise<RenditionRow['file']> {
  const type = FILE_TYPES[endingOf(file)]
  if (!type) throw new Error(`No type of file that is taken: ${file}`)
  const content = await readFile(join(filesDir, file))
  const bytes = await storage.append(key, 0, content)
  return { key, name: cleanFileName(name), bytes, ...(await checkFile(storage, key, bytes, type)) }
}
