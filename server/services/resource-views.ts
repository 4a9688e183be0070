import type { Types } from 'mongoose'
import { Rendition, type RenditionRow } from '../../models/rendition'
import { Resource, type ResourceRow } from '../../models/resource'
import { localized } from '../../shared/languages'
import type { PersonView, RenditionView, ResourceView } from '../../shared/views'
import type { Bus } from '../ports'
import { openRequestsOf } from './open-requests'
import { peopleById } from './people'

/** Library items of one partnership as their readers see them, in the order given. */
export async function toResourceViews(
  partnershipId: string,
  rows: readonly ResourceRow[],
): Promise<ResourceView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ _id }) => _id)
  const [renditions, requests] = await Promise.all([
    Rendition.find({ partnership: partnershipId, resource: { $in: ids }, current: true })
      .sort({ lang: 1 })
      .lean(),
    openRequestsOf(partnershipId, 'resource', ids.map(String)),
  ])
  const people = await peopleById(partnershipId, [
    ...rows.map(({ createdBy }) => createdBy),
    ...renditions.map(({ addedBy }) => addedBy),
  ])
  return rows.map((row) => ({
    id: String(row._id),
    title: localized(row.title.en, row.title.ru),
    about: localized(row.about.en, row.about.ru),
    kind: row.kind,
    renditions: renditions
      .filter(({ resource }) => resource.equals(row._id))
      .map((rendition) => toRenditionView(rendition, people)),
    requests: requests.get(String(row._id)) ?? [],
    createdBy: people.get(String(row.createdBy)) ?? null,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    rev: row.rev ?? 0,
  }))
}

/** One item as its readers see it. */
export async function toResourceView(row: ResourceRow): Promise<ResourceView> {
  const [view] = await toResourceViews(String(row.partnership), [row])
  if (!view) throw new Error('an item without a view')
  return view
}

/**
 * After the commit: everybody's library shows the item as it is now.
 *
 * @returns what was announced, null if the item has gone
 */
export async function announceResource(
  bus: Bus,
  { _id, partnership }: { _id: Types.ObjectId; partnership: Types.ObjectId },
): Promise<ResourceView | null> {
  // the row first: what is read after it is as new as its count of changes, or newer
  const row = await Resource.findOne({ _id, partnership }).lean()
  if (!row) return null
  const resource = await toResourceView(row)
  bus.publish('resource:changed', { partnershipId: String(row.partnership), resource })
  return resource
}

function toRenditionView(
  { _id, lang, status, file, url, addedBy, addedAt }: RenditionRow,
  people: ReadonlyMap<string, PersonView>,
): RenditionView {
  return {
    id: String(_id),
    lang,
    status,
    source: file
      ? {
          kind: 'file',
          name: file.name,
          mediaType: file.mediaType.split(';')[0] ?? '',
          bytes: file.bytes,
          path: `/files/${String(_id)}`,
        }
      : { kind: 'link', url: url ?? '' },
    addedBy: people.get(String(addedBy)) ?? null,
    addedAt: addedAt.toISOString(),
  }
}
