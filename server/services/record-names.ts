import { Types } from 'mongoose'
import type { AuditEntryRow } from '../../models/audit-entry'
import { Counterpart } from '../../models/counterpart'
import { Invitation } from '../../models/invitation'
import { Protocol } from '../../models/protocol'
import { Resource } from '../../models/resource'
import { Thread } from '../../models/thread'
import { User } from '../../models/user'
import type { RecordPage } from '../../shared/audit'
import { Id } from '../../shared/ids'
import type { PersonName } from '../../shared/views'
import { toNameView } from './names'

type Names = Pick<RecordPage, 'people' | 'titles' | 'addresses' | 'pairs'>

/** Today's names of what rows of the record tell of; what is gone has none. */
export async function namesIn(
  rows: readonly Pick<AuditEntryRow, 'by' | 'subject' | 'partnership'>[],
): Promise<Names> {
  const ids = (key: string) =>
    rows.flatMap(({ subject }) => {
      const id = Id.safeParse(subject[key])
      return id.success ? [new Types.ObjectId(id.data)] : []
    })
  const [protocols, threads, resources, invitations, counterparts] = await Promise.all([
    Protocol.find({ _id: { $in: ids('protocol') } }, { title: 1 }).lean(),
    Thread.find({ _id: { $in: ids('thread') } }, { title: 1 }).lean(),
    Resource.find({ _id: { $in: ids('resource') } }, { title: 1 }).lean(),
    Invitation.find({ _id: { $in: ids('invitation') } }, { email: 1 }).lean(),
    Counterpart.find({ _id: { $in: ids('counterpart') } }, { people: 1 }).lean(),
  ])
  const people = [
    ...ids('user'),
    ...rows.flatMap(({ by }) => by ?? []),
    ...counterparts.flatMap((pair) => pair.people),
  ]
  const titled = [...protocols, ...threads, ...resources]
  return {
    people: await peopleOf(people),
    titles: Object.fromEntries(titled.map(({ _id, title }) => [String(_id), title])),
    addresses: Object.fromEntries(invitations.map(({ _id, email }) => [String(_id), email])),
    pairs: Object.fromEntries(
      counterparts.map(({ _id, people }) => [String(_id), people.map(String)]),
    ),
  }
}

export async function peopleOf(
  ids: readonly Types.ObjectId[],
): Promise<Record<string, PersonName>> {
  if (ids.length === 0) return {}
  const users = await User.find({ _id: { $in: ids } }, { name: 1 }).lean()
  return Object.fromEntries(users.map(({ _id, name }) => [String(_id), toNameView(name)]))
}
