import { type ClientSession, Types } from 'mongoose'
import { Rendition } from '../../models/rendition'
import { Reply } from '../../models/reply'
import { TranslationRequest, type TranslationRequestRow } from '../../models/translation-request'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import type { TranslationChange } from '../../shared/schemas/resources'
import type { Ports } from '../ports'
import { demand } from './access'
import { announceNotices, type Recorded, recordNotices } from './notify'
import { aboutTarget } from './open-requests'
import { touchResource } from './renditions'
import { announceReply, touchReply } from './reply-changes'
import { tellTranslators, untellTranslators } from './request-notices'
import { announceResource } from './resource-views'
import { inTransaction } from './transaction'

type Ask = Extract<TranslationChange, { intent: 'ask' }>
/** A change of one request, and what is told of it. */
type Changed = {
  row: TranslationRequestRow
  isNew: boolean
  recorded: Recorded
  /** Whose notices of it have gone. */
  untold?: readonly string[]
}

/**
 * Ask for a translation of a library item or a post, take it, give it back, say it is done. Asking
 * for what is already asked for returns the open request; so does taking what one has taken.
 *
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`; `conflict` if somebody else has taken
 *   it, if there is nothing to translate, if it is called done and not there
 */
export async function changeTranslation(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  change: TranslationChange,
): Promise<{ id: string }> {
  demand(actor, 'translation:request', { partnershipId })
  await ports.limits.take('write', actor.userId)
  const { row, isNew, recorded, untold } =
    change.intent === 'ask'
      ? await ask(ports, actor, partnershipId, change)
      : await step(ports, actor, partnershipId, change)
  if (isNew) {
    announceNotices(ports.bus, recorded)
    for (const userId of untold ?? []) {
      ports.bus.publish('notifications:changed', { userId, notificationId: null })
    }
    await announceTarget(ports, row)
  }
  return { id: String(row._id) }
}

async function ask(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
  { target, targetId, to, note }: Ask,
): Promise<Changed> {
  const seen = target === 'resource' ? 'file:download' : 'thread:read'
  demand(actor, seen, { partnershipId, published: false })
  const open = { partnership: partnershipId, target, targetId, to, open: true }
  const id = new Types.ObjectId()
  const store = () =>
    inTransaction(async (session): Promise<Changed> => {
      const known = await TranslationRequest.findOne(open).session(session).lean()
      if (known) return { row: known, isNew: false, recorded: [] }
      const thing = {
        partnership: new Types.ObjectId(partnershipId),
        targetId: new Types.ObjectId(targetId),
      }
      const thread = await takeTarget(session, { ...thing, target, to })
      const by = { askedBy: actor.userId, askedAt: clock.now() }
      const fields = { _id: id, ...open, thread, note: note ?? null, ...by }
      const [made] = await TranslationRequest.create([fields], { session })
      if (!made) throw new Error('nothing was stored')
      const row: TranslationRequestRow = made.toObject()
      return { row, isNew: true, recorded: await tellTranslators(session, row) }
    })
  try {
    return await store()
  } catch (error) {
    // somebody asked for the same at the same moment
    const row = await TranslationRequest.findOne(open).lean()
    if (!row) throw error
    return { row, isNew: row._id.equals(id), recorded: [] }
  }
}

/**
 * What is to be translated must be there, and be in the other language; it shows the request from now
 * on. First in the transaction, so that what changes it meanwhile comes before or after.
 *
 * @returns the thread of a post
 * @throws AppError `not_found` (a deleted post too), `conflict`
 */
async function takeTarget(
  session: ClientSession,
  {
    partnership,
    target,
    targetId,
    to,
  }: Pick<TranslationRequestRow, 'partnership' | 'targetId'> & Pick<Ask, 'target' | 'to'>,
): Promise<Types.ObjectId | null> {
  await touchTarget(session, { partnership, target, targetId })
  if (target === 'reply') {
    const reply = await Reply.findOne({ _id: targetId, partnership }).session(session).lean()
    if (!reply || reply.deletedAt) throw new AppError('not_found')
    if (reply.lang === to) throw new AppError('conflict')
    return reply.thread
  }
  const versions = await Rendition.find({ partnership, resource: targetId, current: true })
    .session(session)
    .lean()
  const isOriginal = versions.some(({ lang, status }) => lang === to && status === 'original')
  if (versions.length === 0 || isOriginal) throw new AppError('conflict')
  return null
}

