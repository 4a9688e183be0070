import { createInstance, type FlatNamespace, type i18n, type ResourceLanguage } from 'i18next'
import type { Language } from '../../shared/languages'

/**
 * Words for what is written outside of pages: letters, papers. They are at hand when this returns.
 *
 * @param words by language and namespace
 * @param home the namespace that is meant where none is named
 */
export function loadWords(words: Record<Language, ResourceLanguage>, home: FlatNamespace): i18n {
  const instance = createInstance()
  void instance.init({
    lng: 'en',
    fallbackLng: false,
    resources: words,
    defaultNS: home,
    initAsync: false,
    // whoever makes HTML of it escapes it there
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
