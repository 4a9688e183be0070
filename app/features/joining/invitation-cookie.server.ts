import { parse, type SerializeOptions, serialize } from 'cookie'

/** The token of a letter, taken out of the address so that no history and no Referer has it. */
const NAME = 'twinward_invitation'

/**
 * `Set-Cookie` for the page that asks for a yes. It ends with the browser; how long the token itself
 * holds, the server looks up.
 */
export function invitationCookie(token: string, secure: boolean): string {
  return serialize(NAME, token, options(secure))
}

/** `Set-Cookie` that takes the token out of the browser. */
export function endedInvitationCookie(secure: boolean): string {
  return serialize(NAME, '', { ...options(secure), maxAge: 0 })
}

/** The token that this browser was given; null if there is none. */
export function invitationTokenOf(request: Request): string | null {
  return parse((request.headers.get('cookie') ?? '').slice(0, 4_096))[NAME] ?? null
}

function options(secure: boolean): SerializeOptions {
  // for the page's data too, which are asked for at /join.data
  return { path: '/', httpOnly: true, sameSite: 'lax', secure }
}
