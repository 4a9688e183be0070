import type { UserRow } from '../../models/user'
import type { PresenceIdentity } from '../../shared/collab/wire'
import { type Language, type LocalizedText, localized, pickText } from '../../shared/languages'
import type { PersonName } from '../../shared/views'

/** A stored name as a view, without the driver's extras. */
export function toNameView(name: UserRow['name']): PersonName {
  const { given, family, patronymic, latin, cyrillic, address } = name
  return {
    given,
    family,
    ...(patronymic ? { patronymic } : {}),
    ...(latin ? { latin } : {}),
    ...(cyrillic ? { cyrillic } : {}),
    ...(address ? { address } : {}),
  }
}

/** A whole name as whoever bears it writes it. */
export function ownName({ given, patronymic, family }: PersonName): string {
  return [given, patronymic, family].filter(Boolean).join(' ')
}

/** The same by language: in its own script, and in the other where the person gave it. */
export function fullName(name: PersonName): LocalizedText {
  const own = ownName(name)
  return /\p{Script=Cyrillic}/u.test(own)
    ? localized(name.latin, own)
    : localized(own, name.cyrillic)
}

/** In the reader's script where the person has it; with the patronymic in their own. */
export function nameIn(name: PersonName, reader: Language): string {
  return pickText(fullName(name), reader).text
}

/** What the server stamps on a person's caret. */
export function toPresence(user: Pick<UserRow, '_id' | 'name'>, tone: 'a' | 'b'): PresenceIdentity {
  const { given, family, latin, cyrillic } = user.name
  return {
    userId: String(user._id),
    name: `${given} ${family}`,
    ...(latin ? { latinName: latin } : {}),
    ...(cyrillic ? { cyrillicName: cyrillic } : {}),
    initials: `${[...given][0] ?? ''}${[...family][0] ?? ''}`.toUpperCase(),
    tone,
  }
}
