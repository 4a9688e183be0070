import { Protocol } from '../../models/protocol'
import { Reading } from '../../models/reading'
import type { ThreadRow } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import type { ThreadChanged } from '../../shared/events'
import type { ThreadSummary } from '../../shared/views'
import { peopleById } from './people'

/** Threads of one partnership as lists show them to the actor, in the order given. */
export async function toThreadSummaries(
  actor: Actor,
  partnershipId: string,
  rows: readonly ThreadRow[],
): Promise<ThreadSummary[]> {
  const [shown, readings] = await Promise.all([
    describe(partnershipId, rows),
    Reading.find(
      {
        partnership: partnershipId,
        thread: { $in: rows.map(({ _id }) => _id) },
        user: actor.userId,
      },
      { thread: 1, unread: 1 },
    ).lean(),
  ])
  const unread = new Map(readings.map((row) => [String(row.thread), row.unread]))
  return shown.map((thread) => ({ ...thread, unread: unread.get(thread.id) ?? 0 }))
}

/** What lists hear when a thread has changed. */
export async function toThreadChanged(row: ThreadRow): Promise<ThreadChanged> {
  const partnershipId = String(row.partnership)
  const [thread] = await describe(partnershipId, [row])
  if (!thread) throw new Error('a thread without a view')
  return { partnershipId, thread }
}

async function describe(
  partnershipId: string,
  rows: readonly ThreadRow[],
): Promise<Omit<ThreadSummary, 'unread'>[]> {
  const anchored = rows.flatMap(({ anchor }) => (anchor ? [anchor.protocol] : []))
  const [people, protocols] = await Promise.all([
    peopleById(
      partnershipId,
      rows.flatMap((row) => [row.createdBy, row.lastBy]),
    ),
    anchored.length === 0
      ? []
      : Protocol.find({ _id: { $in: anchored }, partnership: partnershipId }, { title: 1 }).lean(),
  ])
  const titles = new Map(protocols.map(({ _id, title }) => [String(_id), title]))
  return rows.map((row) => {
    const protocolTitle = row.anchor && titles.get(String(row.anchor.protocol))
    return {
      id: String(row._id),
      title: row.title,
      lang: row.lang,
      tags: [...row.tags],
      anchor:
        row.anchor && protocolTitle
          ? {
              protocolId: String(row.anchor.protocol),
              protocolTitle,
              unit: row.anchor.unit,
              quote: row.anchor.quote,
            }
          : null,
      locked: row.locked,
      replyCount: row.replyCount,
      lastSeq: row.lastSeq,
      rev: row.rev,
      openedBy: people.get(String(row.createdBy)) ?? null,
      openedAt: row.createdAt.toISOString(),
      lastBy: people.get(String(row.lastBy)) ?? null,
      lastAt: row.lastAt.toISOString(),
    }
  })
}
