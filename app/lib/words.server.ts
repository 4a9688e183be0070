import type { Resource } from 'i18next'
import type { Language } from '../../shared/languages'
import { NAMESPACES, type Namespace } from './i18n'

const files = import.meta.glob<object>('../../shared/locales/*/*.json', {
  eager: true,
  import: 'default',
})

/** The words of some namespaces in one language, for the server's render and the page's first load. */
export function wordsOf(lang: Language, namespaces: readonly Namespace[] = NAMESPACES): Resource {
  const words = namespaces.map((each) => [
    each,
    files[`../../shared/locales/${lang}/${each}.json`] ?? {},
  ])
  return { [lang]: Object.fromEntries(words) }
}
