import * as Y from 'yjs'
import type { DeviceRow, DeviceStore } from './device-store'
import { systemTimers, type Timers } from './timers'

/** A device that does not open its storage within this is not waited for, ms. */
const OPEN_WITHIN_MS = 4_000
/** After a failure the whole state is tried again, ms. */
const RETRY_MS = 5_000
/** Noting that the server has everything may wait, ms. */
const NOTE_AFTER_MS = 1_000

export type CopyEvents = {
  /** Everything up to that own change has been stored; the transaction has completed. */
  kept(upTo: number): void
  failed(): void
}

/**
 * The document on this device: every update is stored, and it is known when it has been. One
 * transaction at a time; what arrives meanwhile is stored together in the next one.
 */
export class DeviceCopy {
  readonly #store: DeviceStore
  readonly #timers: Timers
  readonly #whole: () => DeviceRow & { upTo: number }
  readonly #events: CopyEvents
  #state: 'loading' | 'ready' | 'broken' | 'closed' = 'loading'
  #waiting: Uint8Array[] = []
  #waitingChanges = 0
  #waitingEdits = 0
  #waitingUpTo = 0
  /** The transaction that is under way. */
  #flight: Promise<void> | undefined
  #isIncomplete = false
  #forgetRetry: (() => void) | undefined
  #forgetNote: (() => void) | undefined
  /** Rows with own changes that the server may lack, stored by this tab or found by it. */
  #rows: { key: number; upTo: number }[] = []
  /** Rows that the server has and that the device does not yet know of as such. */
  #savedKeys: number[] = []
  /** Own changes up to that one are the server's too. */
  #savedUpTo = -1

  /**
   * @param whole the document's state, the own changes in it that are not committed, and the number
   *   of the last own change; stored instead of what could not be
   */
  constructor(
    store: DeviceStore,
    whole: () => DeviceRow & { upTo: number },
    events: CopyEvents,
    timers: Timers = systemTimers,
  ) {
    this.#store = store
    this.#whole = whole
    this.#events = events
    this.#timers = timers
  }

  /**
   * Reads the copy into the document, with this copy as the origin.
   *
   * @param found hears of own changes that the server may lack, before they are applied
   * @returns false if this device keeps nothing
   */
  async load(doc: Y.Doc, found: (unsaved: readonly DeviceRow[]) => number): Promise<boolean> {
    let forget = () => {}
    const tooLate = new Promise<never>((_resolve, reject) => {
      forget = this.#timers.after(OPEN_WITHIN_MS, () => reject(new Error('too late')))
    })
    const opening = this.#store.open()
    opening.then(
      () => this.#state === 'loading' || this.#store.close(),
      () => {},
    )
    try {
      const rows = await Promise.race([opening, tooLate])
      if (this.#state !== 'loading') return false
      const upTo = found(rows.unsaved)
      this.#rows = rows.unsaved.map(({ key }) => ({ key, upTo }))
      const updates = [...rows.saved, ...rows.unsaved.map(({ update }) => update)]
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update, this)
      }, this)
      this.#state = 'ready'
      if (this.#waiting.length === 0) this.#events.kept(upTo)
      this.#waitingUpTo = upTo
      this.#flush()
      return true
    } catch {
      if (this.#state === 'loading') this.#state = 'broken'
      this.#events.failed()
      return false
    } finally {
      forget()
    }
  }

  /** @param upTo the number of the last own change made */
  keep({ update, changes, edits = 0 }: DeviceRow, upTo: number): void {
    if (this.#state === 'broken' || this.#state === 'closed') return
    // after a failure the whole state is stored instead, at the next try
    if (this.#isIncomplete) return
    this.#waiting.push(update)
    this.#waitingChanges += changes
    this.#waitingEdits += edits
    this.#waitingUpTo = upTo
    this.#flush()
  }

  /** The server has committed everything up to that own change. */
  noteSaved(upTo: number): void {
    this.#savedUpTo = upTo
    const saved = this.#rows.filter((row) => row.upTo <= upTo)
    if (saved.length === 0) return
    this.#rows = this.#rows.filter((row) => row.upTo > upTo)
    this.#savedKeys.push(...saved.map(({ key }) => key))
    this.#forgetNote ??= this.#timers.after(NOTE_AFTER_MS, () => this.#note())
  }

  /** Own changes that other tabs have stored since this one read the copy. */
  async others(): Promise<Uint8Array[]> {
    if (this.#state !== 'ready') return []
    while (this.#flight) await this.#flight
    const known = new Set([...this.#rows.map(({ key }) => key), ...this.#savedKeys])
    try {
      const { unsaved } = await this.#store.read()
      return unsaved.filter(({ key }) => !known.has(key)).map(({ update }) => update)
    } catch {
      return []
    }
  }

  /** Stores what still waits, then lets go of the storage. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return
    const wasReady = this.#state === 'ready'
    this.#forgetRetry?.()
    if (wasReady) {
      while (this.#flight) await this.#flight
      if (this.#savedKeys.length > 0) await this.#note()
    }
    this.#state = 'closed'
    this.#store.close()
  }

  /** Removes the copy from this device. */
  async drop(): Promise<void> {
    this.#state = 'closed'
    this.#forgetRetry?.()
    this.#forgetNote?.()
    this.#forgetNote = undefined
    this.#waiting = []
    await this.#flight
    await this.#store.drop().catch(() => {})
  }

  #flush(): void {
    if (this.#state !== 'ready' || this.#flight) return
    if (this.#waiting.length === 0) return
    const update = Y.mergeUpdates(this.#waiting)
    const row = { update, changes: this.#waitingChanges, edits: this.#waitingEdits }
    this.#forgetWaiting()
    this.#startStoring(row, this.#waitingUpTo)
  }

  #forgetWaiting(): void {
    this.#waiting = []
    this.#waitingChanges = 0
    this.#waitingEdits = 0
  }

  #retry(): void {
    if (this.#state !== 'ready' || this.#flight) return
    const { upTo, ...row } = this.#whole()
    this.#isIncomplete = false
    this.#startStoring(row, upTo)
  }

  #startStoring(row: DeviceRow, upTo: number): void {
    this.#flight = this.#storeRow(row, upTo).then(() => {
      this.#flight = undefined
      this.#flush()
    })
  }

  async #storeRow(row: DeviceRow, upTo: number): Promise<void> {
    try {
      const key = await this.#store.append(row)
      if (this.#state === 'closed') return
      if (row.changes > 0) this.#rows.push({ key, upTo })
      // the server was faster than this device
      if (upTo <= this.#savedUpTo) this.noteSaved(this.#savedUpTo)
      this.#events.kept(upTo)
    } catch {
      if (this.#state === 'closed') return
      this.#isIncomplete = true
      this.#forgetWaiting()
      this.#events.failed()
      this.#forgetRetry = this.#timers.after(RETRY_MS, () => this.#retry())
    }
  }

  async #note(): Promise<void> {
    this.#forgetNote?.()
    this.#forgetNote = undefined
    const keys = this.#savedKeys
    this.#savedKeys = []
    try {
      await this.#store.markSaved(keys)
    } catch {
      // with the next ones
      this.#savedKeys.unshift(...keys)
    }
  }
}
