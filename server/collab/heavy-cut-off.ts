import { sha256 } from './sha256'

/** So many updates are remembered. */
const KEPT = 100

/**
 * Updates whose rehearsal did not end. Once it may have been the machine, so the client may try again;
 * twice it is the update.
 */
export class CutOff {
  /** SHA-256; the oldest comes first. */
  private readonly known = new Set<string>()

  /** @returns whether it was cut off before */
  again(update: Uint8Array): boolean {
    const hash = sha256(update)
    const isKnown = this.known.delete(hash)
    this.known.add(hash)
    const [oldest] = this.known
    if (oldest && this.known.size > KEPT) this.known.delete(oldest)
    return isKnown
  }
}
