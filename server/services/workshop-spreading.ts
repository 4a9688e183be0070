import { randomInt } from 'node:crypto'

/** Whoever is put into a group, and the language they read. */
export type Spreadable = { id: string; lang: string }

/**
 * People dealt into so many groups: by chance, groups differ by one at most; by language, those stay
 * together who read the same one, and the groups of one language differ by one at most. Each language
 * that is there has a group at least, the others go where groups are largest.
 *
 * @param shuffled changes nothing but the order
 */
export function spread(
  people: readonly Spreadable[],
  count: number,
  by: 'chance' | 'language',
  shuffled: <T>(list: readonly T[]) => T[] = shuffle,
): string[][] {
  const ids = (list: readonly Spreadable[]) => shuffled(list).map(({ id }) => id)
  if (by === 'chance') return deal(ids(people), count)
  const languages = [...new Set(people.map(({ lang }) => lang))]
  const byLanguage = languages.map((known) => people.filter(({ lang }) => lang === known))
  if (byLanguage.length === 0 || byLanguage.length > count) return deal(ids(people), count)
  const shares = byLanguage.map((list) => ({ list, groups: 1 }))
  for (let left = count - shares.length; left > 0; left -= 1) {
    const [largest] = shares.toSorted(
      (one, other) => other.list.length / other.groups - one.list.length / one.groups,
    )
    if (largest) largest.groups += 1
  }
  return shares.flatMap(({ list, groups }) => deal(ids(list), groups))
}

function deal(ids: readonly string[], count: number): string[][] {
  return Array.from({ length: count }, (_, at) => ids.filter((_, index) => index % count === at))
}

/** Every order as likely as any other (Fisher and Yates). */
function shuffle<T>(list: readonly T[]): T[] {
  const mixed = [...list]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1)
    const taken = mixed[last] as T
    mixed[last] = mixed[other] as T
    mixed[other] = taken
  }
  return mixed
}
