/** Languages of the interface and of user-written text. Adding one is adding locale files and a `body:*` root. */
export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

export function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value)
}

/** A name or title: at least one language present. */
export type LocalizedText = { en?: string | undefined; ru?: string | undefined }

/** A text from what was written in each language; what is empty is left out. */
export function localized(en: string | undefined, ru: string | undefined): LocalizedText {
  return { ...(en ? { en } : {}), ...(ru ? { ru } : {}) }
}

/** The text in the reader's language, else in the other one, with the language it is really in. */
export function pickText(text: LocalizedText, reader: Language): { text: string; lang: Language } {
  const other = otherLanguage(reader)
  const own = text[reader]
  if (own) return { text: own, lang: reader }
  return { text: text[other] ?? '', lang: other }
}

/** The counterpart in a two-language document. */
export function otherLanguage(lang: Language): Language {
  return lang === 'en' ? 'ru' : 'en'
}

/** Both languages, the reader's own first. */
export function ownLanguageFirst(reader: Language): readonly [Language, Language] {
  return [reader, otherLanguage(reader)]
}
