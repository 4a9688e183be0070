import { type SerializeOptions, serialize } from 'cookie'

const NAME = 'twinward_session'
/** As long as the session itself lives on the server. */
const MAX_AGE_SECONDS = 12 * 24 * 60 * 60

/** `Set-Cookie` for a session just begun. */
export function sessionCookie(token: string, secure: boolean): string {
  return serialize(NAME, token, { ...options(secure), maxAge: MAX_AGE_SECONDS })
}

/** `Set-Cookie` that takes the session out of the browser. */
export function endedSessionCookie(secure: boolean): string {
  return serialize(NAME, '', { ...options(secure), maxAge: 0 })
}

function options(secure: boolean): SerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure }
}
