import type { ErrorCode } from '../../../../shared/errors'
import { systemTimers, type Timers } from './timers'

/**
 * How safe one's own words are, in the order of comfort:
 * `saved` committed by the server · `saving` on the way, not longer than 10 s · `slow` longer, kept
 * on this device · `offline` no line, kept on this device · `unkept` neither committed nor kept ·
 * `refused` the server will not take them.
 */
export const SYNC_KEYS = ['saved', 'saving', 'slow', 'offline', 'unkept', 'refused'] as const
export type SyncKey = (typeof SYNC_KEYS)[number]

export type SyncStatus = {
  key: SyncKey
  /** Own changes that no commit of the server covers yet, as a person counts them. */
  pending: number
  /** When everything was last committed, milliseconds since 1970. */
  savedAt: number | null
  /** Why it is refused, or why the line is down, when the server said so. */
  reason: ErrorCode | null
  /** The server's state has arrived on this connection; before that, `saving` means connecting. */
  synced: boolean
}

/** What a component subscribes to; snapshots are the same object until something changes. */
export interface SyncStatusStore {
  subscribe(listener: () => void): () => void
  getSnapshot(): SyncStatus
}

/** After this a change that is still on its way is called slow. */
export const SLOW_AFTER_MS = 10_000
/** Keys struck one after another are one change to a person; a pause of this length ends it. */
export const PAUSE_MS = 1_000

/** Before anything is known; also what the server renders. */
export const INITIAL_STATUS: SyncStatus = {
  key: 'saving',
  pending: 0,
  savedAt: null,
  reason: null,
  synced: false,
}

/**
 * The state machine behind the status line. Own changes are numbered 1, 2, 3 …; every frame sent
 * covers all changes up to a number, because the first frame of a connection is the answer to the
 * server's state (SyncStep2), which carries everything the server lacks.
 */
export class SyncTracker implements SyncStatusStore {
  readonly #timers: Timers
  readonly #listeners = new Set<() => void>()
  #snapshot = INITIAL_STATUS
  #forgetWake: (() => void) | undefined

  #line: 'opening' | 'open' | 'down' = 'opening'
  #lineSince: number
  #synced = false
  #frames = 0
  #unacknowledged: { frame: number; upTo: number }[] = []

  #made = 0
  #acked = 0
  #kept = 0
  /** When each change after `acked` was made, and whether it began one as a person counts. */
  #unsaved: { at: number; begins: boolean }[] = []
  #lastMadeAt = Number.NEGATIVE_INFINITY
  #begun = 0
  #canKeep = true
  #savedAt: number | null = null
  #reason: ErrorCode | null = null
  #refused = false
  #isDestroyed = false

