const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/** Fills an array with random bytes, as `crypto.getRandomValues` does. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => unknown

/** A new `uid` or `unit`: 16 characters of `A-Za-z0-9_-`, 96 random bits. */
export type NewBlockId = () => string

export function blockIdsFrom(fill: FillRandom): NewBlockId {
  return () => {
    const bytes = new Uint8Array(16)
    fill(bytes)
    // 64 letters: six bits of each byte, none likelier than another
    return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join('')
  }
}

/** Block ids from the platform's own source of randomness, in browsers and Node alike. */
export const newBlockId: NewBlockId = blockIdsFrom((bytes) => crypto.getRandomValues(bytes))
