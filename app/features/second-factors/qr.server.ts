import { encode } from 'uqr'

/** A QR code as one path of an SVG, `size` modules wide with its quiet zone. */
export type QrCode = { size: number; path: string }

/** Four modules of white around it, as scanners want (ISO/IEC 18004). */
const QUIET = 4

/** Drawn by us: what is in it goes to no other service. */
export function drawQr(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  return { size, path: path.join('') }
}
