/** What was typed as a whole number within these bounds; null for anything else. */
export function wholeNumber(typed: string, min: number, max: number): number | null {
  const text = typed.trim()
  const number = Number(text)
  return /^\d+$/.test(text) && number >= min && number <= max ? number : null
}
