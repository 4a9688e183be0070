import type { Language } from '../../../shared/languages'

/** Fewer letters than this say nothing about a text's language. */
const LETTERS_MIN = 12

/**
 * The language whose letters a text is mostly written in, when that is not the one chosen for it. By
 * script alone: short Russian texts defeat every guess at words.
 */
export function mismatchOf(
  text: string,
  chosen: Language,
  among: readonly Language[],
): Language | null {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic + latin < LETTERS_MIN) return null
  // medicines and units are Latin in a Russian text, never the other way round
  const written: Language = cyrillic * 2 >= latin ? 'ru' : 'en'
  return written !== chosen && among.includes(written) ? written : null
}

/** A name that is being typed: what stands after its `@`, and where the `@` is. */
export type MentionQuery = { query: string; from: number }

/** Longest name worth looking for, with its patronymic. */
const QUERY_MAX = 60

/**
 * The name being typed at the caret, if there is one: an `@` at the beginning of a word, and at most
 * three words after it.
 */
export function mentionQueryAt(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - QUERY_MAX - 2), caret)
  const found = /(?:^|[\s(«„“"])@((?:[\p{L}\p{M}'’.-]+ ?){0,3})$/u.exec(before)
  if (!found) return null
  const query = found[1] ?? ''
  return { query, from: caret - query.length - 1 }
}

/** The text with a chosen name in the place of what was typed, and where the caret goes. */
export function withMention(
  text: string,
  { from, query }: MentionQuery,
  mention: string,
): { text: string; caret: number } {
  const rest = text.slice(from + 1 + query.length)
  const inserted = /^[\s.,:;!?)»]/.test(rest) ? mention : `${mention} `
  return { text: text.slice(0, from) + inserted + rest, caret: from + inserted.length }
}

/** Room for an `@` typed by the button: words do not run into it. */
export function withAt(text: string, caret: number): { text: string; caret: number } {
  const before = text.slice(0, caret)
  const inserted = before === '' || /[\s(«„“"]$/.test(before) ? '@' : ' @'
  return { text: before + inserted + text.slice(caret), caret: caret + inserted.length }
}
