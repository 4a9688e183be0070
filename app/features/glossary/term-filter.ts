import type { Language } from '../../../shared/languages'
import type { TermView } from '../../../shared/views'

/** Terms that contain the words in either language or in their note, of one domain where one is chosen. */
export function filterTerms(
  terms: readonly TermView[],
  { q, domain }: { q: string; domain: string },
): TermView[] {
  const words = folded(q).split(/\s+/).filter(Boolean)
  return terms.filter((term) => {
    if (domain && term.domain !== domain) return false
    const text = folded(`${term.en} ${term.ru} ${term.note}`)
    return words.every((word) => text.includes(word))
  })
}

/** The domains there are, in no order of their own. */
export function domainsOf(terms: readonly TermView[]): string[] {
  return [...new Set(terms.map((term) => term.domain))]
}

/** A text in stretches of one script each; what belongs to none goes with what is before it. */
export function byScript(text: string, lang: Language): { text: string; lang: Language }[] {
  const other = lang === 'ru' ? 'en' : 'ru'
  const foreign =
    lang === 'ru'
      ? /\p{Script=Latin}[\p{Script=Latin}\d]*/gu
      : /\p{Script=Cyrillic}[\p{Script=Cyrillic}\s-]*/gu
  const stretches: { text: string; lang: Language }[] = []
  let at = 0
  for (const match of text.matchAll(foreign)) {
    if (match.index > at) stretches.push({ text: text.slice(at, match.index), lang })
    stretches.push({ text: match[0], lang: other })
    at = match.index + match[0].length
  }
  if (at < text.length) stretches.push({ text: text.slice(at), lang })
  return stretches
}

/** Without the difference of capitals, and ё is е. */
function folded(text: string): string {
  return text.toLocaleLowerCase('ru').replaceAll('ё', 'е')
}
