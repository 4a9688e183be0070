import { type ClientSession, Types } from 'mongoose'
import { Membership } from '../../models/membership'
import { Reply } from '../../models/reply'
import { TranslationRequest, type TranslationRequestRow } from '../../models/translation-request'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { type Language, otherLanguage } from '../../shared/languages'
import { grantFor, ROLES } from '../../shared/policy'
import type { TranslationChange } from '../../shared/schemas/resources'
import type { Ports } from '../ports'
import { demand } from './access'
import { announceNotices, type Recorded, recordNotices } from './notify'
import { aboutTarget } from './open-requests'
import { announceReply, touchReply } from './reply-changes'
import { announceResource } from './resource-views'
import { findResource } from './resources'
import { inTransaction } from './transaction'

export { finishRequestsOf, openRequestsOf } from './open-requests'

type Ask = Extract<TranslationChange, { intent: 'ask' }>
/** A change of one request, and what is told of it. */
type Changed = { row: TranslationRequestRow; isNew: boolean; recorded: Recorded }

/**
 * Ask for a translation of a library item or a post, take it, give it back, say it is done. Asking
 * for what is already asked for returns the open request; so does taking what one has taken.
 *
 * @throws AppError `not_found`, `forbidden`; `conflict` if somebody else has taken it
 */
export async function changeTranslation(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  change: TranslationChange,
): Promise<{ id: string }> {
  demand(actor, 'translation:request', { partnershipId })
  const { row, isNew, recorded } =
    change.intent === 'ask'
      ? await ask(ports, actor, partnershipId, change)
      : await step(ports, actor, partnershipId, change)
  if (isNew) {
    announceNotices(ports.bus, recorded)
    if (row.target === 'resource') await announceResource(ports.bus, row.targetId)
    else await announceReply(ports, row.targetId)
  }
  return { id: String(row._id) }
}

async function ask(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
  { target, targetId, to, note }: Ask,
): Promise<Changed> {
  const thread = await findTarget(actor, partnershipId, { target, targetId, to })
  const open = { partnership: partnershipId, target, targetId, to, open: true }
  const id = new Types.ObjectId()
  const store = () =>
    inTransaction(async (session): Promise<Changed> => {
      const known = await TranslationRequest.findOne(open).session(session).lean()
      if (known) return { row: known, isNew: false, recorded: [] }
      const at = clock.now()
      const fields = {
        _id: id,
        ...open,
        thread,
        note: note ?? null,
        askedBy: actor.userId,
        askedAt: at,
      }
      const [made] = await TranslationRequest.create([fields], { session })
      if (!made) throw new Error('nothing was stored')
      const row: TranslationRequestRow = made.toObject()
      const notice = {
        ...aboutTarget(row),
        kind: 'translation_asked' as const,
        partnership: row.partnership,
        event: `asked ${String(id)}`,
        by: actor.userId,
        to: await translatorsOf(partnershipId, to, session),
        at,
      }
      const recorded = await recordNotices([notice], session)
      if (target === 'reply') await touchReply(session, row.targetId)
      return { row, isNew: true, recorded }
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
 * What is to be translated must be there, and be in the other language.
 *
 * @returns the thread of a post
 */
async function findTarget(
  actor: Actor,
  partnershipId: string,
  { target, targetId, to }: Pick<Ask, 'target' | 'targetId' | 'to'>,
): Promise<Types.ObjectId | null> {
  if (target === 'resource') {
    await findResource(actor, 'file:download', targetId, partnershipId)
    return null
  }
  demand(actor, 'thread:read', { partnershipId })
  const reply = await Reply.findOne({ _id: targetId, partnership: partnershipId }).lean()
  if (!reply || reply.deletedAt) throw new AppError('not_found')
  if (reply.lang === to) throw new AppError('conflict')
  return reply.thread
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
    if (row.target === 'reply') await touchReply(session, row.targetId)
    return { row, isNew: true, recorded }
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
    if (String(row.takenBy) !== actor.userId && !isCoordinator(row, actor))
      throw new AppError('conflict')
    return { takenBy: null, takenAt: null }
  },
  done(row, actor, at) {
    if (row.doneAt) return null
    if (!row.open) throw new AppError('conflict')
    const others = row.takenBy && String(row.takenBy) !== actor.userId
    if (others && !isCoordinator(row, actor)) throw new AppError('conflict')
    return { open: false, doneAt: at }
  },
  withdraw(row, actor, at) {
    if (row.withdrawnAt) return null
    if (String(row.askedBy) !== actor.userId && !isCoordinator(row, actor))
      throw new AppError('forbidden')
    if (!row.open) throw new AppError('conflict')
    return { open: false, withdrawnAt: at }
  },
}

function isCoordinator({ partnership }: TranslationRequestRow, actor: Actor): boolean {
  return actor.memberships.some(
    ({ partnershipId, role, status }) =>
      partnershipId === String(partnership) && role === 'coordinator' && status === 'active',
  )
}

const TRANSLATING = ROLES.filter((role) => grantFor(role, 'translation:request') === '+')

/** Who can do it: members who read both languages; where there are none, the coordinators see to it. */
async function translatorsOf(
  partnership: string,
  to: Language,
  session: ClientSession,
): Promise<Types.ObjectId[]> {
  const members = await Membership.find(
    { partnership, status: 'active', role: { $in: TRANSLATING } },
    { user: 1, role: 1 },
  )
    .session(session)
    .lean()
  const bilingual = await User.find(
    { _id: { $in: members.map(({ user }) => user) }, languages: { $all: [to, otherLanguage(to)] } },
    { _id: 1 },
  )
    .session(session)
    .lean()
  if (bilingual.length > 0) return bilingual.map(({ _id }) => _id)
  return members.filter(({ role }) => role === 'coordinator').map(({ user }) => user)
}
