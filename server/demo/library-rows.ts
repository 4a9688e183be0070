import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Types } from 'mongoose'
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

/** Insert a partnership's library: files first, then what refers to them; and make it findable. */
export async function seedLibrary(
  shelf: Shelf,
  cast: Cast,
  { resources }: DemoPartnership,
): Promise<void> {
  const items = resources.map((resource) => itemRow(cast, resource))
  const asked = resources.flatMap((resource) => requestRows(cast, resource))
  const known = await Rendition.find({ partnership: cast.partnership }, { _id: 1 }).lean()
  const there = new Set(known.map(({ _id }) => String(_id)))
  const renditions: RenditionRow[] = []
  for (const resource of resources) {
    for (const [index, rendition] of resource.renditions.entries()) {
      const _id = demoId(`rendition ${resource.key} ${index + 1}`)
      if (there.has(String(_id))) continue
      renditions.push(await renditionRow(shelf, cast, { resource, rendition, index, _id }))
    }
  }
  await inTransaction(async (session) => {
    if (renditions.length === 0) return
    await Rendition.insertMany(renditions, { session })
    const bytes = renditions.reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0)
    const use = { _id: cast.partnership }
    await StorageUse.updateOne(use, { $inc: { bytes } }, { session, upsert: true })
  })
  await insertMissing(TranslationRequest, asked)
  await insertMissing(Resource, items)
  await inTransaction(async (session) => {
    const ids = items.map(({ _id }) => _id)
    const rows = await Resource.find({ _id: { $in: ids } })
      .session(session)
      .lean()
    for (const row of rows) await indexResource(session, row)
  })
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
