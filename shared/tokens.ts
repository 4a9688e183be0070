/** Looks like a token of ours: 256 bits, base64url. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
