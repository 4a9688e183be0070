import * as Y from 'yjs'
import type { CloseReason } from '../../shared/errors'
import { MinuteCount } from './byte-bucket'
import { decodeUpdate } from './decode'
import { syncStep1Frame } from './frames'
import { GAPS_PER_MINUTE, HEAVY_BYTES } from './limits'
import type { Participant } from './participant'
import { Refusal } from './refusal'
import type { Room } from './room'

/** What a connection does for the updates it receives. */
export type Receiver = Participant & {
  /** Frames wait until `release`. */
  hold(): void
  release(): void
  readonly isEnded: boolean
  /** @param frame the number of the refused update */
  refuseFor(error: unknown, frame: number): void
}

/** The updates of one connection, counted as acknowledgements count them. */
export class UpdateIntake {
  /** Updates received. */
  count = 0
  /** After a gap only a whole step 2 continues; what came before it is in it. */
  private resyncing = false
  private readonly gaps = new MinuteCount()

  constructor(private readonly from: Receiver) {}

  /** @throws Refusal */
  take(room: Room, update: Uint8Array, isStep2: boolean): void {
    this.count += 1
    if (this.resyncing && !isStep2) return
    const isLarge = update.length > HEAVY_BYTES && this.from.mayWrite()
    if (isLarge) this.rehearse(room, update)
    else this.give(room, update, false)
  }

  private give(room: Room, update: Uint8Array, isRehearsed: boolean): void {
    const verdict = room.take(this.from, update, this.count, isRehearsed)
    if (verdict === 'heavy') this.rehearse(room, update)
    else if (verdict === 'gap') this.resync(room)
    else this.resyncing = false
  }

  /** It is tried on a copy in another thread; what comes after it waits. */
  private rehearse(room: Room, update: Uint8Array): void {
    const { from } = this
    const kept = update.slice()
    from.hold()
    room
      .rehearse(kept)
      .then((reason: CloseReason | null) => {
        if (from.isEnded) return
        if (reason) throw new Refusal(whyNot(room, kept, reason), 'as a rehearsal found')
        this.give(room, kept, true)
      })
      .catch((error) => from.refuseFor(error, this.count))
      .finally(() => from.release())
  }

  private resync(room: Room): void {
    if (this.gaps.add() > GAPS_PER_MINUTE) throw new Refusal('resync_required', 'gap after gap')
    this.resyncing = true
    this.from.send(syncStep1Frame(Y.encodeStateVector(room.doc)))
  }
}

/** Why an update is refused that a copy of the document did not take; it may be anything. */
function whyNot({ owners }: Room, update: Uint8Array, reason: CloseReason): CloseReason {
  try {
    const groups = decodeUpdate(update)?.groups ?? []
    return groups.some(({ client }) => owners.isFormer(client)) ? 'document_cleaned' : reason
  } catch {
    return reason
  }
}