  constructor(timers: Timers = systemTimers) {
    this.#timers = timers
    this.#lineSince = timers.now()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): SyncStatus => this.#snapshot

  /** The number of the last own change. */
  get made(): number {
    return this.#made
  }

  /** Own changes that are not committed, each update for itself. */
  get waiting(): number {
    return this.#made - this.#acked
  }

  /** The same as a person counts them: typing without a pause is one change. */
  get pending(): number {
    const [oldest] = this.#unsaved
    // its beginning is committed, the rest of it is not
    return this.#begun + (oldest && !oldest.begins ? 1 : 0)
  }

  /** Nothing would be lost if the window closed now. */
  get isSafe(): boolean {
    return this.#made <= Math.max(this.#kept, this.#acked)
  }

  /** A socket was opened; nothing of an earlier one counts. */
  lineOpened(): void {
    this.#setLine('open')
    this.#reason = null
    this.#refresh()
  }

  /** @param reason what the server gave as its reason, if it did */
  lineLost(reason: ErrorCode | null = null): void {
    this.#setLine('down')
    this.#reason = reason
    this.#refresh()
  }

  /** The server's state has been applied. */
  stateArrived(): void {
    this.#synced = true
    this.#refresh()
  }

  /**
   * The person changed the document.
   *
   * @returns how many changes that began as a person counts, 0 or 1
   */
  changed(): number {
    const now = this.#timers.now()
    const begun = now - this.#lastMadeAt >= PAUSE_MS ? 1 : 0
    this.#lastMadeAt = now
    this.#add(1, begun)
    return begun
  }

  /** Unsaved changes were found on the device, `begun` of them as a person counts. */
  found(changes: number, begun: number): void {
    this.#add(changes, begun)
  }

  /**
   * An update leaves that completes everything up to an own change, in so many frames that the server
   * counts. Its last frame completes it; those before are only parts.
   *
   * @param isAnswer it repeats what frames before it said: they are complete when it is
   */
  framesSent(upTo = this.#made, frames = 1, isAnswer = false): void {
    if (frames > 1 && isAnswer) for (const sent of this.#unacknowledged) sent.upTo = this.#acked
    for (let left = frames; left > 0; left--) {
      this.#frames++
      this.#unacknowledged.push({ frame: this.#frames, upTo: left === 1 ? upTo : this.#acked })
    }
    this.#refresh()
  }

  /**
   * The first `frames` frames of this connection are committed.
   *
   * @returns the number of the last own change that is committed; undefined for an answer to
   *   something that was never sent
   */
  framesAcked(frames: number): number | undefined {
    if (this.#line !== 'open' || frames > this.#frames) return undefined
    let upTo = this.#acked
    while (this.#unacknowledged[0] && this.#unacknowledged[0].frame <= frames) {
      upTo = Math.max(upTo, this.#unacknowledged.shift()?.upTo ?? 0)
    }
    for (const { begins } of this.#unsaved.splice(0, upTo - this.#acked)) {
      if (begins) this.#begun--
    }
    this.#acked = upTo
    if (this.#isSaved()) this.#savedAt = this.#timers.now()
    this.#refresh()
    return upTo
  }

  /** The device's own transaction that stores everything up to that change has completed. */
  keptUpTo(change: number): void {
    this.#canKeep = true
    this.#kept = Math.max(this.#kept, change)
    this.#refresh()
  }

  /** The device does not store, or no longer. */
  keepingFailed(): void {
    this.#canKeep = false
    this.#refresh()
  }

  refuse(reason: ErrorCode): void {
    this.#refused = true
    this.#reason = reason
    this.#setLine('down')
    this.#refresh()
  }

  /** The first attempt; also after a refusal, for instance once the person has signed in. */
  lineOpening(): void {
    this.#refused = false
    this.#reason = null
    this.#setLine('opening')
    this.#refresh()
  }

  /** Forgets its appointments; the last snapshot stays. */
  destroy(): void {
    this.#isDestroyed = true
    this.#forgetWake?.()
    this.#forgetWake = undefined
    this.#listeners.clear()
  }

  #add(changes: number, begun: number): void {
    const at = this.#timers.now()
    this.#made += changes
    for (let i = 0; i < changes; i++) this.#unsaved.push({ at, begins: i < begun })
    this.#begun += Math.min(begun, changes)
    this.#refresh()
  }

  #setLine(line: 'opening' | 'open' | 'down'): void {
    this.#line = line
    this.#lineSince = this.#timers.now()
    this.#synced = false
    this.#frames = 0
    this.#unacknowledged = []
  }

  /** Committed on this connection: what an earlier one was told is not asked. */
  #isSaved(): boolean {
    const answered = this.#frames > 0 && this.#unacknowledged.length === 0
    return this.#line === 'open' && answered && this.#acked === this.#made
  }

  /** @returns the key and until when it holds if nothing happens */
  #derive(now: number): { key: SyncKey; until?: number } {
    if (this.#refused) return { key: 'refused' }
    if (this.#isSaved()) return { key: 'saved' }
    const safe = this.isSafe
    if (this.#line === 'down') {
      if (safe) return { key: 'offline' }
      const until =
        (this.#unsaved[Math.max(0, this.#kept - this.#acked)]?.at ?? now) + SLOW_AFTER_MS
      return this.#canKeep && now <= until ? { key: 'saving', until } : { key: 'unkept' }
    }
    const until = Math.max(this.#lineSince, this.#unsaved[0]?.at ?? 0) + SLOW_AFTER_MS
    if (now <= until) return { key: 'saving', until }
    return { key: safe ? 'slow' : 'unkept' }
  }

  #refresh(): void {
    if (this.#isDestroyed) return
    const now = this.#timers.now()
    const { key, until } = this.#derive(now)
    this.#forgetWake?.()
    this.#forgetWake =
      until === undefined
        ? undefined
        : this.#timers.after(until - now + 1, () => {
            this.#refresh()
          })
    const next: SyncStatus = {
      key,
      pending: this.pending,
      savedAt: this.#savedAt,
      reason: this.#reason,
      synced: this.#synced,
    }
    if (isSame(next, this.#snapshot)) return
    this.#snapshot = next
    for (const listener of [...this.#listeners]) listener()
  }
}

function isSame(a: SyncStatus, b: SyncStatus): boolean {
  return (
    a.key === b.key &&
    a.pending === b.pending &&
    a.savedAt === b.savedAt &&
    a.reason === b.reason &&
    a.synced === b.synced
  )
}
