import { z } from 'zod'

/** RFC 5321 §4.5.3.1: what a mail server must take. */
const MOST = 254
const LOCAL_MOST = 64

/** Words joined by single dots, of the characters that real addresses have. */
const LOCAL = /^[a-z0-9_+'&=~-]+(?:\.[a-z0-9_+'&=~-]+)*$/
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
/** At least two labels; the last of letters, or punycode (`xn--p1ai` for `рф`). */
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$`)

/** The one form of an address that accounts, invitations and limits know it by. */
export function canonicalEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/**
 * An e-mail address in its one form. ASCII only: a domain in other letters is written in punycode, so
 * that no letter of another script passes for a Latin one; `+tags` are part of the address.
 */
export const Email = z
  .string()
  .max(1_000)
  .transform(canonicalEmail)
  .refine(isEmail, { message: 'email' })

function isEmail(text: string): boolean {
  if (text.length > MOST) return false
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  return at > 0 && local.length <= LOCAL_MOST && LOCAL.test(local) && DOMAIN.test(domain)
}
