import { ObservableV2 } from 'lib0/observable'
import type { ErrorCode } from '../../../../shared/errors'
import { type BrowserWorld, browserWorld } from './browser-world'
import { BookedStore, type CopyAddress } from './device-book'
import type { DeviceStore } from './device-store'
import { noShelf, nothingKept } from './nothing-kept'
import { askBeforeLeaving, OpenDocument } from './open-document'
import type { Stop } from './protocol-provider'
import { isReadable } from './rescue'
import { browserShelf, type Rescued, type RescueShelf } from './rescued-shelf'

export type RoomRefusal = {
  reason: ErrorCode
  /** Own words the server did not take; null if there were none. Also in `listRescued`. */
  rescue: Rescued | null
  /** It survives a reload; otherwise the person takes it now or never. */
  isStored: boolean
  /**
   * `reopen()` is pointless: access has ended, or the page must be loaded again. Otherwise call it
   * at once; after `unauthenticated`, when the person has signed in.
   */
  final: boolean
}

export type RoomEvents = {
  /** The line has stopped. The editors must take no more input until `reopen()`. */
  refused: (refusal: RoomRefusal) => void
}

export type ProtocolRoomOptions = {
  protocolId: string
  userId: string
  /** `collab:send-cursor`: may show a caret, not only that one is here. */
  caret: boolean
  /** Others use this computer too: nothing is kept on it. */
  sharedComputer?: boolean
  /** The page's own browser, storage and shelf, unless a test brings others. */
  world?: BrowserWorld
  store?: (address: CopyAddress) => DeviceStore
  shelf?: RescueShelf
}

/**
 * A protocol's live document as a page uses it. After a refusal the Y.Doc is spoilt (its later
 * frames would all be gaps), so what is open can be replaced: subscribe, and build the editors on
 * `getSnapshot()`.
 */
export class ProtocolRoom extends ObservableV2<RoomEvents> {
  readonly #options: ProtocolRoomOptions
  readonly #world: BrowserWorld
  readonly #shelf: RescueShelf
  readonly #listeners = new Set<() => void>()
  #open: OpenDocument
  #stopped: 'paused' | 'dropped' | 'withdrawn' | undefined
  #isDestroyed = false
  /** Names the copy on this device, so that another tab's dropping the old one leaves the new one alone. */
  #generation = 1
  /** Rescues that are nowhere but in this page. */
  readonly #unstored = new Set<string>()

