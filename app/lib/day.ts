/** A date without a time, which is the same everywhere, as the language writes it. */
export function dayIn(isoDate: string, lang: string): string {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' })
  return format.format(new Date(`${isoDate}T12:00:00Z`))
}
