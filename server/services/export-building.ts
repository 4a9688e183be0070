import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { Export, type ExportRow } from '../../models/export'
import { AppError, isAppError } from '../../shared/errors'
import type { Ports } from '../ports'
import { type ArchiveEntry, archiveOf, RemovedMeanwhile } from './export-archive'
import { entriesOfPerson } from './export-own'
import { entriesOfPartnership, type Problem } from './export-partnership'
import { readmeOf } from './export-readme'
import { exportKey } from './exports'

/** A builder that has said nothing for so long has gone, milliseconds. */
const LEASE_MS = 30_000
/** So often is an archive begun; then something is wrong with it. */
const ATTEMPTS = 3

/**
 * Build the archives that wait, one after the other; also those whose builder has gone. Safe to call
 * from several processes: each archive has one builder at a time.
 *
 * @returns how many were built
 */
export async function buildExports(ports: Ports): Promise<number> {
  for (let built = 0; ; built += 1) {
    const row = await claim(ports.clock.now())
    if (!row) return built
    try {
      await build(ports, row)
    } catch (error) {
      // whoever took over goes on with it
      if (isAppError(error) && error.code === 'conflict') continue
      ports.log.error({ err: error, export: String(row._id) }, 'an archive could not be built')
      const state = row.attempt >= ATTEMPTS ? 'failed' : 'waiting'
      await Export.updateOne(mine(row), { $set: { state, until: null } })
    }
  }
}

async function claim(now: Date): Promise<ExportRow | null> {
  return Export.findOneAndUpdate(
    { $or: [{ state: 'waiting' }, { state: 'building', until: { $lt: now } }] },
    { $set: { state: 'building', until: leaseFrom(now) }, $inc: { attempt: 1 } },
    { sort: { at: 1 }, returnDocument: 'after' },
  ).lean()
}

/** What was removed while it was read is not there any more when the archive is begun anew. */
async function build(ports: Ports, row: ExportRow): Promise<void> {
  for (;;) {
    try {
      return await buildOnce(ports, row)
    } catch (error) {
      if (!(error instanceof RemovedMeanwhile)) throw error
    }
  }
}

async function buildOnce(ports: Ports, row: ExportRow): Promise<void> {
  const { clock, storage } = ports
  const key = exportKey(row._id)
  const problems: Problem[] = []
  const entries = await entriesOf(ports, row, problems)
  const archive = archiveOf(entries, {
    at: row.at,
    describe: () => ({ format: 1, kind: row.kind, at: row.at.toISOString(), problems }),
  })
  const hash = createHash('sha256')
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  archive.on('error', (error) => hashed.destroy(error))
  const renewing = setInterval(() => {
    Export.updateOne(mine(row), { $set: { until: leaseFrom(clock.now()) } }).catch(() => {})
  }, LEASE_MS / 3)
  try {
    // each piece is written in a transaction with the builder's right to build
    const bytes = await storage.append(key, 0, archive.pipe(hashed), async (session) => {
      if (!(await Export.exists(mine(row)).session(session))) throw new AppError('conflict')
    })
    const ready = { state: 'ready', bytes, sha256: hash.digest('hex'), problems: problems.length }
    await Export.updateOne(mine(row), { $set: { ...ready, until: null, readyAt: clock.now() } })
  } finally {
    clearInterval(renewing)
    archive.destroy()
  }
}

async function entriesOf(
  ports: Ports,
  { kind, partnership, user }: ExportRow,
  problems: Problem[],
): Promise<ArchiveEntry[]> {
  const entries = partnership
    ? await entriesOfPartnership(ports, String(partnership), problems)
    : entriesOfPerson(String(user))
  return [readmeOf(kind), ...entries]
}

/** The row while this attempt is the one that builds it. */
function mine({ _id, attempt }: ExportRow) {
  return { _id, attempt, state: 'building' as const }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS)
}
