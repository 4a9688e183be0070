import type { ProviderView } from '../../../shared/after-views'
import { rankNames } from '../../../shared/name-search'

/** Those whose name, in any spelling, or whose institution is what was typed; in their own order. */
export function findProviders(
  typed: string,
  providers: readonly ProviderView[],
): readonly ProviderView[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return providers
  const named = new Set(rankNames(typed, providers))
  return providers.filter((person) => {
    const { en = '', ru = '' } = person.institution ?? {}
    const place = fold(`${en} ${ru}`)
    return named.has(person) || words.every((word) => place.includes(word))
  })
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
}
