import { Upload } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { readBearerAgain } from '../auth/sessions'
import type { Ports } from '../ports'
import { checkFile } from './file-content'
import type { FileType } from './file-types'
import { announceNotices } from './notify'
import { addRendition } from './renditions'
import { announceResource } from './resource-views'
import { inTransaction } from './transaction'
import { expiryOf } from './upload-expiry'
import type { Lease } from './upload-lease'

/**
 * All bytes are there: look at the whole, and make a rendition of it. Doing it again after an unknown
 * end finds it done.
 *
 * @throws AppError `file_content`, `file_bomb`; `upload_busy` if another writer has taken over;
 *   `not_found` if the sender has lost the right meanwhile
 */
export async function finishUpload(
  ports: Ports,
  actor: Actor,
  lease: Lease,
  type: FileType,
): Promise<void> {
  const { row, by } = lease
  const key = String(row._id)
  const busy = setInterval(() => lease.touch(), 1_000)
  try {
    const found = await checkFile(ports.storage, key, row.length, type)
    const at = ports.clock.now()
    const expiresAt = expiryOf(row.createdAt, row.length)
    const recorded = await inTransaction(async (session) => {
      // a long way: the sender may have been removed on it
      const bearer = await readBearerAgain(actor.sessionId, at)
      const subject = { partnershipId: String(row.partnership) }
      if (!can(bearer?.actor ?? null, 'file:upload', subject)) throw new AppError('not_found')
      const claimed = await Upload.findOneAndUpdate(
        { _id: row._id, state: 'open', 'lease.by': by },
        { $set: { state: 'done', offset: row.length, expiresAt } },
        { session, returnDocument: 'after' },
      ).lean()
      if (!claimed) throw new AppError('upload_busy')
      return addRendition(session, {
        id: row._id,
        partnership: row.partnership,
        resource: row.resource,
        lang: row.lang,
        status: row.status,
        // as it is by now: patient data may have been removed from it on the way
        file: { key, name: claimed.name, bytes: row.length, ...found },
        url: null,
        by: row.user,
        at,
      })
    })
    announceNotices(ports.bus, recorded)
    await announceResource(ports.bus, { _id: row.resource, partnership: row.partnership })
  } finally {
    clearInterval(busy)
  }
}
