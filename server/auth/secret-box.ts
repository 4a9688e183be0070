import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** `other-key`: sealed under another SESSION_SECRET; `damaged`: not as it was sealed, or not here. */
export type Opened = { ok: true; plain: string } | { ok: false; why: 'other-key' | 'damaged' }

export interface SecretBox {
  /** @param context what it belongs to: it opens under the same words only */
  seal(plain: string, context: string): string
  open(sealed: string, context: string): Opened
  /** The same for the same text and context, told by nobody without the secret; not to be opened. */
  digest(text: string, context: string): string
}

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals small secrets with AES-256-GCM under a key made from SESSION_SECRET by HKDF (RFC 5869), so that
 * the database alone gives none of them away. A sealed text is `v1.<key id>.<base64url of iv, text and
 * tag>`; the key's id, made apart from the key, tells a changed SESSION_SECRET from a damaged text.
 *
 * @param secret any text; its strength is the operator's
 */
export function createSecretBox(secret: string): SecretBox {
  const key = derived(secret, 'twinward secret box: key', 32)
  const keyId = derived(secret, 'twinward secret box: key id', 6).toString('base64url')
  const digestKey = derived(secret, 'twinward secret box: digest key', 32)
  const boundTo = (context: string) => Buffer.from(`v1.${keyId}.${context}`)

  return {
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(context))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      const body = Buffer.concat([iv, text, cipher.getAuthTag()])
      return `v1.${keyId}.${body.toString('base64url')}`
    },
    open(sealed, context) {
      const parts = /^v1\.([\w-]{8})\.([\w-]+)$/.exec(sealed)
      const body = Buffer.from(parts?.[2] ?? '', 'base64url')
      // base64url has spare bits at its end: only the one way to write it is ours
      if (!parts || body.length < IV_BYTES + TAG_BYTES || body.toString('base64url') !== parts[2])
        return { ok: false, why: 'damaged' }
      if (parts[1] !== keyId) return { ok: false, why: 'other-key' }
      const iv = body.subarray(0, IV_BYTES)
      const text = body.subarray(IV_BYTES, -TAG_BYTES)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
        decipher.setAAD(boundTo(context)).setAuthTag(body.subarray(-TAG_BYTES))
        const plain = Buffer.concat([decipher.update(text), decipher.final()])
        return { ok: true, plain: plain.toString('utf8') }
      } catch {
        return { ok: false, why: 'damaged' }
      }
    },
    digest(text, context) {
      // a JSON pair, so that no text can move a letter into its context
      const both = JSON.stringify([context, text])
      return createHmac('sha256', digestKey).update(both).digest('base64url')
    },
  }
}

function derived(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes))
}
