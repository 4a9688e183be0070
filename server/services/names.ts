import type { UserRow } from '../../models/user'
import type { PresenceIdentity } from '../../shared/collab/wire'
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
