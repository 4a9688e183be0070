/**
 * Texts that have no other name than themselves, so that none takes another's place when one comes or
 * goes: of equal ones the first, the second …
 */
export function namedTexts<Text extends { lang: string; text: string }>(
  texts: readonly Text[],
): (Text & { name: string })[] {
  const met = new Map<string, number>()
  return texts.map((each) => {
    const words = `${each.lang} ${each.text}`
    const before = met.get(words) ?? 0
    met.set(words, before + 1)
    return { ...each, name: `${before} ${words}` }
  })
}
