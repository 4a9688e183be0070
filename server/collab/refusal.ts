import type { CloseReason } from '../../shared/errors'

/** A frame or socket that is refused: the reason is a code of `shared/errors.ts` that closes sockets. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  /** @param detail for the log alone: which rule, never content */
  constructor(
    readonly reason: CloseReason,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`)
  }
}
