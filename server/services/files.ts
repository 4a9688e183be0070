import type { Readable } from 'node:stream'
import { type FileRow, Rendition, type RenditionRow } from '../../models/rendition'
import { Upload } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import type { UploadView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { readWhile } from './read-while'
import { findResource } from './resources'

/** A stored file as the download door needs it. */
export type OpenedFile = {
  name: string
  mediaType: string
  bytes: number
  sha256: string
  at: Date
  /** @param range first and last byte, both included; everything without */
  read(range?: { start: number; end: number }): Readable
}

/**
 * A rendition's file, for whoever may download it; an earlier version's too.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function openFile(
  ports: Ports,
  actor: Actor,
  renditionId: string,
): Promise<OpenedFile> {
  const row = await Rendition.findById(renditionId).lean()
  if (!row) throw new AppError('not_found')
  const subject = { partnershipId: String(row.partnership), published: false }
  demand(actor, 'file:download', subject)
  if (!row.file) throw new AppError('not_found')
  return toOpenedFile(ports, row, row.file, (bytes) =>
    readWhile(ports, actor, bytes, (now) => demand(now, 'file:download', subject)),
  )
}

/** @param watch ends the bytes that are on their way once they may not be had any more */
export function toOpenedFile(
  { storage }: Pick<Ports, 'storage'>,
  { addedAt: at }: Pick<RenditionRow, 'addedAt'>,
  { key, name, mediaType, bytes, sha256 }: FileRow,
  watch: (bytes: Readable) => Readable,
): OpenedFile {
  const read: OpenedFile['read'] = (range) => watch(storage.read(key, range))
  return { name, mediaType, bytes, sha256, at, read }
}

/**
 * The actor's own files for an item that have not arrived completely, oldest first.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listUnfinished(
  { clock }: Ports,
  actor: Actor,
  resourceId: string,
  partnershipId?: string,
): Promise<UploadView[]> {
  const item = await findResource(actor, 'file:download', resourceId, partnershipId)
  const { partnership, _id } = item
  if (!can(actor, 'file:upload', { partnershipId: String(partnership) })) return []
  const rows = await Upload.find({
    partnership,
    user: actor.userId,
    state: 'open',
    resource: _id,
    expiresAt: { $gt: clock.now() },
  })
    .sort({ createdAt: 1 })
    .limit(50)
    .lean()
  return rows.map((row) => ({
    id: String(row._id),
    resourceId,
    name: row.name,
    bytes: row.length,
    received: row.offset,
    lang: row.lang,
    startedAt: row.createdAt.toISOString(),
  }))
}
