import { parse, type SerializeOptions, serialize } from 'cookie'
import { z } from 'zod'
import { GUEST_COOKIE, MOST_GUEST_TOKENS } from '../../../shared/guests'
import { isToken } from '../../../shared/tokens'

/** Tokens on the way in: the link, taken out of the address, and the browser that asked for a code. */
const STEPS = {
  link: { name: 'twinward_guest_link', seconds: 12 * 60 * 60 },
  code: { name: 'twinward_guest_code', seconds: 15 * 60 },
} as const
type Step = keyof typeof STEPS

/** The server ends a guest's session some weeks after the workshop; no browser keeps it longer. */
const GUEST_SECONDS = 180 * 24 * 60 * 60

/** `Set-Cookie` for a step on the way in. */
export function guestStepCookie(step: Step, token: string, secure: boolean): string {
  const { name, seconds } = STEPS[step]
  return serialize(name, token, { ...options(secure), maxAge: seconds })
}

/** `Set-Cookie` that takes a step's token out of the browser. */
export function endedGuestStepCookie(step: Step, secure: boolean): string {
  return serialize(STEPS[step].name, '', { ...options(secure), maxAge: 0 })
}

/** The token of the link that this browser came by; null if there is none. */
export function guestLinkTokenOf(request: Request): string | null {
  const token = cookiesOf(request)[STEPS.link.name]
  return token && isToken(token) ? token : null
}

/** What a browser that asked for a code keeps: for which workshop, and what was typed. */
export type AskedForCode = {
  token: string
  workshopId: string
  typed: Readonly<Record<string, string>>
}

/** `Set-Cookie` for a browser that has asked for a code. */
export function askedCookie({ token, workshopId, typed }: AskedForCode, secure: boolean): string {
  const kept = Buffer.from(JSON.stringify(typed)).toString('base64url')
  return guestStepCookie('code', `${token}.${workshopId}.${kept}`, secure)
}

/** What this browser has asked for; null for another workshop's, whose code is worth nothing here. */
export function askedOf(request: Request, workshopId: string): AskedForCode | null {
  const [token = '', its, kept = ''] = (cookiesOf(request)[STEPS.code.name] ?? '').split('.')
  if (!isToken(token) || its !== workshopId) return null
  return { token, workshopId, typed: typedIn(kept) }
}

function typedIn(kept: string): Record<string, string> {
  try {
    return Typed.parse(JSON.parse(Buffer.from(kept, 'base64url').toString()))
  } catch {
    // somebody's own doing: the form is empty then
    return {}
  }
}

const Typed = z.record(z.string(), z.string())

/**
 * `Set-Cookie` for a guest who has come in; other workshops of this browser stay. On a computer that
 * others use, all of it ends with the browser.
 */
export function guestCookie(
  request: Request,
  { token, shared }: { token: string; shared: boolean },
  secure: boolean,
): string {
  const tokens = [token, ...guestTokensOf(request)].slice(0, MOST_GUEST_TOKENS)
  const lasting = shared ? {} : { maxAge: GUEST_SECONDS }
  return serialize(GUEST_COOKIE, tokens.join('.'), { ...options(secure), ...lasting })
}

/** `Set-Cookie` that takes every guest out of the browser. */
export function endedGuestCookie(secure: boolean): string {
  return serialize(GUEST_COOKIE, '', { ...options(secure), maxAge: 0 })
}

/** The tokens by which this browser is somebody's guest. */
export function guestTokensOf(request: Request): string[] {
  return (cookiesOf(request)[GUEST_COOKIE] ?? '').split('.').filter(isToken)
}

function cookiesOf(request: Request) {
  return parse((request.headers.get('cookie') ?? '').slice(0, 4_096))
}

function options(secure: boolean): SerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure }
}
