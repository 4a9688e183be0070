import type { ClientSession } from 'mongoose'
import { Mark } from '../../models/mark'
import type { Ledger } from '../../shared/editor/content'
import type { RoomAddress } from '../ports'

/** Stands for the hash of a text that is not to be known any more. */
const FORGOTTEN = '-'

/**
 * After a purge: of what was marked, only the hashes of what the ledger still holds stay. From the hash
 * of a paragraph a name that stood in it could be found by trying, for the rest of it is known.
 */
export async function forgetHashes(
  at: RoomAddress,
  ledger: Ledger,
  session: ClientSession,
): Promise<void> {
  const known = Object.values(ledger).flatMap(({ src, tgt }) => [src, tgt])
  const place = { partnership: at.partnership, protocol: at.room }
  for (const field of ['sourceHash', 'targetHash'] as const) {
    await Mark.updateMany(
      { ...place, [field]: { $nin: [...known, FORGOTTEN] } },
      { $set: { [field]: FORGOTTEN } },
      { session },
    )
  }
}
