import { isLanguage, LANGUAGES, type Language } from '../../shared/languages'

export const LANGUAGE_COOKIE = 'twinward_lang'

/**
 * Language of the interface: the member's choice, then the cookie, then the browser's wish by
 * q-value (RFC 9110 §12.5.4; `ru-KZ` counts as `ru`), then English.
 */
export function chooseLanguage(
  member: Language | undefined,
  cookie: string | undefined,
  acceptLanguage: string | undefined,
): Language {
  if (member) return member
  if (isLanguage(cookie)) return cookie
  return wished(acceptLanguage) ?? 'en'
}

function wished(header: string | undefined): Language | undefined {
  if (!header || header.length > 500) return undefined
  const ranges = header.split(',').map((part) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean)
    return { lang: range.split('-')[0], q: q === undefined ? 1 : Number(q) }
  })
  const best = ranges
    .filter(({ lang, q }) => isLanguage(lang) && q > 0)
    .sort((a, b) => b.q - a.q)
    .at(0)?.lang
  return LANGUAGES.find((lang) => lang === best)
}
