import { Institution } from '../../models/institution'
import type { PartnershipRow } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'

/** Countries where clinics work in Russian, ISO 3166-1 alpha-2; everywhere else it is English. */
const RUSSIAN = new Set(['RU', 'BY', 'KZ', 'KG'])

/** Whose words are whose: the language the actor writes for their side, and all they read. */
export type Tongue = { mine: Language; all: readonly Language[] }

/**
 * The language that waits for the actor: that of the country of the institution that leads their side,
 * as long as they write it, else their own first one. So every paragraph waits for one side only, also
 * where some people write both languages.
 */
export async function tongueOf(
  actor: Actor,
  partnership: Pick<PartnershipRow, '_id' | 'sides'>,
): Promise<Tongue> {
  const membership = actor.memberships.find(
    (each) => each.partnershipId === String(partnership._id) && each.status === 'active',
  )
  const side = partnership.sides.find((each) => String(each._id) === membership?.sideId)
  const [user, lead] = await Promise.all([
    User.findById(actor.userId, { languages: 1 }).lean(),
    side ? Institution.findById(side.institution, { country: 1 }).lean() : null,
  ])
  const all = user?.languages ?? []
  const spoken = lead && (RUSSIAN.has(lead.country) ? 'ru' : 'en')
  const mine = spoken && (all.length === 0 || all.includes(spoken)) ? spoken : all[0]
  return { mine: mine ?? actor.lang, all }
}
