import type { Readable } from 'node:stream'
import { Types } from 'mongoose'
import { Resource } from '../../models/resource'
import { Upload, type UploadRow } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import type { RenditionStatus } from '../../shared/schemas/resources'
import { FILE_MAX_BYTES } from '../../shared/schemas/resources'
import type { Ports } from '../ports'
import { demand } from './access'
import { bytesOf } from './file-content'
import { cleanFileName, endingOf } from './file-names'
import { checkHead, FILE_TYPES, type FileType, HEAD_BYTES } from './file-types'
import { releaseFile, removeFile, removeLeftFiles, reserveBytes } from './storage-use'
import { inTransaction } from './transaction'
import { finishUpload } from './upload-finish'
import { type Lease, takeLease } from './upload-lease'

/** What does not arrive within a day is given up. */
export const UPLOAD_HOURS = 24
const MOST_UNFINISHED = 50
/** Bytes that become durable together, or what has come in a while: what a killed process can cost. */
const SLICE_BYTES = 1_020_000
const SLICE_MS = 2_000

export type UploadIntent = {
  filename: string
  resourceId: string
  lang: Language
  status: RenditionStatus
}

/** An upload as its door tells of it. */
export type UploadState = { id: string; length: number; offset: number; createdAt: Date }

/**
 * A file is about to come for a library item: ask everything that can be asked before its bytes, and
 * set room aside.
 *
 * @param id 24 hex digits, not to be guessed; the rendition will have it
 * @param length bytes
 * @throws AppError `not_found`, `forbidden`; `conflict` for a review of one's own; `file_type`,
 *   `file_empty`, `too_large`, `storage_full`, `too_many_requests`
 */
export async function beginUpload(
  { clock, limits }: Ports,
  actor: Actor,
  { id, length, intent }: { id: string; length: number; intent: UploadIntent },
): Promise<void> {
  const resource = await Resource.findById(intent.resourceId).lean()
  if (!resource) throw new AppError('not_found')
  const subject = { partnershipId: String(resource.partnership) }
  demand(actor, 'file:upload', subject)
  demand(actor, 'rendition:add', subject)
  if (intent.status === 'reviewed') throw new AppError('conflict')

  const name = cleanFileName(intent.filename)
  const { most } = typeOf(name)
  if (length === 0) throw new AppError('file_empty')
  if (length > Math.min(most, FILE_MAX_BYTES)) throw new AppError('too_large')
  await limits.take('upload', actor.userId)

  const createdAt = clock.now()
  await inTransaction(async (session) => {
    await reserveBytes(session, resource.partnership, length)
    const unfinished = { user: actor.userId, state: 'open' as const }
    const count = await Upload.countDocuments(unfinished, { limit: MOST_UNFINISHED, session })
    if (count >= MOST_UNFINISHED) throw new AppError('too_many_requests', { seconds: '3600' })
    const fields = {
      _id: new Types.ObjectId(id),
      partnership: resource.partnership,
      user: actor.userId,
      resource: resource._id,
      lang: intent.lang,
      status: intent.status,
      name,
      length,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + UPLOAD_HOURS * 3_600_000),
    }
    await Upload.create([fields], { session })
  })
}

/**
 * How far one's own upload has come. A refused one gives its refusal again.
 *
 * @throws AppError `not_found` (also somebody else's, and an expired one), `forbidden`, `file_…`
 */
export async function readUpload(
  { clock }: Ports,
  actor: Actor,
  uploadId: string,
): Promise<UploadState> {
  const row = await findUpload(actor, uploadId, clock.now())
  if (row.refusal) throw new AppError(row.refusal)
  return { id: uploadId, length: row.length, offset: row.offset, createdAt: row.createdAt }
}

/**
 * Take bytes of an upload; what has come before the line is cut stays. The last of them are answered
 * only once the file is a rendition of its item.
 *
 * @param body from `offset` on
 * @returns the new end
 * @throws AppError `upload_busy` while another writer is at it, `conflict` if it has come farther or
 *   less far, `malformed_upload` for bytes beyond its length, `file_…` when the content is refused
 */
export async function receiveUpload(
  ports: Ports,
  actor: Actor,
  uploadId: string,
  { offset, body }: { offset: number; body: Readable | Buffer },
): Promise<number> {
  const known = await findUpload(actor, uploadId, ports.clock.now())
  if (known.refusal) throw new AppError(known.refusal)
  // the last answer may have been lost: nothing more is to be sent
  if (known.state === 'done' && offset === known.length) return offset
  if (known.offset !== offset) throw new AppError('conflict')

  const lease = await takeLease(known._id)
  try {
    if (lease.row.offset !== offset) throw new AppError('conflict')
    return await receive(ports, actor, lease, body)
  } catch (error) {
    if (isAppError(error) && error.code.startsWith('file_')) await refuse(ports, lease, error)
    // given up elsewhere while bytes came: they belong to nothing
    else if (!(await Upload.exists({ _id: known._id }))) await removeFile(ports, uploadId)
    throw error
  } finally {
    await lease.end()
  }
}

