/** Characters browsers drop from a URL before they read its scheme. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u0020\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/

/**
 * May a link in a protocol point there? Only absolute `http:`, `https:` and `mailto:`; an allow-list,
 * because deny-lists of `javascript:` have been bypassed again and again.
 */
export function isSafeHref(href: string): boolean {
  if (href.length > 2_000 || INVISIBLE.test(href)) return false
  if (/^mailto:[^\s:/]+@[^\s/]+$/i.test(href)) return true
  if (!/^https?:\/\/[^/\\]/i.test(href)) return false
  try {
    return ['http:', 'https:'].includes(new URL(href).protocol)
  } catch {
    return false
  }
}
