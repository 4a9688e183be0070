import { Types } from 'mongoose'
import { Counterpart, type CounterpartRow } from '../../models/counterpart'
import { Membership, type MembershipRow } from '../../models/membership'
import { Notification } from '../../models/notification'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { grantFor } from '../../shared/policy'
import type {
  AnswerCounterpart,
  CounterpartView,
  PeerView,
  ProposeCounterpart,
} from '../../shared/schemas/counterparts'
import type { Ports } from '../ports'
import { demand } from './access'
import { recordAudit } from './audit'
import { once } from './intents'
import { languageOf } from './languages'
import { queueMail } from './mail'
import { toNameView } from './names'
import { announceNotices, type Recorded, recordNotices } from './notify'
import { peopleById } from './people'
import { inTransaction } from './transaction'

/**
 * The pairs of a partnership; proposals only for the two they are between.
 *
 * @throws AppError `not_found`, `forbidden` (observers)
 */
export async function listCounterparts(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<CounterpartView[]> {
  demand(actor, 'member:list', { partnershipId })
  const rows = await Counterpart.find({
    partnership: partnershipId,
    live: true,
    $or: [{ status: 'confirmed' }, { people: actor.userId }],
  })
    .sort({ at: 1, _id: 1 })
    .lean()
  const ids = rows.flatMap(({ people }) => people)
  const [people, memberships] = await Promise.all([
    peopleById(partnershipId, ids),
    Membership.find(
      { partnership: partnershipId, user: { $in: ids } },
      { user: 1, cadre: 1 },
    ).lean(),
  ])
  const cadres = new Map(memberships.map(({ user, cadre }) => [String(user), cadre]))
  const peer = (id: Types.ObjectId): PeerView | null => {
    const found = people.get(String(id))
    if (!found) return null
    const { name, tone } = found
    return { userId: found.id, name, tone, cadre: cadres.get(found.id) ?? 'other' }
  }
  return rows.flatMap((row): CounterpartView[] => {
    const [by, to] = [peer(row.people[0]), peer(row.people[1])]
    if (!by || !to || (row.status !== 'proposed' && row.status !== 'confirmed')) return []
    const { _id, status, topic } = row
    return [{ id: String(_id), status, people: [by, to], topic, mine: standingIn(row, actor) }]
  })
}

function standingIn({ people, status }: CounterpartRow, { userId }: Actor) {
  const at = people.findIndex((id) => String(id) === userId)
  if (at < 0) return null
  if (status === 'confirmed') return 'pair'
  return at === 0 ? 'proposed' : 'asked'
}

/**
 * Propose somebody of the other side as one's peer; they are told, and answer. Doing it again changes
 * nothing; where they have proposed the same, it is their answer.
 *
 * @throws AppError `not_found` for whoever is not there to be a peer, `forbidden` for whoever is no
 *   member, `conflict` for one's own side
 */
export async function proposeCounterpart(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  { userId, topic }: ProposeCounterpart,
): Promise<void> {
  demand(actor, 'member:list', { partnershipId })
  const [mine, theirs] = await Promise.all([
    memberAt(partnershipId, actor.userId),
    memberAt(partnershipId, userId),
  ])
  if (!mine) throw new AppError('forbidden')
  if (!theirs || grantFor(theirs.role, 'member:list') !== '+') throw new AppError('not_found')
  if (theirs.side.equals(mine.side)) throw new AppError('conflict')
  await ports.limits.take('write', actor.userId)

  const pair = [actor.userId, userId].sort().join(':')
  const find = () => Counterpart.findOne({ partnership: partnershipId, pair, live: true }).lean()
  const _id = new Types.ObjectId()
  let recorded: Recorded = []
  const { row, isNew } = await once(_id, find, async () => {
    recorded = await inTransaction(async (session) => {
      const at = ports.clock.now()
      const people = [mine.user, theirs.user]
      const fields = { _id, partnership: mine.partnership, people, pair, topic: topic || null, at }
      await Counterpart.create([{ ...fields, status: 'proposed', live: true }], { session })
      await queueProposal(ports, actor, theirs, session)
      const notice = { kind: 'counterpart_proposed' as const, event: eventOf(_id), at }
      const about = { partnership: mine.partnership, by: actor.userId, to: [userId] }
      return recordNotices([{ ...notice, ...about }], session)
    })
  })
  if (isNew) announceNotices(ports.bus, recorded)
  else if (row.status === 'proposed' && String(row.people[1]) === actor.userId) {
    const answer = { counterpartId: String(row._id), answer: 'confirm' as const }
    await answerCounterpart(ports, actor, partnershipId, answer)
  }
}

function memberAt(partnershipId: string, userId: string): Promise<MembershipRow | null> {
  const at = { partnership: partnershipId, user: userId, status: 'active' as const }
  return Membership.findOne(at).lean()
}

async function queueProposal(
  ports: Ports,
  actor: Actor,
  { partnership, user }: MembershipRow,
  session: Parameters<typeof queueMail>[2],
): Promise<void> {
  const by = await User.findById(actor.userId, { name: 1 }).session(session).lean()
  const to = await User.findById(user).session(session).lean()
  const row = await Partnership.findById(partnership, { slug: 1, name: 1 }).session(session).lean()
  if (!by || !to || !row) throw new AppError('not_found')
  const mail = {
    template: 'counterpart-proposed' as const,
    to: to.email,
    lang: languageOf(to),
    values: {
      path: `/partnerships/${row.slug}/people`,
      by: toNameView(by.name),
      partnership: row.name,
    },
  }
  await queueMail(ports, mail, session)
}

/**
 * Answer a proposal, or end what is: whoever was asked confirms or declines, either of the two ends.
 * Doing it again does nothing.
 *
 * @throws AppError `not_found` for anybody else, `conflict` when it has been answered otherwise
 */
export async function answerCounterpart(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  { counterpartId, answer }: AnswerCounterpart,
): Promise<void> {
  demand(actor, 'member:list', { partnershipId })
  const recorded = await inTransaction(async (session): Promise<Recorded> => {
    const row = await Counterpart.findOne({
      _id: counterpartId,
      partnership: partnershipId,
      people: actor.userId,
    })
      .session(session)
      .lean()
    if (!row) throw new AppError('not_found')
    const next = ({ confirm: 'confirmed', decline: 'declined', end: 'ended' } as const)[answer]
    if (row.status === next) return []
    const isAsked = String(row.people[1]) === actor.userId
    if (!row.live || (answer !== 'end' && row.status !== 'proposed')) throw new AppError('conflict')
    // nobody confirms what they have proposed themselves
    if (answer !== 'end' && !isAsked) throw new AppError('forbidden')
    const at = ports.clock.now()
    const stamp = answer === 'end' ? { endedAt: at } : { answeredAt: at }
    const fields = { status: next, live: answer === 'confirm', ...stamp }
    await Counterpart.updateOne({ _id: row._id }, { $set: fields }, { session })
    // what asked for an answer has been read
    await Notification.updateMany(
      { user: row.people[1], event: eventOf(row._id), readAt: null },
      { $set: { readAt: at } },
      { session },
    )
    return tell(ports, actor, row, next, session)
  })
  announceNotices(ports.bus, recorded)
  ports.bus.publish('notifications:changed', { userId: actor.userId, notificationId: null })
}

/** The record, and a word to the one who waits for it: of a yes. */
async function tell(
  ports: Ports,
  actor: Actor,
  row: CounterpartRow,
  next: 'confirmed' | 'declined' | 'ended',
  session: Parameters<typeof queueMail>[2],
): Promise<Recorded> {
  const partnershipId = String(row.partnership)
  const subject = { counterpart: String(row._id) }
  const fact = { partnershipId, by: actor.userId, subject }
  if (next === 'ended' && row.status === 'confirmed') {
    await recordAudit(ports, { ...fact, kind: 'counterpart:ended' }, session)
  }
  if (next !== 'confirmed') return []
  await recordAudit(ports, { ...fact, kind: 'counterpart:confirmed' }, session)
  const notice = {
    kind: 'counterpart_confirmed' as const,
    partnership: row.partnership,
    event: `${eventOf(row._id)} confirmed`,
    by: actor.userId,
    to: [row.people[0]],
    at: ports.clock.now(),
  }
  return recordNotices([notice], session)
}

function eventOf(counterpart: Types.ObjectId): string {
  return `counterpart ${String(counterpart)}`
}
