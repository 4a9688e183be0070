import type { UserRow } from '../../models/user'
import type { Language } from '../../shared/languages'

/** The language to write to a person in: the one they chose, else the first they read. */
export function languageOf({ lang, languages }: Pick<UserRow, 'lang' | 'languages'>): Language {
  return lang ?? languages[0] ?? 'en'
}
