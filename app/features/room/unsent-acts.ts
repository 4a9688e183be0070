import * as z from 'zod/mini'
import { type Shelf, shelfOf } from '../../lib/tab-shelf'
import { isKept, type KeptAct, type UnsentAct } from './room-acts'
import { Code } from './room-wire'

const Kept = z.custom<KeptAct>(
  (act) => typeof act === 'object' && act !== null && 'act' in act && isKept(act as KeptAct),
)
const Book = z.array(
  z.object({ key: z.string(), act: Kept, writtenAt: z.string(), refused: z.nullable(Code) }),
)

/**
 * Acts that have not been sent, for this tab to find again after a reload, on a shared computer only
 * until then. Of one person in one room.
 */
export class UnsentActs {
  readonly #key: string
  readonly #shelf: () => Shelf

  /** @param owner a user's id, or a guest's place in the workshop */
  constructor(owner: string, workshopId: string, sharedComputer = false) {
    this.#shelf = () => shelfOf('tab', sharedComputer)
    this.#key = `unsent ${owner} ${workshopId}`
  }

  read(): UnsentAct[] {
    try {
      const found = Book.safeParse(JSON.parse(this.#shelf().getItem(this.#key) ?? '[]'))
      return found.success ? found.data : []
    } catch {
      return []
    }
  }

  write(acts: readonly UnsentAct[]): void {
    try {
      if (acts.length > 0) this.#shelf().setItem(this.#key, JSON.stringify(acts))
      else this.#shelf().removeItem(this.#key)
    } catch {
      // a browser without storage: what was written still stands on the page
    }
  }
}
