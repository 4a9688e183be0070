import type { Readable } from 'node:stream'
import { Types } from 'mongoose'
import { Export, type ExportKind, type ExportRow } from '../../models/export'
import { FileRemoval } from '../../models/file-removal'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { Purge } from '../../models/purge'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { ExportView } from '../../shared/export-views'
import type { Ports } from '../ports'
import { demand, demandSelf } from './access'
import { recordAudit } from './audit'
import type { OpenedFile } from './files'
import { readWhile } from './read-while'
import { inTransaction } from './transaction'

/** So often is it asked whether an archive that is on its way is still there, milliseconds. */
const LOOKED_MS = 1_000
/** How long an archive can be fetched; a slow line needs days, a forgotten copy helps nobody. */
const KEPT_MS = 7 * 86_400_000

/**
 * Ask for everything that belongs to a partnership, as one archive. While one is being built, or was
 * asked for by the same person within the last minute, that one is answered. A programme admin opens
 * the partnership first: an archive is all of its content.
 *
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`
 */
export async function exportPartnership(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<ExportView> {
  demandContent(actor, partnershipId)
  return ask(ports, actor, { kind: 'partnership', partnershipId })
}

/** Ask for everything that is one's own, as one archive. */
export async function exportOwn(ports: Ports, actor: Actor): Promise<ExportView> {
  demandSelf(actor)
  return ask(ports, actor, { kind: 'own', partnershipId: null })
}

/**
 * The actor's own archives of a partnership, newest first.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listPartnershipExports(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<ExportView[]> {
  demand(actor, 'partnership:export', { partnershipId })
  return listOf(clock.now(), actor, { kind: 'partnership', partnershipId })
}

/** The actor's archives of their own data, newest first. */
export async function listOwnExports({ clock }: Ports, actor: Actor): Promise<ExportView[]> {
  demandSelf(actor)
  return listOf(clock.now(), actor, { kind: 'own', partnershipId: null })
}

/**
 * An archive's bytes, for whoever asked for it and still may have them.
 *
 * It is cut off where it has come to when patient data is removed from what it holds.
 *
 * @throws AppError `not_found` for everybody else's, for one that is not ready or over; `forbidden`
 */
export async function openExport(
  ports: Ports,
  actor: Actor,
  exportId: string,
): Promise<OpenedFile> {
  const row = await Export.findOne({ _id: exportId, user: actor.userId, state: 'ready' }).lean()
  if (!row || row.expiresAt <= ports.clock.now() || !row.sha256) throw new AppError('not_found')
  const mayHave = (now: Actor) =>
    row.kind === 'own' ? demandSelf(now) : demandContent(now, String(row.partnership))
  mayHave(actor)
  if (await isStale(row)) {
    await dropExport(row._id, ports.clock.now())
    throw new AppError('not_found')
  }
  const { bytes, sha256, readyAt, at } = row
  return {
    name: await nameOf(row),
    mediaType: 'application/zip',
    bytes,
    sha256,
    at: readyAt ?? at,
    read: (range) => {
      const bytes = ports.storage.read(exportKey(row._id), range)
      cutWhenGone(ports, row._id, bytes)
      return readWhile(ports, actor, bytes, mayHave)
    },
  }
}

/** What an archive is of may be read, not only taken along. */
function demandContent(actor: Actor, partnershipId: string): void {
  for (const operation of ['partnership:export', 'protocol:open', 'file:download'] as const)
    demand(actor, operation, { partnershipId })
}

/** Asked for before patient data was removed from what it is of, and not dropped then. */
async function isStale({ kind, partnership, user, at }: ExportRow): Promise<boolean> {
  const of = kind === 'own' ? await Membership.distinct('partnership', { user }) : [partnership]
  return (await Purge.exists({ partnership: { $in: of }, at: { $gte: at } })) !== null
}

/** Whichever process dropped the archive, its bytes stop here. */
function cutWhenGone({ log }: Ports, _id: Types.ObjectId, bytes: Readable): void {
  const look = async () => {
    try {
      if (!(await Export.exists({ _id }))) bytes.destroy(new AppError('not_found'))
    } catch (error) {
      log.warn({ err: error }, 'an archive not looked for, looking again')
    }
  }
  const looking = setInterval(() => void look(), LOOKED_MS)
  bytes.once('close', () => clearInterval(looking))
}

/** Where an archive's bytes are in the storage. */
export function exportKey(id: Types.ObjectId): string {
  return `export-${id}`
}

/** Take away what is over, bytes and all. */
export async function sweepExports({ clock }: Ports): Promise<number> {
  const rows = await Export.find({ expiresAt: { $lte: clock.now() } }, { _id: 1 })
    .limit(100)
    .lean()
  for (const { _id } of rows) await dropExport(_id, clock.now())
  return rows.length
}

/** The row goes and its bytes are put down for removal, together. */
export async function dropExport(_id: Types.ObjectId, at: Date): Promise<void> {
  await inTransaction(async (session) => {
    const removal = { _id: exportKey(_id) }
    await FileRemoval.updateOne(removal, { $setOnInsert: { at } }, { upsert: true, session })
    await Export.deleteOne({ _id }, { session })
  })
}

type Of = { kind: ExportKind; partnershipId: string | null }

async function ask(ports: Ports, actor: Actor, of: Of): Promise<ExportView> {
  const now = ports.clock.now()
  const mine = filterOf(actor, of)
  const recent = await Export.findOne({
    ...mine,
    $or: [
      { state: { $in: ['waiting', 'building'] } },
      { state: 'ready', at: { $gt: new Date(now.getTime() - 60_000) } },
    ],
  }).lean()
  if (recent) return toView(recent)
  await ports.limits.take('export', actor.userId)

  const _id = new Types.ObjectId()
  const row = { ...mine, _id, state: 'waiting' as const, at: now, expiresAt: after(now) }
  await inTransaction(async (session) => {
    await Export.create([row], { session })
    const by = actor.userId
    const subject = { export: String(_id) }
    if (of.partnershipId) {
      const { partnershipId } = of
      await recordAudit(
        ports,
        { kind: 'partnership:exported', partnershipId, by, subject },
        session,
      )
    } else {
      await recordAudit(ports, { kind: 'account:exported', by, subject }, session)
    }
  })
  ports.bus.publishHere('export:asked', {})
  const made = await Export.findById(_id).lean()
  if (!made) throw new AppError('unexpected')
  return toView(made)
}

async function listOf(now: Date, actor: Actor, of: Of): Promise<ExportView[]> {
  const rows = await Export.find({ ...filterOf(actor, of), expiresAt: { $gt: now } })
    .sort({ at: -1 })
    .limit(10)
    .lean()
  return rows.map(toView)
}

function filterOf({ userId }: Actor, { kind, partnershipId }: Of) {
  const partnership = partnershipId ? new Types.ObjectId(partnershipId) : null
  return { kind, partnership, user: new Types.ObjectId(userId) }
}

async function nameOf({ kind, partnership, at }: ExportRow): Promise<string> {
  const day = at.toISOString().slice(0, 10)
  if (kind === 'own') return `twinward-${day}.zip`
  const row = await Partnership.findById(partnership, { slug: 1 }).lean()
  return `twinward-${row?.slug ?? 'partnership'}-${day}.zip`
}

function after(now: Date): Date {
  return new Date(now.getTime() + KEPT_MS)
}

function toView(row: ExportRow): ExportView {
  return {
    id: String(row._id),
    state: row.state,
    at: row.at.toISOString(),
    until: row.expiresAt.toISOString(),
    bytes: row.bytes,
    problems: row.problems,
  }
}
