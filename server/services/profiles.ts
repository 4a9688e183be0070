import { createHash } from 'node:crypto'
import { User, type UserRow } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { type ProfileView, type SaveProfile, toPersonName } from '../../shared/schemas/profiles'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { recordAudit } from './audit'
import { toNameView } from './names'
import { inTransaction } from './transaction'

type Fields = Pick<UserRow, 'name' | 'languages' | 'lang' | 'timeZone'>

/** One's own profile, with the mark of its state. */
export async function readProfile(_ports: Ports, actor: Actor): Promise<ProfileView> {
  demandSelf(actor)
  const user = await User.findById(actor.userId).lean()
  if (!user) throw new AppError('unauthenticated')
  const { name, email, languages, timeZone } = user
  return {
    name: toNameView(name),
    email,
    languages: [...languages],
    lang: user.lang ?? actor.lang,
    timeZone,
    rev: revOf(user),
  }
}

/**
 * Save one's own profile.
 *
 * @throws AppError `conflict` when it was changed since the form was filled: nothing is overwritten
 */
export async function saveProfile(ports: Ports, actor: Actor, input: SaveProfile): Promise<void> {
  demandSelf(actor)
  const { userId } = actor
  const fields: Fields = {
    name: toPersonName(input),
    languages: [
      ...(input.readsEn ? ['en' as const] : []),
      ...(input.readsRu ? ['ru' as const] : []),
    ],
    lang: input.lang,
    timeZone: input.timeZone,
  }
  // the reader's own language first: it is the one they are written to in
  fields.languages.sort((a, b) => Number(b === input.lang) - Number(a === input.lang))
  await inTransaction(async (session) => {
    const user = await User.findById(userId).session(session).lean()
    if (!user || user.deletedAt) throw new AppError('unauthenticated')
    const saved = revOf(fields)
    // sent twice
    if (revOf(user) === saved) return
    if (revOf(user) !== input.rev) throw new AppError('conflict')
    await User.updateOne({ _id: user._id }, { $set: fields }, { session })
    const detail = { fields: changedIn(user, fields).join(' ') }
    const fact = { kind: 'account:changed' as const, by: userId, subject: { user: userId }, detail }
    await recordAudit(ports, fact, session)
  })
}

/** The same for the same values, whenever and from wherever they were saved. */
function revOf(fields: Fields): string {
  const text = JSON.stringify(partsOf(fields))
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function partsOf({ name, languages, lang, timeZone }: Fields) {
  const { family, given, patronymic, latin, cyrillic, address } = name
  const parts = [family, given, patronymic, latin, cyrillic, address]
  return { name: parts, languages: [...languages], lang: lang ?? null, timeZone }
}

/** Names of the fields, never their values: the record is no copy of the profile. */
function changedIn(before: Fields, after: Fields): string[] {
  const [old, now] = [partsOf(before), partsOf(after)]
  const keys = ['name', 'languages', 'lang', 'timeZone'] as const
  return keys.filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]))
}