/** Is it there, what was asked for? A draft is not yet one, and one of an older original no longer. */
async function isTranslated(
  session: ClientSession,
  { partnership, target, targetId, to: lang }: TranslationRequestRow,
): Promise<boolean> {
  const found =
    target === 'reply'
      ? Reply.exists({ _id: targetId, partnership, 'translation.lang': lang })
      : Rendition.exists({
          ...{ partnership, resource: targetId, lang, current: true },
          status: { $nin: ['draft', 'outdated'] },
        })
  return (await found.session(session)) !== null
}

type Target = Pick<TranslationRequestRow, 'partnership' | 'target' | 'targetId'>

async function touchTarget(
  session: ClientSession,
  { partnership, target, targetId }: Target,
): Promise<void> {
  if (target === 'reply') await touchReply(session, { partnership, id: targetId })
  else await touchResource(session, { partnership, resource: targetId })
}

async function announceTarget(
  ports: Ports,
  { partnership, target, targetId }: Target,
): Promise<void> {
  if (target === 'reply') await announceReply(ports, { partnership, id: targetId })
  else await announceResource(ports.bus, { _id: targetId, partnership })
}

async function step(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
  { intent, requestId }: Exclude<TranslationChange, Ask>,
): Promise<Changed> {
  const at = clock.now()
  return inTransaction(async (session) => {
    const found = await TranslationRequest.findOne({ _id: requestId, partnership: partnershipId })
      .session(session)
      .lean()
    if (!found) throw new AppError('not_found')
    const set = STEPS[intent](found, actor, at)
    if (!set) return { row: found, isNew: false, recorded: [] }
    await touchTarget(session, found)
    if (set.doneAt && !(await isTranslated(session, found))) throw new AppError('conflict')
    const row = await TranslationRequest.findOneAndUpdate(
      { _id: found._id, partnership: partnershipId },
      { $set: set },
      { session, returnDocument: 'after' },
    ).lean()
    if (!row) throw new AppError('not_found')
    const told = {
      ...aboutTarget(row),
      kind: 'translation_done' as const,
      partnership: row.partnership,
      event: `done ${String(row._id)}`,
      by: actor.userId,
      to: [row.askedBy],
      at,
    }
    const recorded = row.doneAt ? await recordNotices([told], session) : []
    const untold = row.withdrawnAt ? await untellTranslators(session, row) : []
    return { row, isNew: true, recorded, untold }
  })
}

type Set = Partial<TranslationRequestRow>

/** What each step changes; null where it is so already. */
const STEPS: Record<
  Exclude<TranslationChange['intent'], 'ask'>,
  (row: TranslationRequestRow, actor: Actor, at: Date) => Set | null
> = {
  take(row, actor, at) {
    if (!row.open) throw new AppError('conflict')
    if (!row.takenBy) return { takenBy: new Types.ObjectId(actor.userId), takenAt: at }
    if (String(row.takenBy) !== actor.userId) throw new AppError('conflict')
    return null
  },
  giveBack(row, actor) {
    if (!row.open || !row.takenBy) return null
    if (!mayMove(row, row.takenBy, actor)) throw new AppError('conflict')
    return { takenBy: null, takenAt: null }
  },
  done(row, actor, at) {
    if (row.doneAt) return null
    if (!row.open) throw new AppError('conflict')
    if (row.takenBy && !mayMove(row, row.takenBy, actor)) throw new AppError('conflict')
    return { open: false, doneAt: at }
  },
  withdraw(row, actor, at) {
    if (row.withdrawnAt) return null
    if (!mayMove(row, row.askedBy, actor)) throw new AppError('forbidden')
    if (!row.open) throw new AppError('conflict')
    return { open: false, withdrawnAt: at }
  },
}

/** What somebody asked for or took is theirs to change, as a comment is; and a coordinator's. */
function mayMove(
  { partnership }: TranslationRequestRow,
  owner: Types.ObjectId,
  actor: Actor,
): boolean {
  const subject = { partnershipId: String(partnership), ownerId: String(owner) }
  return can(actor, 'comment:edit', subject)
}
