import type { TFunction } from 'i18next'
import type { Language } from '../../shared/languages'
import { createI18n, type Namespace } from './i18n'
import { wordsOf } from './words.server'

type Words = TFunction<Namespace[]>

const wordsByLanguage = new Map<Language, Promise<Words>>()

/**
 * A page's title in the reader's language, for a loader to return: `meta` runs where no words are.
 *
 * @example titleIn(lang, (t) => t('people:list.title'))
 */
export async function titleIn(lang: Language, say: (t: Words) => string): Promise<string> {
  const known = wordsByLanguage.get(lang) ?? readWords(lang)
  wordsByLanguage.set(lang, known)
  return say(await known)
}

async function readWords(lang: Language): Promise<Words> {
  const i18n = await createI18n(lang, wordsOf(lang))
  return i18n.getFixedT<Namespace[]>(lang)
}
