import { parse, type SerializeOptions, serialize } from 'cookie'
import { isToken } from '../../shared/tokens'
import { safeRedirect } from './safe-redirect'

/** The cookies of signing in; each is HttpOnly and holds one token. */
export const COOKIES = {
  session: 'twinward_session',
  /** A sign-in that waits for its second factor. */
  challenge: 'twinward_challenge',
  /** The browser that asked for a code by mail. */
  code: 'twinward_code',
  /** The link of a letter, taken out of the address. */
  link: 'twinward_link',
} as const
type StepCookie = 'challenge' | 'code' | 'link'

/** As long as the session itself lives on the server. */
const MAX_AGE_SECONDS = 12 * 24 * 60 * 60
const STEP_SECONDS = { challenge: 10 * 60, code: 15 * 60, link: 60 * 60 } as const

/** `Set-Cookie` for a session just begun; on a shared computer it ends with the browser. */
export function sessionCookie(token: string, secure: boolean, shared = false): string {
  const lasting = shared ? {} : { maxAge: MAX_AGE_SECONDS }
  return serialize(COOKIES.session, token, { ...options(secure), ...lasting })
}

/** `Set-Cookie` that takes the session out of the browser. */
export function endedSessionCookie(secure: boolean): string {
  return serialize(COOKIES.session, '', { ...options(secure), maxAge: 0 })
}

/** `Set-Cookie` for a step on the way in. */
export function stepCookie(step: StepCookie, token: string, secure: boolean): string {
  return serialize(COOKIES[step], token, { ...options(secure), maxAge: STEP_SECONDS[step] })
}

/** `Set-Cookie` that takes a step's token out of the browser. */
export function endedStepCookie(step: StepCookie, secure: boolean): string {
  return serialize(COOKIES[step], '', { ...options(secure), maxAge: 0 })
}

/** The token of a step that this browser has; null if there is none. */
export function stepTokenOf(request: Request, step: StepCookie): string | null {
  const token = parse((request.headers.get('cookie') ?? '').slice(0, 4_096))[COOKIES[step]]
  return token && isToken(token) ? token : null
}

/** `Set-Cookie` of where somebody was going who asked for a link to set a password. */
export function placeCookie(redirectTo: string, secure: boolean): string {
  // what would crowd out other cookies is not kept
  const place = encodeURIComponent(redirectTo).length > MOST_OF_PLACE ? '' : redirectTo
  return serialize(PLACE, place, { ...options(secure), maxAge: place ? STEP_SECONDS.link : 0 })
}

/** `Set-Cookie` that forgets it. */
export function endedPlaceCookie(secure: boolean): string {
  return serialize(PLACE, '', { ...options(secure), maxAge: 0 })
}

/** Where this browser was going, on our own site; home if it is not known. */
export function placeOf(request: Request): string {
  return safeRedirect(parse((request.headers.get('cookie') ?? '').slice(0, 4_096))[PLACE])
}

const PLACE = 'twinward_place'
/** Characters, encoded. */
const MOST_OF_PLACE = 1_000

function options(secure: boolean): SerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure }
}
