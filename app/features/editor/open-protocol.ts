import type { ComponentProps } from 'react'
import type { Actor } from '../../../shared/actor'
import type { PresenceIdentity } from '../../../shared/collab/wire'
import { can } from '../../../shared/policy'
import { PUBLISHED_STATUSES } from '../../../shared/protocol-statuses'
import type { PersonName, ProtocolSummary, ThreadSummary } from '../../../shared/views'
import type { Member } from '../../lib/route'
import type { RemovedLines } from '../privacy/removed-line'
import { type Reading, toReading } from '../reading/reading-rows'
import type { ProtocolRights } from './rights'

export type OpenedProtocol = {
  protocol: ProtocolSummary
  reading: Reading
  may: ProtocolRights
  /** Whose caret others see. */
  me: PresenceIdentity | null
  /** Names behind the ids in marks; empty for those who may not see members. */
  people: Readonly<Record<string, PersonName>>
  /** About its paragraphs; empty for those who do not read discussions. */
  threads: readonly ThreadSummary[]
  /** How many copies were kept before most of the text was removed. */
  copies: number
  /** What patient data was removed from. */
  purges: ComponentProps<typeof RemovedLines>['purges']
}

/** About one protocol; older ones are found in the list of discussions. */
const THREADS = 100

/**
 * Everything the protocol page shows before the live text takes over.
 *
 * @throws AppError `not_found`, `forbidden`, `document_unavailable`
 */
export async function openProtocol(
  { actor, services }: Pick<Member, 'actor' | 'services'>,
  slug: string,
  protocolId: string,
): Promise<OpenedProtocol> {
  const { id: partnershipId } = await services.partnerships.openPartnership(actor, slug)
  const { protocol, content } = await services.protocols.readProtocol(
    actor,
    protocolId,
    partnershipId,
  )
  const may = rightsOf(actor, partnershipId, protocol)
  const [admission, members, threads, kept, purges] = await Promise.all([
    may.join ? services.protocols.admitToProtocol(actor, protocolId) : null,
    can(actor, 'member:list', { partnershipId })
      ? services.partnerships.listMembers(actor, partnershipId)
      : [],
    may.readThreads
      ? services.discussions.listThreads(actor, partnershipId, { protocolId, limit: THREADS })
      : { items: [] },
    may.readCopies ? services.protocols.listCopies(actor, protocolId, partnershipId) : null,
    services.purges.listPurges(actor, partnershipId, { protocol: protocolId }),
  ])
  return {
    protocol,
    reading: toReading(content),
    may,
    me: admission?.identity ?? null,
    threads: threads.items,
    copies: kept?.copies.length ?? 0,
    purges,
    people: Object.fromEntries(members.map(({ userId, name }) => [userId, name])),
  }
}

function rightsOf(
  actor: Actor,
  partnershipId: string,
  { status }: ProtocolSummary,
): ProtocolRights {
  const subject = { partnershipId, published: PUBLISHED_STATUSES.includes(status) }
  return {
    join: can(actor, 'collab:join', subject),
    write: can(actor, 'collab:write', subject),
    cursor: can(actor, 'collab:send-cursor', subject),
    rename: can(actor, 'protocol:create', subject),
    markInSync: can(actor, 'translation:mark-in-sync', subject),
    readThreads: can(actor, 'thread:read', subject),
    startThread: can(actor, 'thread:create', subject),
    readCopies: can(actor, 'version:read', subject),
    putBack: can(actor, 'version:name', subject),
    purge: can(actor, 'protocol:purge', subject),
    review: can(actor, 'translation:review', subject),
  }
}
