/** Why there is no database to work on. */
export type EmbeddedMongoProblem =
  | 'no_mongod'
  | 'in_use'
  | 'not_writable'
  | 'other_major'
  | 'not_starting'
  | 'standalone'

/** The message is one sentence with the way out, ready for the terminal. */
export class EmbeddedMongoError extends Error {
  override readonly name = 'EmbeddedMongoError'

  constructor(
    readonly problem: EmbeddedMongoProblem,
    message: string,
  ) {
    super(message)
  }
}

/** The reason in an unknown error, for the end of a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
