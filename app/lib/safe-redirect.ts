const HOME = '/partnerships'

/**
 * A place on our own site to go to next, or the fallback: one leading slash, no backslash, no control
 * characters — however it is encoded, it cannot leave this host (CVE-2026-22029, CVE-2026-53669).
 */
export function safeRedirect(to: string | null | undefined, fallback = HOME): string {
  if (!to || to.length > 2_000) return fallback
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!/^\/(?![/\\])/.test(to) || /[\\\u0000-\u001f\u007f]/.test(to)) return fallback
  const path = new URL(to, 'http://twinward.invalid')
  if (path.host !== 'twinward.invalid' || path.pathname.startsWith('//')) return fallback
  // a page of the way in or out would lead in a circle
  return /^\/(?:sign-out|sign-in|password)(?:[/.]|$)/i.test(path.pathname) ? fallback : to
}

/** The address of a page of the way in that knows where one was going; home needs no saying. */
export function withPlace(page: string, redirectTo: string): string {
  if (redirectTo === HOME) return page
  return `${page}${page.includes('?') ? '&' : '?'}${new URLSearchParams({ redirectTo })}`
}
