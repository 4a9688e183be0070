import type { ClientSession, Types } from 'mongoose'
import {
  type RequestTarget,
  TranslationRequest,
  type TranslationRequestRow,
} from '../../models/translation-request'
import type { Language } from '../../shared/languages'
import type { PersonView, TranslationRequestView } from '../../shared/views'
import { type Recorded, recordNotices } from './notify'
import { peopleById } from './people'

/** What can be asked for in another language. */
type Thing = { _id: Types.ObjectId; partnership: Types.ObjectId }

/** Open requests of several things of one partnership, by the thing's id. */
export async function openRequestsOf(
  partnershipId: string,
  target: RequestTarget,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TranslationRequestView[]>> {
  if (ids.length === 0) return new Map()
  const rows = await TranslationRequest.find({
    partnership: partnershipId,
    target,
    targetId: { $in: ids },
    open: true,
  })
    .sort({ askedAt: 1 })
    .lean()
  const people = await peopleById(
    partnershipId,
    rows.flatMap(({ askedBy, takenBy }) => [askedBy, takenBy]),
  )
  const views = new Map<string, TranslationRequestView[]>()
  for (const row of rows) {
    const id = String(row.targetId)
    views.set(id, [...(views.get(id) ?? []), toRequestView(row, people)])
  }
  return views
}

function toRequestView(
  row: TranslationRequestRow,
  people: ReadonlyMap<string, PersonView>,
): TranslationRequestView {
  return {
    id: String(row._id),
    to: row.to,
    note: row.note,
    askedBy: people.get(String(row.askedBy)) ?? null,
    askedAt: row.askedAt.toISOString(),
    takenBy: people.get(String(row.takenBy)) ?? null,
    takenAt: row.takenAt?.toISOString() ?? null,
    doneAt: row.doneAt?.toISOString() ?? null,
  }
}

/**
 * A thing has got its translation: the open request for that language, if there is one, is done and
 * its asker told. In the transaction of the translation.
 *
 * @returns notices to announce after the commit
 */
export async function finishRequestsOf(
  session: ClientSession,
  target: RequestTarget,
  { _id: targetId, partnership }: Thing,
  to: Language,
  by: Types.ObjectId | string,
  at: Date,
): Promise<Recorded> {
  const row = await TranslationRequest.findOneAndUpdate(
    { partnership, target, targetId, to, open: true },
    { $set: { open: false, doneAt: at } },
    { session, returnDocument: 'after' },
  ).lean()
  if (!row) return []
  const notice = {
    ...aboutTarget(row),
    kind: 'translation_done' as const,
    partnership: row.partnership,
    event: `done ${String(row._id)}`,
    by,
    to: [row.askedBy],
    at,
  }
  return recordNotices([notice], session)
}

/** A thing is gone: nobody need translate it any more. In the transaction that takes it away. */
export async function withdrawRequestsOf(
  session: ClientSession,
  target: RequestTarget,
  thing: Thing,
  at: Date,
): Promise<void> {
  await TranslationRequest.updateMany(
    { partnership: thing.partnership, target, targetId: thing._id, open: true },
    { $set: { open: false, withdrawnAt: at } },
    { session },
  )
}

/** What a notice of a request refers to. */
export function aboutTarget({ target, targetId, thread }: TranslationRequestRow) {
  if (target === 'resource') return { resource: targetId }
  return { reply: targetId, ...(thread ? { thread } : {}) }
}
