import type { Actor } from '../../shared/actor'
import type { LocalizedText } from '../../shared/languages'
import type { PutBackCopy } from '../../shared/schemas/protocols'
import type { KeptCopyView } from '../../shared/views'
import type { Ports } from '../ports'
import { addressOf, findProtocol } from './protocols'

/** So long the sync server keeps no second copy: what is removed now, that one was kept before. */
const PROTECTS_MS = 600_000

/**
 * The copies of a protocol that were kept before most of its text was removed, newest first.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listCopies(
  { live, clock }: Ports,
  actor: Actor,
  protocolId: string,
  partnershipId?: string,
): Promise<{ title: LocalizedText; copies: KeptCopyView[] }> {
  const row = await findProtocol(actor, 'version:read', protocolId, partnershipId)
  const now = clock.now().getTime()
  const copies = await live.copies(addressOf(row))
  return {
    title: row.title,
    copies: copies.map(({ id, at, bytes }) => ({
      id,
      at: at.toISOString(),
      bytes,
      recent: now - at.getTime() <= PROTECTS_MS,
    })),
  }
}

/**
 * Put a copy's text back by new edits, for everybody who has the protocol open. Repeated, it finds
 * nothing to do.
 *
 * @throws AppError `not_found`, `forbidden`, `document_unavailable`
 */
export async function putBackCopy(
  { live, log }: Ports,
  actor: Actor,
  protocolId: string,
  { copy }: PutBackCopy,
  partnershipId?: string,
): Promise<void> {
  const row = await findProtocol(actor, 'version:name', protocolId, partnershipId)
  await live.restore(addressOf(row), copy)
  log.info({ protocol: protocolId, user: actor.userId, copy }, 'a kept copy was put back')
}
