import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import type { DemoAccountView, SessionUser } from '../../shared/views'
import { endSession } from '../auth/sessions'
import type { Ports } from '../ports'
import { changeAccess } from './access-changes'
import { recordAudit } from './audit'
import { toNameView } from './names'

/** End the actor's session; its live sockets close. */
export async function signOut(ports: Ports, { userId, sessionId }: Actor): Promise<void> {
  await changeAccess(ports, { userId, sessionId }, async (session) => {
    await endSession(sessionId, session)
    const subject = { session: sessionId }
    await recordAudit(ports, { kind: 'session:ended', by: userId, subject }, session)
  })
}

/** Who is signed in, for the head of the page and `GET /api/v1/me`. */
export async function readSelf(_ports: Ports, actor: Actor): Promise<SessionUser> {
  const user = await User.findById(actor.userId).lean()
  if (!user) throw new AppError('unauthenticated')
  return {
    id: String(user._id),
    name: toNameView(user.name),
    email: user.email,
    lang: actor.lang,
    timeZone: user.timeZone,
    programmeAdmin: user.programmeAdmin,
  }
}

/** Remember the language of the interface for the next visit, on any device. */
export async function chooseLanguage(_ports: Ports, actor: Actor, lang: Language): Promise<void> {
  await User.updateOne({ _id: actor.userId }, { $set: { lang } })
}

/** Demonstration accounts for the sign-in page, in the order of the tour; empty without demonstration data. */
export async function listDemoAccounts(_ports: Ports): Promise<DemoAccountView[]> {
  const users = await User.find({ demo: true }).sort({ tour: 1, _id: 1 }).lean()
  const memberships = await Membership.find({
    user: { $in: users.map((user) => user._id) },
    status: 'active',
  }).lean()
  const ids = memberships.map((each) => each.partnership)
  const partnerships = await Partnership.find({ _id: { $in: ids } }, { name: 1, sides: 1 }).lean()
  return users.map((user) => {
    const membership = memberships.find((each) => each.user.equals(user._id))
    const partnership = partnerships.find((each) => membership?.partnership.equals(each._id))
    const side = partnership?.sides.find((each) => membership?.side.equals(each._id))
    return {
      email: user.email,
      name: toNameView(user.name),
      languages: [...user.languages],
      programmeAdmin: user.programmeAdmin,
      role: membership?.role ?? null,
      cadre: membership?.cadre ?? null,
      place: side?.place ?? null,
      tone: side?.tone ?? null,
      partnership: partnership?.name ?? null,
    }
  })
}
