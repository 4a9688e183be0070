import type { Readable } from 'node:stream'
import { type ClientSession, Types } from 'mongoose'
import { Resource } from '../../models/resource'
import { Upload, type UploadRow } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import type { RenditionStatus } from '../../shared/resource-kinds'
import { FILE_MAX_BYTES } from '../../shared/schemas/resources'
import type { Ports } from '../ports'
import { demand } from './access'
import { recordAudit } from './audit'
import { bytesOf } from './file-content'
import { cleanFileName, endingOf } from './file-names'
import { checkHead, FILE_TYPES, type FileType, HEAD_BYTES } from './file-types'
import { demandNoPatientData, recordKept } from './patient-data'
import { watchStanding } from './standing'
import {
  releaseFile,
  removeFile,
  removeFileSoon,
  removeLeftFiles,
  reserveBytes,
} from './storage-use'
import { inTransaction } from './transaction'
import { expiryOf } from './upload-expiry'
import { finishUpload } from './upload-finish'
import { type Lease, takeLease } from './upload-lease'
import { demandFew } from './upload-quota'
import { slicesOf } from './upload-slices'

export type UploadIntent = {
  filename: string
  resourceId: string
  lang: Language
  status: RenditionStatus
  acknowledged?: 'patient-data' | undefined
}

/** An upload as its door tells of it. */
export type UploadState = {
  id: string
  length: number
  offset: number
  createdAt: Date
  expiresAt: Date
}

/**
 * A file is about to come for a library item: ask everything that can be asked before its bytes, and
 * set room aside.
 *
 * @param id 24 hex digits, not to be guessed; the rendition will have it
 * @param length bytes
 * @throws AppError `not_found`, `forbidden`; `own_review` for a review of one's own; `file_type`,
 *   `file_empty`, `too_large`, `storage_full`, `too_many_requests`, `patient_data`
 */
export async function beginUpload(
  ports: Ports,
  actor: Actor,
  { id, length, intent }: { id: string; length: number; intent: UploadIntent },
): Promise<UploadState> {
  const { clock, limits } = ports
  const resource = await Resource.findById(intent.resourceId).lean()
  if (!resource) throw new AppError('not_found')
  const subject = { partnershipId: String(resource.partnership) }
  demand(actor, 'file:upload', subject)
  demand(actor, 'rendition:add', subject)
  if (intent.status === 'reviewed') throw new AppError('own_review')

  const name = cleanFileName(intent.filename)
  const { most } = typeOf(name)
  if (length === 0) throw new AppError('file_empty')
  if (length > Math.min(most, FILE_MAX_BYTES)) throw new AppError('too_large')
  // as it reads: underscores are the spaces of file names
  const kept = demandNoPatientData({ filename: name.replaceAll('_', ' ') }, intent)
  await limits.take('upload', actor.userId)

  const createdAt = clock.now()
  const expiresAt = expiryOf(createdAt, 0)
  await inTransaction(async (session) => {
    await reserveBytes(session, resource.partnership, length)
    await demandFew(session, actor, length, createdAt)
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
      expiresAt,
    }
    await Upload.create([fields], { session })
    const { partnership } = resource
    const place = { resource: String(resource._id), rendition: id }
    await recordKept(ports, actor, { partnership, place, kept }, session)
  })
  return { id, length, offset: 0, createdAt, expiresAt }
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
  return stateOf(row, row.offset)
}

function stateOf({ _id, length, createdAt }: UploadRow, offset: number): UploadState {
  return { id: String(_id), length, offset, createdAt, expiresAt: expiryOf(createdAt, offset) }
}

/**
 * Take bytes of an upload; what has come before the line is cut stays. The last of them are answered
 * only once the file is a rendition of its item.
 *
 * @param body from `offset` on
 * @returns how far it has come
 * @throws AppError `upload_busy` while another writer is at it, `conflict` if it has come farther or
 *   less far, `malformed_upload` for bytes beyond its length, `file_…` when the content is refused
 */
