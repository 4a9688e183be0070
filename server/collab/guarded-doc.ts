import * as Y from 'yjs'
import { Refusal } from './refusal'
import { sha256 } from './sha256'

/**
 * A room's Y.Doc. What is done to it is done completely, or the document is given up: an exception
 * while Yjs applies is no rollback.
 */
export class GuardedDoc {
  /** What the document emitted since the last `apply` began. */
  private emitted: Uint8Array[] = []

  /** @param onSpoilt the document cannot be trusted any more */
  constructor(
    readonly doc: Y.Doc,
    private readonly onSpoilt: (why: string) => void,
  ) {
    doc.on('update', (update) => this.emitted.push(update))
  }

  /**
   * @param dropAfterError after an exception the document cannot be trusted 'always', or only
   *   'if changed' where the exception comes before Yjs does anything
   * @returns what `change` returned and what the document emitted
   */
  apply<T>(
    change: () => T,
    dropAfterError: 'always' | 'if changed',
  ): { value: T; changes: readonly Uint8Array[] } {
    this.emitted = []
    let value: T
    try {
      value = change()
    } catch (error) {
      if (dropAfterError === 'always' || this.emitted.length > 0) this.onSpoilt('applying failed')
      throw error
    }
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) {
      this.onSpoilt('something could not be integrated')
      throw new Refusal('document_unavailable', 'pending structs')
    }
    const changes = this.emitted
    this.emitted = []
    return { value, changes }
  }

  /** What the document is: state vector and delete set. */
  hash(): string {
    return sha256(Y.encodeSnapshot(Y.snapshot(this.doc)))
  }
}
