import { Readable } from 'node:stream'
import { Types } from 'mongoose'
import { AuditEntry, type AuditEntryRow } from '../../models/audit-entry'
import { Partnership } from '../../models/partnership'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { PersonName } from '../../shared/views'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { contentOf, INSTALLATION, PROGRAMME } from './audit-chain'
import { sealRecord } from './audit-sealer'
import { ownName } from './names'
import { readWhile } from './read-while'
import { demandRecord, headOf } from './record'
import { csvLine } from './record-csv'
import { peopleOf } from './record-names'

export type RecordFormat = 'csv' | 'json'
/** `lines` end with an error when the right to them does. */
export type RecordExport = { name: string; mediaType: string; lines: Readable }

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' }
/** Rows whose names are looked up together. */
const BATCH = 500

/**
 * The whole record of a partnership, as a file that can be checked without us: everything up to the
 * head of its chain, which is named in it. That it was taken is its own last row.
 *
 * @param partnershipId null: the rows of no partnership
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`
 */
export async function exportRecord(
  ports: Ports,
  actor: Actor,
  partnershipId: string | null,
  format: RecordFormat,
): Promise<RecordExport> {
  demandRecord(actor, partnershipId)
  const place = partnershipId ? await Partnership.findById(partnershipId, { slug: 1 }).lean() : null
  if (partnershipId && !place) throw new AppError('not_found')
  await ports.limits.take('export', actor.userId)
  await recordAudit(ports, {
    kind: 'record:exported',
    ...(partnershipId ? { partnershipId } : {}),
    by: actor.userId,
    detail: { format },
  })
  const { about, rows } = await sealed(ports, partnershipId)
  const written = format === 'csv' ? toCsv(rows) : toJson(about, rows)
  return {
    name: `twinward-record-${place?.slug ?? PROGRAMME}-${about.exportedAt.slice(0, 10)}.${format}`,
    mediaType: MEDIA_TYPES[format],
    lines: readWhile(ports, actor, Readable.from(written), (now) =>
      demandRecord(now, partnershipId),
    ),
  }
}

/** A partnership's record as the same file of JSON, for an archive that says itself that it was taken. */
export async function* recordAsJson(ports: Ports, partnershipId: string): AsyncGenerator<string> {
  const { about, rows } = await sealed(ports, partnershipId)
  yield* toJson(about, rows)
}

/** Chain what waits, then everything up to the head. */
async function sealed(ports: Ports, partnershipId: string | null) {
  await sealRecord(ports)
  const head = await headOf(partnershipId ?? PROGRAMME)
  if (!head) throw new AppError('unavailable')
  const about = {
    format: 'twinward-record',
    version: 1,
    chain: partnershipId ?? PROGRAMME,
    exportedAt: ports.clock.now().toISOString(),
    head,
    installation: await headOf(INSTALLATION),
  }
  return { about, rows: namedRows(partnershipId, head.seq) }
}

type Named = { row: AuditEntryRow; by: PersonName | undefined }

/** In the order of the chain, read as fast as they are taken. */
async function* namedRows(partnershipId: string | null, last: number): AsyncGenerator<Named> {
  const partnership = partnershipId ? new Types.ObjectId(partnershipId) : null
  for (let after = 0; after < last; ) {
    const batch = await AuditEntry.find({ partnership, ownSeq: { $gt: after, $lte: last } })
      .sort({ ownSeq: 1 })
      .limit(BATCH)
      .lean()
    if (batch.length === 0) return
    const people = await peopleOf(batch.flatMap(({ by }) => by ?? []))
    for (const row of batch) yield { row, by: people[String(row.by)] }
    after = batch.at(-1)?.ownSeq ?? last
  }
}

async function* toJson(about: object, rows: AsyncIterable<Named>): AsyncGenerator<string> {
  const people: Record<string, string> = {}
  yield `${JSON.stringify(about).slice(0, -1)},"rows":[`
  let isFirst = true
  for await (const { row, by } of rows) {
    if (row.by && by) people[String(row.by)] = ownName(by)
    const line = JSON.stringify({ seq: row.ownSeq, hash: row.ownHash, ...contentOf(row) })
    yield `${isFirst ? '' : ','}\n${line}`
    isFirst = false
  }
  yield `\n],"people":${JSON.stringify(people)}}\n`
}

const COLUMNS = ['number', 'time (UTC)', 'kind', 'by', 'name', 'subject', 'detail', 'hash']

async function* toCsv(rows: AsyncIterable<Named>): AsyncGenerator<string> {
  // Excel takes a file for UTF-8 by this mark alone
  yield `\ufeff${csvLine(COLUMNS)}`
  for await (const { row, by } of rows) {
    const { at, kind, subject, detail, by: id } = contentOf(row)
    yield csvLine([
      String(row.ownSeq),
      at,
      kind,
      id ?? '',
      by ? ownName(by) : '',
      pairs(subject),
      pairs(detail),
      row.ownHash ?? '',
    ])
  }
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}: ${value}`)
    .join('; ')
}
