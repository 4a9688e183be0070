import type { Types } from 'mongoose'
import type { Language } from '../../shared/languages'
import type { Callable } from '../../shared/mentions'
import { grantFor } from '../../shared/policy'
import type { DemoMember, DemoPartnership, When } from './content/types'
import { idOf } from './partnership-rows'
import { toDate } from './times'

/** The people of a partnership, as its threads and its library name them. */
export type Cast = {
  partnership: Types.ObjectId
  slug: string
  /** The first start, which recent times are relative to. */
  startedAt: Date
  /** Those who read discussions. */
  readers: readonly DemoMember[]
  id: (key: string) => Types.ObjectId
  languagesOf: (key: string) => readonly Language[]
  /** By the clock of the person's city. */
  at: (when: When, key: string) => Date
  callable: readonly Callable[]
}

/** @throws Error from its functions, for a key that no member has */
export function castOf({ slug, sides, members }: DemoPartnership, startedAt: Date): Cast {
  const find = (key: string): DemoMember => {
    const member = members.find((each) => each.key === key)
    if (!member) throw new Error(`Nobody of ${slug} is ${key}.`)
    return member
  }
  const readers = members.filter(({ role }) => grantFor(role, 'thread:read') === '+')
  return {
    partnership: idOf.partnership(slug),
    slug,
    startedAt,
    readers,
    id: (key) => idOf.user(find(key).key),
    languagesOf: (key) => find(key).languages,
    at: (when, key) => {
      const zone = sides[find(key).side].institutions[0]?.timeZone ?? 'UTC'
      return toDate(when, startedAt, zone)
    },
    callable: readers.map(({ key, name }) => ({ id: String(idOf.user(key)), name })),
  }
}
