import { type Language, otherLanguage } from '../../../shared/languages'
import type { ChosenStatus } from '../../../shared/resource-kinds'
import type { ResourceView } from '../../../shared/views'

export type Version = { lang: Language; status: ChosenStatus }
type Item = Pick<ResourceView, 'renditions' | 'requests'>

/**
 * The language that somebody most likely adds: of the translation they have taken, the missing one, else
 * their own.
 */
export function usualLanguage(item: Item, reader: { id: string; lang: Language }): Language {
  const taken = item.requests.find(({ takenBy }) => takenBy?.id === reader.id)
  return taken?.to ?? missingIn(item) ?? reader.lang
}

/** How a new version in that language most likely stands: what comes first is the original. */
export function usualStatus({ renditions }: Item, lang: Language): ChosenStatus {
  const known = renditions.find((rendition) => rendition.lang === lang)
  const isOriginal = known ? known.status === 'original' : renditions.length === 0
  return isOriginal ? 'original' : 'translated'
}

function missingIn({ renditions }: Item): Language | undefined {
  const present = new Set(renditions.map(({ lang }) => lang))
  const [only] = present
  return present.size === 1 && only ? otherLanguage(only) : undefined
}