async function receive(
  ports: Ports,
  actor: Actor,
  lease: Lease,
  body: Readable | Buffer,
): Promise<number> {
  const { row } = lease
  const key = String(row._id)
  let end = row.offset
  let { sniffed } = row
  for await (const slice of slicesOf(body, row.length - end, () => lease.touch())) {
    lease.touch()
    await lease.keep()
    end = await ports.storage.append(key, end, slice)
    if (!sniffed && end >= Math.min(HEAD_BYTES, row.length)) {
      const head = await bytesOf(ports.storage, key, 0, Math.min(end, HEAD_BYTES))
      await checkHead(typeOf(row.name), head)
      sniffed = true
    }
    // the end itself is only told of together with the rendition
    if (end < row.length) await lease.keep({ offset: end, sniffed })
  }
  if (end === row.length) await finishUpload(ports, actor, lease, typeOf(row.name))
  return end
}

/** Parts of a body that become durable together; a body that breaks off ends like one that is over. */
async function* slicesOf(
  body: Readable | Buffer,
  room: number,
  touch: () => void,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  let since = performance.now()
  let left = room
  const parts = Buffer.isBuffer(body) ? [body] : untilCut(body)
  for await (const part of parts) {
    touch()
    left -= part.length
    if (left < 0) throw new AppError('malformed_upload')
    held.push(part)
    size += part.length
    if (size < SLICE_BYTES && performance.now() - since < SLICE_MS) continue
    yield Buffer.concat(held)
    held = []
    size = 0
    since = performance.now()
  }
  if (size > 0) yield Buffer.concat(held)
}

async function* untilCut(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body)
      yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
  } catch (error) {
    // the line broke; what came over it is good
    if (isAppError(error)) throw error
  }
}

/** Never to be stored: its bytes go, its row stays for the day so that asking again gets the reason. */
async function refuse(ports: Ports, { row, by }: Lease, { code }: AppError): Promise<void> {
  const refused = await inTransaction(async (session) => {
    const changed = await Upload.updateOne(
      { _id: row._id, state: 'open', 'lease.by': by },
      { $set: { state: 'refused', refusal: code } },
      { session },
    )
    if (changed.matchedCount > 0) await release(session, row, ports.clock.now())
    return changed.matchedCount > 0
  })
  if (refused) await removeFile(ports, String(row._id))
}

/**
 * Give up one's own upload; a finished one is a rendition and is not touched.
 *
 * @throws AppError `not_found`, `forbidden`, `upload_busy`
 */
export async function endUpload(ports: Ports, actor: Actor, uploadId: string): Promise<void> {
  const row = await findUpload(actor, uploadId, ports.clock.now())
  if (row.state !== 'open') throw new AppError('not_found')
  const lease = await takeLease(row._id)
  try {
    await drop(ports, row, { 'lease.by': lease.by })
  } finally {
    await lease.end()
  }
}

/** Remove what has expired, and bytes that were left behind. Safe in several processes at once. */
export async function sweepUploads(ports: Ports): Promise<{ uploads: number; files: number }> {
  const now = ports.clock.now()
  const expired = await Upload.find({ expiresAt: { $lt: now } })
    .limit(100)
    .lean()
  for (const row of expired) {
    if (row.state === 'open') await drop(ports, row, {})
    else await Upload.deleteOne({ _id: row._id })
  }
  const files = await removeLeftFiles(ports, new Date(now.getTime() - 60_000))
  return { uploads: expired.length, files }
}

async function drop(ports: Ports, row: UploadRow, still: object): Promise<void> {
  const dropped = await inTransaction(async (session) => {
    const gone = await Upload.deleteOne({ _id: row._id, state: 'open', ...still }, { session })
    if (gone.deletedCount > 0) await release(session, row, ports.clock.now())
    return gone.deletedCount > 0
  })
  if (dropped) await removeFile(ports, String(row._id))
}

function release(session: Parameters<typeof releaseFile>[0], row: UploadRow, at: Date) {
  const { partnership, length } = row
  return releaseFile(session, { partnership, key: String(row._id), bytes: length, at })
}

/** One's own, while one may still add to the library there. */
async function findUpload(actor: Actor, uploadId: string, now: Date): Promise<UploadRow> {
  const row = await Upload.findOne({ _id: uploadId, user: actor.userId }).lean()
  if (!row) throw new AppError('not_found')
  demand(actor, 'file:upload', { partnershipId: String(row.partnership) })
  if (row.expiresAt <= now) throw new AppError('not_found')
  return row
}

function typeOf(name: string): FileType {
  const ending = endingOf(name)
  const type = Object.hasOwn(FILE_TYPES, ending) ? FILE_TYPES[ending] : undefined
  if (!type) throw new AppError('file_type')
  return type
}
