import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'

/** A slide as wide as this reads well on a laptop, and a phone can enlarge it. Pixels. */
export const SLIDE_WIDTH = 1280
/** A page may be taller than wide, but not endless. */
export const SLIDE_HEIGHT = 1600

/** Text stays crisp with the first; photographs go down the list. */
const QUALITIES = [86, 76, 64, 52, 40]
/** When even the lowest is too large, the page gets smaller by this. */
const SMALLER = 0.75

/**
 * A page as WebP in as many bytes as a page may have: in the best quality that fits; smaller where
 * none does.
 */
export async function toImage(
  canvas: Canvas,
  most: number = WORKSHOP_LIMITS.pageBytes,
): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  for (let shown = canvas; ; shown = scaled(shown, SMALLER)) {
    const { width, height } = shown
    const low = await shown.encode('webp', QUALITIES.at(-1))
    if (low.length > most && width > 1 && height > 1) continue
    let best = low
    for (const quality of QUALITIES.slice(0, -1)) {
      const bytes = await shown.encode('webp', quality)
      if (bytes.length > most) continue
      best = bytes
      break
    }
    return { bytes: new Uint8Array(best), width, height }
  }
}

function scaled(from: Canvas, by: number): Canvas {
  const width = Math.max(1, Math.round(from.width * by))
  const height = Math.max(1, Math.round(from.height * by))
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  context.drawImage(from, 0, 0, width, height)
  return canvas
}
