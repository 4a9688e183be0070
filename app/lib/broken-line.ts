/** How browsers word a request, or a part of the page, that could not be fetched. */
const WORDS =
  /failed to fetch|network ?error|load failed|(internet|network) connection|dynamically imported module|importing a module script/i

/** Was there no answer at all? Only a browser's requests are meant: on the server it is a bug. */
export function isBrokenLine(error: unknown): boolean {
  if (typeof document === 'undefined') return false
  if (error instanceof TypeError) return WORDS.test(error.message)
  // that an address could not be looked up comes wrapped, with the reason in its words
  return (
    typeof error === 'object' &&
    error !== null &&
    'data' in error &&
    typeof error.data === 'string' &&
    error.data.includes('TypeError') &&
    WORDS.test(error.data)
  )
}
