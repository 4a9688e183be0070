import { setTimeout as wait } from 'node:timers/promises'
import type { Db, ObjectId } from 'mongodb'
import type { Logger } from 'pino'
import type { Bus } from '../ports'

/** Access withdrawn elsewhere holds here within five seconds, though nobody says so: milliseconds. */
const LOOK_MS = 1_000
/** A look that takes longer has failed. */
const LOOK_TIMEOUT_MS = 3_000
/**
 * A row carries the time at which it was written and is seen once its transaction has committed, which
 * may live a minute; the members of a replica set may differ a little in their clocks.
 */
const OVERLAP_MS = 90_000

/** The bus is quicker where there is one: what is younger is left to it until the next look. */
const GRACE_MS = 300

/** What is read of `models/access-change.ts`. */
type Row = {
  _id: ObjectId
  kind: 'access' | 'session'
  user: ObjectId
  partnership?: ObjectId
  session?: ObjectId
}

/**
 * Looks for changes of access that nobody told this process of, and tells it. What the bus brings is
 * not told again.
 */
export function watchAccess(
  { db, bus, log }: { db: Db; bus: Bus; log: Logger },
  lookMs = LOOK_MS,
): { close(): Promise<void> } {
  const rows = db.collection<Row>('access_changes')
  const closing = new AbortController()
  /** Changes heard of, and when, by this process's own clock. */
  const heard = new Map<string, number>()
  /** When the last look that succeeded began. */
  let looked = performance.now()
  let isBlind = false

  const hear = ({ change }: { change?: string | undefined }) => {
    if (change) heard.set(change, performance.now())
  }
  const ends = [bus.subscribe('access:changed', hear), bus.subscribe('session:ended', hear)]

  async function look(): Promise<void> {
    const began = performance.now()
    const sinceMs = Math.ceil(began - looked) + OVERLAP_MS
    // the database's own clock on both sides: ours may be wrong
    const ago = (ms: number) => ({ $subtract: ['$$NOW', ms] })
    const isNew = { $and: [{ $gt: ['$at', ago(sinceMs)] }, { $lt: ['$at', ago(GRACE_MS)] }] }
    const found = await rows
      .find({ $expr: isNew }, { timeoutMS: LOOK_TIMEOUT_MS })
      .sort({ at: 1 })
      .toArray()
    looked = began
    for (const row of found) {
      if (heard.has(String(row._id))) continue
      hear({ change: String(row._id) })
      tell(row)
    }
    // a row that the next look can find again is remembered
    for (const [change, at] of heard) if (began - at > 2 * OVERLAP_MS) heard.delete(change)
  }

  function tell({ _id, kind, user, partnership, session }: Row): void {
    const [userId, change] = [String(user), String(_id)]
    if (kind === 'session') {
      bus.publishHere('session:ended', { sessionId: String(session), userId, change })
    } else {
      const where = partnership ? { partnershipId: String(partnership) } : {}
      bus.publishHere('access:changed', { userId, ...where, change })
    }
  }

  async function watch(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await look()
        if (isBlind) log.info('changes of access are seen again')
        isBlind = false
      } catch (error) {
        if (closing.signal.aborted) return
        if (!isBlind) log.warn({ err: error }, 'changes of access cannot be seen, looking again')
        isBlind = true
      }
      await wait(lookMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
    }
  }

  const watching = watch()
  return {
    async close() {
      for (const end of ends) end()
      closing.abort()
      await watching
    },
  }
}
