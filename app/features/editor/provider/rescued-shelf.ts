import * as z from 'zod/mini'
import type { ErrorCode } from '../../../../shared/errors'
import { isErrorCode } from './collab-access'
import { RESCUED, withBook } from './device-book'
import { resultOf } from './idb'
import type { Rescue } from './rescue'

/** A rescue that waits for the person to take it or let it go. */
export type Rescued = Rescue & {
  id: string
  userId: string
  protocolId: string
  reason: ErrorCode
  /** Milliseconds since 1970. */
  at: number
}

/** Where rescues wait across reloads; the browser's own is `browserShelf`. */
export interface RescueShelf {
  /** @throws if it was not stored */
  put(rescued: Rescued): Promise<void>
  list(userId: string, protocolId: string): Promise<Rescued[]>
  discard(id: string): Promise<void>
}

const Stored = z.object({
  id: z.string(),
  userId: z.string(),
  protocolId: z.string(),
  reason: z.pipe(
    z.string(),
    z.transform((code: string): ErrorCode => (isErrorCode(code) ? code : 'unexpected')),
  ),
  at: z.number(),
  bytes: z.instanceof(Uint8Array),
  text: z.object({ en: z.string(), ru: z.string() }),
})

export const browserShelf: RescueShelf = {
  async put(rescued) {
    await withBook(RESCUED, 'readwrite', (shelf) => resultOf(shelf.put(rescued)))
  },
  async list(userId, protocolId) {
    const rows: unknown[] = await withBook(RESCUED, 'readonly', (shelf) => resultOf(shelf.getAll()))
    return rows
      .flatMap((row) => Stored.safeParse(row).data ?? [])
      .filter((row) => row.userId === userId && row.protocolId === protocolId)
      .sort((a, b) => a.at - b.at)
  },
  async discard(id) {
    await withBook(RESCUED, 'readwrite', (shelf) => resultOf(shelf.delete(id)))
  },
}

/** What was rescued of that person's words in a protocol, oldest first; nothing where nothing is kept. */
export async function listRescued(userId: string, protocolId: string): Promise<Rescued[]> {
  try {
    return await browserShelf.list(userId, protocolId)
  } catch {
    return []
  }
}