export async function receiveUpload(
  ports: Ports,
  actor: Actor,
  uploadId: string,
  { offset, body }: { offset: number; body: Readable | Buffer },
): Promise<UploadState> {
  const known = await findUpload(actor, uploadId, ports.clock.now())
  if (known.refusal) throw new AppError(known.refusal)
  // the last answer may have been lost: nothing more is to be sent
  if (known.state === 'done' && offset === known.length) return stateOf(known, offset)
  if (known.offset !== offset) throw new AppError('conflict')

  const lease = await takeLease(known._id)
  const subject = { partnershipId: String(known.partnership) }
  const endWatch = watchStanding(
    ports,
    actor,
    (now) => demand(now, 'file:upload', subject),
    // as if the line had broken; whoever asks again is told why
    (why) => Buffer.isBuffer(body) || body.destroy(why),
  )
  try {
    if (lease.row.offset !== offset) throw new AppError('conflict')
    return stateOf(known, await receive(ports, actor, lease, body))
  } catch (error) {
    if (isAppError(error) && error.code.startsWith('file_')) await refuse(ports, lease, error)
    throw error
  } finally {
    endWatch()
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
    end = await ports.storage.append(key, end, slice, lease.fence)
    if (!sniffed && end >= Math.min(HEAD_BYTES, row.length)) {
      const head = await bytesOf(ports.storage, key, 0, Math.min(end, HEAD_BYTES))
      await checkHead(typeOf(row.name), head)
      sniffed = true
    }
    // the end itself is only told of together with the rendition
    const expiresAt = expiryOf(row.createdAt, end)
    if (end < row.length) await lease.keep({ offset: end, sniffed, expiresAt })
  }
  if (end === row.length) await finishUpload(ports, actor, lease, typeOf(row.name))
  return end
}

/** Never to be stored: its bytes go, its row stays for the day so that asking again gets the reason. */
async function refuse(ports: Ports, { row, by }: Lease, { code }: AppError): Promise<void> {
  const refused = await inTransaction(async (session) => {
    const changed = await Upload.updateOne(
      { _id: row._id, state: 'open', 'lease.by': by },
      // long enough to be asked for, however soon it was refused
      { $set: { state: 'refused', refusal: code, expiresAt: expiryOf(row.createdAt, row.length) } },
      { session },
    )
    if (changed.matchedCount === 0) return false
    await release(session, row, ports.clock.now())
    const fact = {
      kind: 'file:refused' as const,
      partnershipId: String(row.partnership),
      by: String(row.user),
      subject: { resource: String(row.resource), upload: String(row._id) },
      detail: { code },
    }
    await recordAudit(ports, fact, session)
    return true
  })
  if (refused) removeFileSoon(ports, String(row._id))
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
    const dropped = await drop(ports, row, { 'lease.by': lease.by })
    if (dropped) removeFileSoon(ports, uploadId)
  } finally {
    await lease.end()
  }
}

/**
 * Remove all that has expired, and bytes that were left behind. What fails is logged, left for the
 * next time and keeps nothing else waiting. Safe in several processes at once.
 */
export async function sweepUploads(ports: Ports): Promise<{ uploads: number; files: number }> {
  const now = ports.clock.now()
  let uploads = 0
  for await (const row of Upload.find({ expiresAt: { $lt: now } })
    .lean()
    .cursor()) {
    try {
      await sweep(ports, row)
      uploads++
    } catch (error) {
      ports.log.error({ err: error, upload: String(row._id) }, 'sweeping an upload failed')
    }
  }
  const files = await removeLeftFiles(ports, new Date(now.getTime() - 60_000))
  return { uploads, files }
}

async function sweep(ports: Ports, row: UploadRow): Promise<void> {
  const { _id, state, expiresAt } = row
  if (state !== 'open') await Upload.deleteOne({ _id, state })
  // bytes that have come meanwhile let it live on
  else if (await drop(ports, row, { expiresAt })) await removeFile(ports, String(_id))
}

/** @returns whether it was there to be dropped; its bytes are then to be removed */
function drop(ports: Ports, row: UploadRow, still: object): Promise<boolean> {
  return inTransaction(async (session) => {
    const gone = await Upload.deleteOne({ _id: row._id, state: 'open', ...still }, { session })
    if (gone.deletedCount > 0) await release(session, row, ports.clock.now())
    return gone.deletedCount > 0
  })
}

function release(session: ClientSession, row: UploadRow, at: Date) {
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
