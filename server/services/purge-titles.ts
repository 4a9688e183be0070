import { Protocol } from '../../models/protocol'
import { Resource } from '../../models/resource'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { findPassage } from '../../shared/editor/passage'
import { AppError } from '../../shared/errors'
import { cutOutBoth } from '../../shared/patient-data/cut-out'
import type { Ports } from '../ports'
import { inOrder } from './in-order'
import { readThreadChanged } from './posting'
import { syncProtocolTitle } from './protocol-texts'
import { findProtocol, toFact } from './protocols'
import { cutNotes, type Passages, recordPurge } from './purge-rows'
import { indexResource, touchResource } from './renditions'
import { announceResource } from './resource-views'
import { findResource } from './resources'
import { retitleSearchTexts } from './search-index'
import { findThread } from './thread-access'
import { putTitle } from './threads'
import { inTransaction } from './transaction'

/** A thread's title and tags. @returns how many places held it */
export async function purgeThread(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  threadId: string,
  passages: Passages,
): Promise<number> {
  const { _id, partnership } = await findThread(actor, 'protocol:purge', threadId, partnershipId)
  const count = await inTransaction(async (session) => {
    const row = await Thread.findOne({ _id, partnership }).session(session).lean()
    if (!row) throw new AppError('not_found')
    const title = cutOutBoth(row.title, passages)
    const tags = row.tags.filter(
      (tag) => !passages?.some((each) => findPassage(tag, each.toLowerCase()).length > 0),
    )
    const found = title.count + row.tags.length - tags.length
    if (found === 0) return 0
    const changed = await Thread.findOneAndUpdate(
      { _id, partnership },
      { $set: { title: title.text, tags }, $inc: { rev: 1 } },
      { session, returnDocument: 'after' },
    ).lean()
    if (!changed) throw new AppError('not_found')
    await retitleSearchTexts({ partnership, kind: 'thread', of: _id }, changed.title, session)
    await putTitle(changed, session)
    const place = { partnership, what: 'thread' as const, of: _id, within: null }
    const subject = { thread: String(_id) }
    await recordPurge(ports, actor, { ...place, subject }, found, session)
    return found
  })
  const changed = await readThreadChanged({ partnership, thread: _id })
  if (changed) ports.bus.publish('thread:changed', changed)
  return count
}

/** A library item's title and description, and what was noted when it was asked for. */
export async function purgeResource(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  resourceId: string,
  passages: Passages,
): Promise<number> {
  const item = await findResource(actor, 'protocol:purge', resourceId, partnershipId)
  const { _id, partnership } = item
  const count = await inTransaction(async (session) => {
    const row = await touchResource(session, { partnership, resource: _id })
    const [title, about] = [cutOutBoth(row.title, passages), cutOutBoth(row.about, passages)]
    const notes = await cutNotes(session, { partnership, targetId: _id }, passages)
    const found = title.count + about.count + notes
    if (found === 0) return 0
    const cleaned = { title: title.text, about: about.text }
    await Resource.updateOne({ _id, partnership }, { $set: cleaned }, { session })
    await indexResource(session, { ...row, ...cleaned })
    const place = { partnership, what: 'resource' as const, of: _id, within: null }
    const subject = { resource: String(_id) }
    await recordPurge(ports, actor, { ...place, subject }, found, session)
    return found
  })
  await announceResource(ports.bus, item)
  return count
}

/** A protocol's title. */
export async function purgeProtocolTitle(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  protocolId: string,
  passages: Passages,
): Promise<number> {
  const { _id, partnership } = await findProtocol(
    actor,
    'protocol:purge',
    protocolId,
    partnershipId,
  )
  const purge = () =>
    inTransaction(async (session) => {
      const row = await Protocol.findOne({ _id, partnership }).session(session).lean()
      if (!row) throw new AppError('not_found')
      const { text: title, count } = cutOutBoth(row.title, passages)
      if (count === 0) return 0
      await Protocol.updateOne({ _id, partnership }, { $set: { title } }, { session })
      await syncProtocolTitle({ ...row, title }, session)
      const place = { partnership, what: 'protocol' as const, of: _id, within: null }
      const subject = { protocol: String(_id) }
      await recordPurge(ports, actor, { ...place, subject }, count, session)
      return count
    })
  const count = await inOrder(String(_id), purge)
  const changed = await Protocol.findOne({ _id, partnership }).lean()
  if (changed) ports.bus.publish('protocol:changed', await toFact(changed))
  return count
}
