import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** `create`: a passkey is made; `get`: one signs. */
export type Ceremony = 'create' | 'get'
/** Why there is no answer; keys of `security:prompt`. */
export type Trouble = 'cancelled' | 'known' | 'failed'
export type Outcome = { ok: true; answer: string } | { ok: false; why: Trouble }

/**
 * Ask the device. The library comes only now: nobody who uses no passkey loads it.
 *
 * @param given what the server answered
 * @returns the answer as JSON, for a form's field
 */
export async function runCeremony(ceremony: Ceremony, given: unknown): Promise<Outcome> {
  try {
    const webauthn = await import('@simplewebauthn/browser')
    if (!webauthn.browserSupportsWebAuthn()) return { ok: false, why: 'failed' }
    if (ceremony === 'create' && hasOptions<PublicKeyCredentialCreationOptionsJSON>(given)) {
      const made = await webauthn.startRegistration({ optionsJSON: given.options })
      return { ok: true, answer: JSON.stringify(made) }
    }
    if (ceremony === 'get' && hasOptions<PublicKeyCredentialRequestOptionsJSON>(given)) {
      const signed = await webauthn.startAuthentication({ optionsJSON: given.options })
      return { ok: true, answer: JSON.stringify(signed) }
    }
    return { ok: false, why: 'failed' }
  } catch (error) {
    return { ok: false, why: troubleOf(error) }
  }
}

/** Our own server's answer; what is in it the browser checks. */
function hasOptions<O extends { challenge: string }>(given: unknown): given is { options: O } {
  if (typeof given !== 'object' || given === null || !('options' in given)) return false
  const { options } = given
  return typeof options === 'object' && options !== null && 'challenge' in options
}

/** Browsers tell little on purpose: a cancelled prompt and one that nobody answered look alike. */
function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'InvalidStateError') return 'known'
  return error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'cancelled' : 'failed'
}
