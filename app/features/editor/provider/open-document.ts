import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { BrowserWorld } from './browser-world'
import { DeviceCopy } from './device-copy'
import type { DeviceStore } from './device-store'
import { ProtocolProvider } from './protocol-provider'
import { type Rescue, rescueFrom } from './rescue'
import { type SyncStatusStore, SyncTracker } from './sync-status'

/** Own changes above this are worth a word: one frame carries 1 MB at most, bytes. */
export const LARGE_CHANGE_BYTES = 262_144

export type OpenDocumentOptions = {
  protocolId: string
  userId: string
  caret: boolean
  store: DeviceStore
  world: BrowserWorld
  onLarge(bytes: number): void
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
  readonly #onLarge: (bytes: number) => void
  /** Own changes that are not committed; `upTo` is the number of the last one in it. */
  #unsaved: { update: Uint8Array; upTo: number }[] = []
  #isWarning = false
  readonly #endWarning: () => void

  constructor({ protocolId, userId, caret, store, world, onLarge }: OpenDocumentOptions) {
    const { doc } = this
    this.#world = world
    this.#onLarge = onLarge
    this.#tracker = new SyncTracker(world.timers)
    this.#copy = new DeviceCopy(
      store,
      () => ({
        update: Y.encodeStateAsUpdate(doc),
        changes: this.status.getSnapshot().pending,
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

  /** The own words that are not committed; undefined if there are none. */
  rescue(isOfFrame: boolean): Rescue | undefined {
    // a frame refused though nothing is known to be missing: the copy remembered wrongly
    if (this.#unsaved.length === 0 && !isOfFrame) return undefined
    return rescueFrom(
      this.doc,
      this.#unsaved.map(({ update }) => update),
    )
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
      for (const { update, changes } of unsaved) {
        this.#tracker.changed(changes)
        this.#unsaved.push({ update, upTo: this.#tracker.made })
      }
      return this.#tracker.made
    })
    this.provider.connect()
  }

  #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#copy) return
    const isOwn = !this.provider.isServer(origin)
    if (isOwn) {
      this.#tracker.changed()
      this.#unsaved.push({ update, upTo: this.#tracker.made })
      if (update.length > LARGE_CHANGE_BYTES) this.#onLarge(update.length)
    }
    this.#copy.keep(update, isOwn ? 1 : 0, this.#tracker.made)
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
