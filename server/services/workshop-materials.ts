import type { Types } from 'mongoose'
import { Rendition } from '../../models/rendition'
import { Resource } from '../../models/resource'
import type { WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import type { MaterialView } from '../../shared/workshop-views'
import type { Ports } from '../ports'
import { demand } from './access'
import { type OpenedFile, toOpenedFile } from './files'
import { readWhile } from './read-while'
import { together } from './together'
import { findWorkshop } from './workshop-access'

/**
 * What of the library belongs to a workshop: its materials and those of its agenda's rows, each with its
 * newest versions, those in the reader's language first. Drafts are not among them.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listMaterials(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<MaterialView[]> {
  const workshop = await findAttended(actor, workshopId)
  if (!workshop) return []
  const name = `materials of ${workshopId} ${workshop.rev}`
  const materials = await together(name, () => readMaterials(workshop))
  const isOther = (lang: Language) => Number(lang !== actor.lang)
  return materials.map((each) => ({
    ...each,
    versions: each.versions.toSorted((one, other) => isOther(one.lang) - isOther(other.lang)),
  }))
}

async function readMaterials(workshop: WorkshopRow): Promise<MaterialView[]> {
  const ids = materialsOf(workshop)
  if (ids.length === 0) return []
  const { partnership } = workshop
  const [items, versions] = await Promise.all([
    Resource.find({ _id: { $in: ids }, partnership }, { title: 1 }).lean(),
    Rendition.find({ partnership, resource: { $in: ids }, ...SHOWN }).lean(),
  ])
  const byId = new Map(items.map((item) => [String(item._id), item]))
  return ids.flatMap((id) => {
    const item = byId.get(String(id))
    if (!item) return []
    const rows = workshop.agenda.filter(({ resource }) => resource?.equals(id))
    return {
      id: String(id),
      title: item.title,
      rows: rows.map(({ title }) => title),
      versions: versions
        .filter(({ resource }) => resource.equals(id))
        .map(({ _id, lang, file, url }) => ({
          id: String(_id),
          lang,
          file: file && { name: file.name, bytes: file.bytes },
          href: url ?? `/materials/${workshop._id}/${_id}`,
        })),
    }
  })
}

/**
 * The file of a material, for whoever attends the workshop that it belongs to.
 *
 * @throws AppError `not_found`, also for what is not among the workshop's materials; `forbidden`
 */
export async function openMaterial(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  renditionId: string,
): Promise<OpenedFile> {
  const workshop = await findAttended(actor, workshopId)
  if (!workshop) throw new AppError('not_found')
  const { partnership } = workshop
  const row = await Rendition.findOne({ _id: renditionId, partnership, ...SHOWN }).lean()
  const isOurs = row && materialsOf(workshop).some((id) => id.equals(row.resource))
  if (!isOurs || !row.file) throw new AppError('not_found')
  const subject = { partnershipId: String(partnership), workshopId }
  return toOpenedFile(ports, row, row.file, (bytes) =>
    readWhile(ports, actor, bytes, (now) => demand(now, 'workshop:material', subject)),
  )
}

/** The newest of each language; what is still a draft is not handed out. */
const SHOWN = { current: true, status: { $ne: 'draft' as const } }

/** Null for what was called off: there is nothing to be read for it. */
async function findAttended(actor: Actor, workshopId: string): Promise<WorkshopRow | null> {
  const workshop = await findWorkshop(actor, workshopId)
  const partnershipId = String(workshop.partnership)
  demand(actor, 'workshop:material', { partnershipId, workshopId })
  return workshop.status === 'cancelled' ? null : workshop
}

/** Ids of library items, each once: what the plan names, then what its agenda names. */
function materialsOf({ materials, agenda }: WorkshopRow): Types.ObjectId[] {
  const all = [...materials, ...agenda.flatMap(({ resource }) => resource ?? [])]
  return all.filter((id, at) => all.findIndex((each) => each.equals(id)) === at)
}
