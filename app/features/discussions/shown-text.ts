import type { Language } from '../../../shared/languages'
import type { PersonView, ReplyView } from '../../../shared/views'

/** A post's words as one reader meets them: one text to read, perhaps the same in the other language. */
export type ShownText = {
  main: { text: string; lang: Language }
  /** The main text is a colleague's translation. */
  translated: { by: PersonView | null; outdated: boolean } | null
  /** One click away: the original, or the translation for others. */
  other: {
    kind: 'original' | 'translation'
    text: string
    lang: Language
    by: PersonView | null
    outdated: boolean
  } | null
}

/** Each reader sees their own language first; what was really written stays one click away. */
export function shownText(
  { text, lang, translation }: Pick<ReplyView, 'text' | 'lang' | 'translation'>,
  reader: Language,
): ShownText {
  const original = { text, lang }
  if (!translation) return { main: original, translated: null, other: null }
  const { by, outdated } = translation
  if (lang !== reader && translation.lang === reader) {
    return {
      main: { text: translation.text, lang: translation.lang },
      translated: { by, outdated },
      other: { kind: 'original', ...original, by: null, outdated: false },
    }
  }
  const other = { kind: 'translation' as const, text: translation.text, lang: translation.lang }
  return { main: original, translated: null, other: { ...other, by, outdated } }
}
