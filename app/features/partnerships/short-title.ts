/**
 * A text of at most so many characters, cut between words, an ellipsis in place of the rest. A single
 * word that is longer than that is cut where it must be.
 */
export function shortTitle(text: string, most: number): string {
  if (text.length <= most) return text
  const head = text.slice(0, most)
  const end = head.lastIndexOf(' ')
  const kept = end > 0 ? head.slice(0, end) : head.replace(/[\uD800-\uDBFF]$/, '')
  // no comma, dash or opening quote is left before the ellipsis
  return `${kept.replace(/[\s,;:—–«“(-]+$/u, '')}…`
}