  constructor(options: ProtocolRoomOptions) {
    super()
    this.#options = options
    this.#world = options.world ?? browserWorld()
    this.#shelf = options.shelf ?? (options.sharedComputer ? noShelf : browserShelf)
    this.#open = this.#openDocument()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What is open now: another object after `reopen()`. */
  getSnapshot = (): OpenDocument => this.#open

  /**
   * Opens afresh after a refusal: with a new Y.Doc if the old one was spoilt, else the same one goes
   * on. Does nothing while the line runs.
   */
  async reopen(): Promise<void> {
    const stopped = this.#stopped
    if (stopped === undefined || this.#isDestroyed) return
    this.#stopped = undefined
    if (stopped === 'paused') {
      this.#open.provider.connect()
      return
    }
    const before = this.#open
    this.#open = this.#openDocument()
    for (const listener of [...this.#listeners]) listener()
    await before.destroy()
  }

  /** The person has taken a rescue or lets it go. */
  async discard(rescued: Rescued): Promise<void> {
    this.#unstored.delete(rescued.id)
    this.#warn()
    await this.#shelf.discard(rescued.id).catch(() => {})
  }

  /** Closes the socket, stores what waits, forgets every timer. For leaving the page. */
  override async destroy(): Promise<void> {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.#unstored.clear()
    this.#warn()
    this.#listeners.clear()
    super.destroy()
    await this.#open.destroy()
  }

  #openDocument(): OpenDocument {
    const { protocolId, userId, caret, sharedComputer } = this.#options
    const ours = (address: CopyAddress) =>
      sharedComputer ? nothingKept() : new BookedStore(address)
    const store = this.#options.store ?? ours
    const open = new OpenDocument({
      protocolId,
      userId,
      caret,
      store: store({ userId, protocolId, generation: this.#generation }),
      world: this.#world,
    })
    open.provider.on('stopped', (stop) => {
      void this.#onStopped(open, stop)
    })
    return open
  }

  async #onStopped(open: OpenDocument, stop: Stop): Promise<void> {
    const { verdict, reason, isOfFrame } = stop
    if (verdict === 'cleaned') {
      await this.#onCleaned(open, stop)
      return
    }
    if (verdict === 'pause') {
      this.#stopped = 'paused'
      const final = reason === 'outdated_editor'
      this.emit('refused', [{ reason, rescue: null, isStored: true, final }])
      return
    }
    const at = this.#world.timers.now()
    let rescued: Pick<RoomRefusal, 'rescue' | 'isStored'>
    let counted: number
    do {
      // keys struck while the storage was busy belong to it too
      counted = open.ownChanges
      rescued = await this.#rescue(open, { reason, at, isOfFrame })
      await open.dropCopy()
    } while (open.ownChanges > counted && !this.#isDestroyed)
    if (this.#isDestroyed) return
    this.#stopped = verdict === 'drop' ? 'dropped' : 'withdrawn'
    this.emit('refused', [{ reason, ...rescued, final: verdict === 'withdrawn' }])
  }

  /**
   * Patient data was taken out of the document: nothing that could hold it stays on this device. What
   * this person alone typed is offered, in this window and nowhere else.
   */
  async #onCleaned(open: OpenDocument, { reason, generation }: Stop): Promise<void> {
    const { userId, protocolId } = this.#options
    const at = this.#world.timers.now()
    let counted: number
    let text: Rescued['text']
    do {
      counted = open.ownChanges
      text = await open.ownWords()
      await open.dropCopy()
    } while (open.ownChanges > counted && !this.#isDestroyed)
    const laid = await this.#shelf.list(userId, protocolId).catch(() => [])
    for (const { id } of laid) await this.#shelf.discard(id).catch(() => {})
    if (this.#isDestroyed) return
    this.#generation = generation ?? this.#generation + 1
    this.#stopped = 'dropped'
    const id = `${protocolId}:${at}`
    const words = { id, userId, protocolId, reason, at, text, bytes: new Uint8Array() }
    const rescue = isReadable(words) ? words : null
    if (rescue) this.#unstored.add(id)
    this.#warn()
    this.emit('refused', [{ reason, rescue, isStored: rescue === null, final: false }])
  }

  async #rescue(
    open: OpenDocument,
    { reason, at, isOfFrame }: { reason: ErrorCode; at: number; isOfFrame: boolean },
  ): Promise<Pick<RoomRefusal, 'rescue' | 'isStored'>> {
    const saved = await open.rescue(isOfFrame)
    if (!saved || !isReadable(saved)) return { rescue: null, isStored: true }
    const { userId, protocolId } = this.#options
    const rescue = { ...saved, id: `${protocolId}:${at}`, userId, protocolId, reason, at }
    try {
      await this.#shelf.put(rescue)
      return { rescue, isStored: true }
    } catch {
      this.#unstored.add(rescue.id)
      this.#warn()
      return { rescue, isStored: false }
    }
  }

  // a listener of its own: the open document's must not be taken away with it
  readonly #ask = (event: Event) => askBeforeLeaving(event)

  #warn(): void {
    const { events } = this.#world
    if (this.#unstored.size > 0) events.addEventListener('beforeunload', this.#ask)
    else events.removeEventListener('beforeunload', this.#ask)
  }
}

/** Opens a protocol's live document in this browser; `destroy()` it when the page is left. */
export function createProtocolRoom(options: ProtocolRoomOptions): ProtocolRoom {
  return new ProtocolRoom(options)
}
