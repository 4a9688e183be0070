import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { GuardedDoc } from './guarded-doc'

/**
 * What edits of several processes broke together is mended by the one that waits least, milliseconds:
 * the others find it mended.
 */
const LATER_MS = { least: 300, most: 1_500 }

/** Mends a document when something has been written that could have damaged its structure. */
export class Mender {
  private isNeeded = true
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly guarded: GuardedDoc,
    private readonly origin: symbol,
    private readonly repair: (doc: Y.Doc) => boolean,
    private readonly log: Logger,
  ) {}

  /** Before the next cut. */
  soon(): void {
    this.isNeeded = true
  }

  /** Once the other processes have had the chance; `due` is called when it is time. */
  later(due: () => void): void {
    const { least, most } = LATER_MS
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined
        this.isNeeded = true
        due()
      },
      least + Math.random() * (most - least),
    ).unref()
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  /** @returns what it changed */
  mend(): readonly Uint8Array[] {
    if (!this.isNeeded) return []
    this.isNeeded = false
    const { doc } = this.guarded
    return this.guarded.apply(() => {
      try {
        doc.transact(() => this.repair(doc), this.origin)
      } catch (error) {
        this.log.error({ err: error }, 'repairing a document failed')
      }
    }, 'if changed').changes
  }
}
