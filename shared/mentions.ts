import type { Language } from './languages'
import { nameForms } from './name-forms'
import type { MentionView, PersonName } from './views'

/** Most people that one post may call by name. */
export const MENTIONS_MAX = 20
/** Most places of one post that are kept as mentions, however often it names the same few. */
const PLACES_MAX = 10 * MENTIONS_MAX

/** Somebody who can be called: a member who reads discussions. */
export type Callable = { id: string; name: PersonName }

/**
 * Where a text calls people by `@` and their full name, in either script and order, in any case, with
 * ё or е and any spaces; the longest name that fits wins. Of two people of the same name the first in
 * `people` is the one shown.
 *
 * @returns in the order of the text, at most `MENTIONS_MAX` people
 */
export function findMentions(text: string, people: readonly Callable[]): MentionView[] {
  return findCalls(text, people).flatMap(({ ids: [userId], from, length }) =>
    userId === undefined ? [] : { userId, from, length },
  )
}

/** Everybody whom a text calls, namesakes too: whoever of them is meant must hear of it. */
export function findCalled(text: string, people: readonly Callable[]): string[] {
  return [...new Set(findCalls(text, people).flatMap(({ ids }) => ids))]
}

/** What is put into the text for a chosen person: `@` and the name in the author's script, if it has one. */
export function mentionText(person: Callable, lang: Language): string {
  const { given, family, latin, cyrillic } = person.name
  return `@${(lang === 'ru' ? cyrillic : latin) ?? [given, family].filter(Boolean).join(' ')}`
}

type Call = { ids: readonly string[]; from: number; length: number }

function findCalls(text: string, people: readonly Callable[]): Call[] {
  if (!text.includes('@')) return []
  const folded = foldInPlace(text)
  const names = namesByFirstLetter(people)
  const calls: Call[] = []
  const called = new Set<string>()
  for (let at = folded.indexOf('@'); at !== -1; at = folded.indexOf('@', at + 1)) {
    if (calls.length >= PLACES_MAX) break
    if (isInsideWord(folded, at)) continue
    const found = longestNameAt(folded, at + 1, names)
    const shown = found?.name.ids[0]
    if (!found || shown === undefined) continue
    if (!called.has(shown) && called.size >= MENTIONS_MAX) continue
    called.add(shown)
    calls.push({ ids: found.name.ids, from: at, length: found.end - at })
  }
  return calls
}

type Name = { words: readonly string[]; length: number; ids: string[] }

/** Every way to write every name, longest first, by the first letter. */
function namesByFirstLetter(people: readonly Callable[]): ReadonlyMap<string, Name[]> {
  const names = new Map<string, Name>()
  for (const { id, name } of people) {
    for (const form of nameForms(name)) {
      const words = foldInPlace(form.normalize('NFC')).split(' ').filter(Boolean)
      const key = words.join(' ')
      if (key === '') continue
      const known = names.get(key) ?? { words, length: key.length, ids: [] }
      if (!known.ids.includes(id)) known.ids.push(id)
      names.set(key, known)
    }
  }
  const byLetter = new Map<string, Name[]>()
  for (const [key, name] of names) {
    const letter = key.charAt(0)
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), name])
  }
  for (const list of byLetter.values()) list.sort((a, b) => b.length - a.length)
  return byLetter
}

function longestNameAt(text: string, start: number, names: ReadonlyMap<string, Name[]>) {
  for (const name of names.get(text.charAt(start)) ?? []) {
    const end = endOfName(text, start, name.words)
    if (end !== null) return { name, end }
  }
  return null
}

/** Where the name ends that starts there; null if it does not, or goes on as another word. */
function endOfName(text: string, start: number, words: readonly string[]): number | null {
  let at = start
  for (const [index, word] of words.entries()) {
    if (index > 0) {
      const before = at
      while (text.charAt(at) === ' ') at++
      if (at === before) return null
    }
    if (!text.startsWith(word, at)) return null
    at += word.length
  }
  const rest = text.slice(at, at + 3)
  return /^(?:[\p{L}\p{N}\p{M}_@]|-\p{L})/u.test(rest) ? null : at
}

/** As in an e-mail address. */
function isInsideWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}\p{M}_+-]$/u.test(text.slice(Math.max(0, at - 2), at))
}

/**
 * One case, е for ё, a plain space for every kind but line ends; each UTF-16 unit stays where it is.
 */
function foldInPlace(text: string): string {
  const lower = text.toLowerCase()
  const even = lower.length === text.length ? lower : [...text].map(lowerUnlessLonger).join('')
  return even.replace(/ё/g, 'е').replace(/[^\S\n]/g, ' ')
}

/** A few letters grow when their case changes. */
function lowerUnlessLonger(letter: string): string {
  const lower = letter.toLowerCase()
  return lower.length === letter.length ? lower : letter
}
