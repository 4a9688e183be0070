/** Names that Windows keeps for devices, whatever ending they have. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
const MOST = 200

/**
 * What a person called a file, as it may be shown and offered for saving: no folders, no characters
 * that a system forbids or that hide others, the ending kept however long it was.
 *
 * @param name composed and on one line already; may come out empty
 */
export function cleanFileName(name: string): string {
  const own = (name.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const safe = own.replace(DEVICES, '_$&')
  if (safe.length <= MOST) return safe
  const ending = endingOf(safe)
  const tail = ending === '' ? '' : `.${ending}`
  // not half of a character beyond the basic plane
  return safe.slice(0, MOST - tail.length).replace(/[\uD800-\uDBFF]$/, '') + tail
}

/** The ending in small letters, without the dot; empty when there is none worth the name. */
export function endingOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}
