import type { ClientSession, Types } from 'mongoose'
import { Membership } from '../../models/membership'
import { Notification } from '../../models/notification'
import type { TranslationRequestRow } from '../../models/translation-request'
import { User } from '../../models/user'
import { otherLanguage } from '../../shared/languages'
import { grantFor, ROLES } from '../../shared/policy'
import { type Recorded, recordNotices } from './notify'
import { aboutTarget } from './open-requests'

const TRANSLATING = ROLES.filter((role) => grantFor(role, 'translation:request') === '+')

/**
 * Tell those who can do it that a translation is asked for. Asked for again, it is told again only to
 * who has read of it: asking, withdrawing and asking fills nobody's list.
 *
 * @returns notices to announce after the commit
 */
export async function tellTranslators(
  session: ClientSession,
  row: TranslationRequestRow,
): Promise<Recorded> {
  const { partnership, askedBy: by, askedAt: at } = row
  const to = await translatorsOf(session, row)
  const event = eventOf(row)
  // one person is told of one event once: what has been read gives its name free
  await Notification.updateMany(
    { user: { $in: to }, event, readAt: { $ne: null } },
    [{ $set: { event: { $concat: ['$event', ' ', { $toString: '$_id' }] } } }],
    { session, updatePipeline: true },
  )
  const about = aboutTarget(row)
  const notice = { ...about, kind: 'translation_asked' as const, partnership, event, by, to, at }
  return recordNotices([notice], session)
}

/**
 * Nobody need translate it any more: who has not read that it was asked for need not do so.
 *
 * @returns whose notices have gone
 */
export async function untellTranslators(
  session: ClientSession,
  row: TranslationRequestRow,
): Promise<readonly string[]> {
  // whoever it was told to, roles and languages may have changed since
  const { partnership } = row
  const members = await Membership.find({ partnership }, { user: 1 }).session(session).lean()
  const unread = {
    user: { $in: members.map(({ user }) => user) },
    event: eventOf(row),
    readAt: null,
  }
  const told = await Notification.find(unread, { user: 1 }).session(session).lean()
  await Notification.deleteMany(unread, { session })
  return told.map(({ user }) => String(user))
}

/** By what is asked for, not by the request. */
function eventOf({ target, targetId, to }: TranslationRequestRow): string {
  return `asked ${target} ${String(targetId)} ${to}`
}

/** Who can do it: members who read both languages; where there are none, the coordinators see to it. */
async function translatorsOf(
  session: ClientSession,
  { partnership, to }: TranslationRequestRow,
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
