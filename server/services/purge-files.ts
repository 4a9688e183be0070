import { Rendition, type RenditionRow } from '../../models/rendition'
import { Upload } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { removedName } from '../../shared/patient-data/removed'
import type { Ports } from '../ports'
import { recordPurge } from './purge-rows'
import { indexResource, touchResource } from './renditions'
import { announceResource } from './resource-views'
import { findResource } from './resources'
import { inTransaction } from './transaction'

type At = { resource: string; rendition: string }

/** A version whose file has a name. */
export async function findNamedFile(
  actor: Actor,
  partnershipId: string,
  at: At,
): Promise<RenditionRow & { file: NonNullable<RenditionRow['file']> }> {
  const item = await findResource(actor, 'protocol:purge', at.resource, partnershipId)
  const { partnership, _id: resource } = item
  const row = await Rendition.findOne({ _id: at.rendition, partnership, resource }).lean()
  if (!row?.file) throw new AppError('not_found')
  return { ...row, file: row.file }
}

/**
 * A file loses its name, and with it every version of the item and every upload for it that is called
 * the same. What is in the file stays: it is taken away by removing the version.
 */
export async function purgeFileName(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  at: At,
): Promise<number> {
  const { _id, partnership, resource, file } = await findNamedFile(actor, partnershipId, at)
  const name = removedName(file.name)
  if (file.name === name) return 0
  const count = await inTransaction(async (session) => {
    const item = await touchResource(session, { partnership, resource })
    const named = await Rendition.updateMany(
      { partnership, resource, 'file.name': file.name },
      { $set: { 'file.name': name } },
      { session },
    )
    await Upload.updateMany(
      { partnership, resource, name: file.name },
      { $set: { name } },
      { session },
    )
    if (named.modifiedCount === 0) return 0
    await indexResource(session, item)
    const place = { partnership, what: 'file' as const, of: _id, within: resource }
    const subject = { resource: String(resource), rendition: String(_id) }
    await recordPurge(ports, actor, { ...place, subject }, named.modifiedCount, session)
    return named.modifiedCount
  })
  await announceResource(ports.bus, { _id: resource, partnership })
  return count
}
