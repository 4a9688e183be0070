import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { BrowserWorld } from './browser-world'
import { DeviceCopy } from './device-copy'
import type { DeviceStore } from './device-store'
import { ProtocolProvider } from './protocol-provider'
import { isNews, ownWords, type Rescue, rescueFrom } from './rescue'
import { type SyncStatusStore, SyncTracker } from './sync-status'

export type OpenDocumentOptions = {
  protocolId: string
  userId: string
  caret: boolean
  store: DeviceStore
  world: BrowserWorld
}

/** One Y.Doc with its line to the server and its copy on this device, from opening to the end. */
export class OpenDocument {
  readonly doc = new Y.Doc()
  readonly provider: ProtocolProvider
  /** The device's copy has been read, or there is none; then the line is opened. */
  readonly loaded: Promise<void>
  readonly #tracker: SyncTracker
  readonly #copy: DeviceCopy
  readonly #world: BrowserWorld
  /** Own changes that are not committed; `upTo` is the number of the last one in it. */
  #unsaved: { update: Uint8Array; upTo: number }[] = []
  #isWarning = false
  readonly #endWarning: () => void

  constructor({ protocolId, userId, caret, store, world }: OpenDocumentOptions) {
    const { doc } = this
    this.#world = world
    this.#tracker = new SyncTracker(world.timers)
    this.#copy = new DeviceCopy(
      store,
      () => ({
        update: Y.encodeStateAsUpdate(doc),
        changes: this.#tracker.waiting,
        edits: this.#tracker.pending,
        upTo: this.#tracker.made,
      }),
      {
        kept: (upTo) => this.#tracker.keptUpTo(upTo),
        failed: () => this.#tracker.keepingFailed(),
      },
      world.timers,
    )
    // before the line's own handler: a change has its number when its frame is counted
    doc.on('update', this.#onUpdate)
    this.provider = new ProtocolProvider({
      protocolId,
      userId,
      doc,
      tracker: this.#tracker,
      caret,
      world,
    })
    this.provider.on('committed', (upTo) => {
      this.#unsaved = this.#unsaved.filter((change) => change.upTo > upTo)
      this.#copy.noteSaved(upTo)
    })
    this.#endWarning = this.#tracker.subscribe(() => this.#warnIfUnsafe())
    this.loaded = this.#load()
  }

  get awareness(): Awareness {
    return this.provider.awareness
  }

  get status(): SyncStatusStore {
    return this.#tracker
  }

  /** How many own changes there have been. */
  get ownChanges(): number {
    return this.#tracker.made
  }

  /** Nothing would be lost if this were closed now: everything is committed or kept on the device. */
  get isSafe(): boolean {
    return this.#tracker.isSafe
  }

  /**
   * The own words that are not committed; undefined if there are none. The copy on this device goes
   * next, so what a tab has left in it that has closed since belongs to them.
   */
  async rescue(isOfFrame: boolean): Promise<Rescue | undefined> {
    const others = (await this.#copy.others()).filter((update) => isNews(this.doc, update))
    const own = this.#unsaved.map(({ update }) => update)
    // a frame refused though nothing is known to be missing: the copy remembered wrongly
    if (own.length + others.length === 0 && !isOfFrame) return undefined
    if (others.length === 0) return rescueFrom(this.doc, own)
    const doc = new Y.Doc()
    for (const update of [Y.encodeStateAsUpdate(this.doc), ...others]) Y.applyUpdate(doc, update)
    return rescueFrom(doc, own.length > 0 || !isOfFrame ? [...own, ...others] : [])
  }

  /** What this person typed and the server has not committed, and nothing of anybody else's. */
  async ownWords(): Promise<Rescue['text']> {
    const others = (await this.#copy.others()).filter((update) => isNews(this.doc, update))
    const doc = new Y.Doc()
    for (const update of [Y.encodeStateAsUpdate(this.doc), ...others]) Y.applyUpdate(doc, update)
    return ownWords(doc, [...this.#unsaved.map(({ update }) => update), ...others])
  }

  /** Nothing will be stored any more and the copy is gone; the status stays readable. */
  async dropCopy(): Promise<void> {
    await this.#copy.drop()
  }

  /** Closes the line and lets go of the device, after what waits has been stored. */
  async destroy(): Promise<void> {
    this.#endWarning()
    this.#warn(false)
    this.doc.off('update', this.#onUpdate)
    this.provider.destroy()
    this.#tracker.destroy()
    await this.#copy.close()
    this.doc.destroy()
  }

  async #load(): Promise<void> {
    await this.#copy.load(this.doc, (unsaved) => {
      for (const { update, changes, edits = changes } of unsaved) {
        this.#tracker.found(changes, edits)
        this.#unsaved.push({ update, upTo: this.#tracker.made })
      }
      return this.#tracker.made
    })
    this.provider.connect()
  }

  #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#copy) return
    if (this.provider.isServer(origin)) {
      this.#copy.keep({ update, changes: 0 }, this.#tracker.made)
      return
    }
    const edits = this.#tracker.changed()
    this.#unsaved.push({ update, upTo: this.#tracker.made })
    this.#copy.keep({ update, changes: 1, edits }, this.#tracker.made)
  }

  readonly #ask = (event: Event) => askBeforeLeaving(event)

  #warnIfUnsafe(): void {
    this.#warn(!this.#tracker.isSafe)
  }

  /** Only while something would be lost: the handler alone keeps a page out of the browser's cache. */
  #warn(isUnsafe: boolean): void {
    if (isUnsafe === this.#isWarning) return
    this.#isWarning = isUnsafe
    if (isUnsafe) this.#world.events.addEventListener('beforeunload', this.#ask)
    else this.#world.events.removeEventListener('beforeunload', this.#ask)
  }
}

/** The browser asks in its own words. */
export function askBeforeLeaving(event: Event): void {
  event.preventDefault()
  // Chromium before 119 heeds only this
  if (typeof BeforeUnloadEvent !== 'undefined' && event instanceof BeforeUnloadEvent) {
    event.returnValue = true
  }
}
