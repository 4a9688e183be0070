import { serialize } from 'cookie'
import type { Language } from '../../shared/languages'
import type { Theme } from '../../shared/schemas/accounts'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** `Set-Cookie` for the language of the interface in this browser. */
export function languageCookie(lang: Language, secure: boolean): string {
  return forAYear('twinward_lang', lang, secure)
}

/** `Set-Cookie` for light, dark, or as the system has it. */
export function themeCookie(theme: Theme, secure: boolean): string {
  return forAYear('twinward_theme', theme, secure)
}

function forAYear(name: string, value: string, secure: boolean): string {
  return serialize(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: YEAR_SECONDS,
  })
}
