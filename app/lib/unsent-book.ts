import type * as z from 'zod/mini'
import { type Shelf, shelfOf } from './tab-shelf'

/**
 * What one person has not sent from one page, for this tab to find again after a reload; on a shared
 * computer only until then.
 */
export class UnsentBook<Unsent> {
  readonly #schema: z.ZodMiniType<Unsent[]>
  readonly #key: string
  readonly #shelf: () => Shelf

  /**
   * @param owner a user's id, or a guest's place in a workshop
   * @param page what it was written for
   */
  constructor(
    schema: z.ZodMiniType<Unsent[]>,
    owner: string,
    page: string,
    sharedComputer: boolean,
  ) {
    this.#schema = schema
    this.#shelf = () => shelfOf('tab', sharedComputer)
    this.#key = `unsent ${owner} ${page}`
  }

  read(): Unsent[] {
    try {
      const found = this.#schema.safeParse(JSON.parse(this.#shelf().getItem(this.#key) ?? '[]'))
      return found.success ? found.data : []
    } catch {
      return []
    }
  }

  write(unsent: readonly Unsent[]): void {
    try {
      if (unsent.length > 0) this.#shelf().setItem(this.#key, JSON.stringify(unsent))
      else this.#shelf().removeItem(this.#key)
    } catch {
      // a browser without storage: what was written still stands on the page
    }
  }
}

type Store<Unsent> = {
  read: () => { unsent: readonly Unsent[] }
  subscribe: (hear: () => void) => () => void
  restore: (unsent: readonly Unsent[]) => void
}
type Outbox = { wake: () => void; close: () => void }

/**
 * Sends what a page has not sent, what its book still has among it, now and after every gap; the book
 * keeps it until it is sent.
 *
 * @returns ends it when the page is left
 */
export function keepSending<Unsent>(
  store: Store<Unsent>,
  book: UnsentBook<Unsent>,
  outbox: Outbox,
): () => void {
  store.restore(book.read())
  const forget = store.subscribe(() => book.write(store.read().unsent))
  const wake = () => outbox.wake()
  window.addEventListener('online', wake)
  wake()
  return () => {
    window.removeEventListener('online', wake)
    forget()
    outbox.close()
  }
}
