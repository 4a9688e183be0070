import { Types } from 'mongoose'
import { AuditEntry, type AuditEntryRow } from '../../models/audit-entry'
import { AuditSeal } from '../../models/audit-seal'
import type { Actor } from '../../shared/actor'
import { AUDIT_GROUPS, type AuditView, type RecordPage, type SealHead } from '../../shared/audit'
import { AppError } from '../../shared/errors'
import { RecordQuery } from '../../shared/schemas/record'
import type { Ports } from '../ports'
import { demand, demandSelf } from './access'
import { INSTALLATION, PROGRAMME } from './audit-chain'
import { cursorAfter, placeOf } from './cursors'
import { endOfDay, startOfDay } from './record-days'
import { namesIn, peopleOf } from './record-names'

/** The most rows on one page. */
const MOST = 100
/** The most people in the choice of a person. */
const MOST_PEOPLE = 500

/**
 * A part of the record, newest first, with the names to read it by.
 *
 * @param partnershipId null: the rows of no partnership, for the programme alone
 * @param query as its address has it; days are of the reader's own zone
 * @throws AppError `invalid_input`, `not_found`, `forbidden`
 */
export async function listRecord(
  _ports: Ports,
  actor: Actor,
  partnershipId: string | null,
  query: unknown,
  limit = 50,
): Promise<RecordPage> {
  demandRecord(actor, partnershipId)
  const asked = parseQuery(query)
  const size = Math.min(limit, MOST)
  const partnership = partnershipId ? new Types.ObjectId(partnershipId) : null
  const found = await AuditEntry.find(filterOf(partnership, asked, actor.timeZone))
    .sort({ at: -1, _id: -1 })
    .hint(indexFor(asked))
    .limit(size + 1)
    .lean()
  const rows = found.slice(0, size)
  const last = found.length > size ? rows.at(-1) : undefined
  const doers = await doersIn(partnership)
  const names = await namesIn(rows)
  return {
    rows: rows.map(toView),
    next: last ? cursorAfter({ at: last.at, id: last._id }) : null,
    head: await headOf(partnershipId ?? PROGRAMME),
    people: { ...(await peopleOf(doers)), ...names.people },
    doers: doers.map(String),
    titles: names.titles,
    addresses: names.addresses,
    pairs: names.pairs,
  }
}

/**
 * One's own sign-ins and what changed in how one signs in, newest first.
 *
 * @throws AppError `forbidden` for a token that may not manage the account
 */
export async function listOwnSignIns(
  _ports: Ports,
  actor: Actor,
  limit = 20,
): Promise<AuditView[]> {
  demandSelf(actor)
  const rows = await AuditEntry.find({
    partnership: null,
    by: actor.userId,
    kind: { $in: AUDIT_GROUPS['sign-in'] },
  })
    .sort({ at: -1, _id: -1 })
    .limit(Math.min(limit, MOST))
    .lean()
  return rows.map(toView)
}

/** Who reads the record of a partnership; that of none is the programme's. */
export function demandRecord(actor: Actor, partnershipId: string | null): void {
  demand(actor, 'audit:read', { partnershipId: partnershipId ?? '' })
}

/** How far a chain goes; null while nothing is in it. */
export async function headOf(chain: string = INSTALLATION): Promise<SealHead | null> {
  const head = await AuditSeal.findById(chain).lean()
  return head && { seq: head.seq, hash: head.hash, at: head.at.toISOString() }
}

function parseQuery(query: unknown): RecordQuery {
  const parsed = RecordQuery.safeParse(query)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path, code }) => [String(path[0]), code] as const)
  throw new AppError('invalid_input', Object.fromEntries(fields))
}

/** Only equality before the time, so that an index has the rows in their order. */
function filterOf(
  partnership: Types.ObjectId | null,
  { group, by, from, to, cursor }: RecordQuery,
  timeZone: string,
) {
  const kinds = group ? AUDIT_GROUPS[group] : by ? Object.values(AUDIT_GROUPS).flat() : null
  const times = {
    ...(from ? { $gte: startOfDay(from, timeZone) } : {}),
    ...(to ? { $lt: endOfDay(to, timeZone) } : {}),
  }
  return {
    partnership,
    ...(by ? { by: new Types.ObjectId(by) } : {}),
    ...(kinds ? { kind: { $in: kinds } } : {}),
    ...(Object.keys(times).length > 0 ? { at: times } : {}),
    ...(cursor ? { $and: [afterCursor(cursor)] } : {}),
  }
}

/** Said, not guessed: where a kind is rare, the other index would read far past what is shown. */
function indexFor({ group, by }: RecordQuery) {
  if (by) return { partnership: 1, by: 1, kind: 1, at: -1, _id: -1 } as const
  if (group) return { partnership: 1, kind: 1, at: -1, _id: -1 } as const
  return { partnership: 1, at: -1, _id: -1 } as const
}

function afterCursor(cursor: string) {
  const { at, id } = placeOf(cursor)
  // the first bound is what the index goes by
  return { at: { $lte: at }, $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] }
}

/** Everybody who has done something here: one step of the index for each. */
async function doersIn(partnership: Types.ObjectId | null): Promise<Types.ObjectId[]> {
  const found = await AuditEntry.distinct('by', { partnership })
  return found.filter((by) => by !== null).slice(0, MOST_PEOPLE)
}

function toView(row: AuditEntryRow): AuditView {
  return {
    id: String(row._id),
    seq: row.ownSeq ?? null,
    at: row.at.toISOString(),
    kind: row.kind,
    by: row.by ? String(row.by) : null,
    subject: row.subject,
    detail: row.detail,
  }
}
