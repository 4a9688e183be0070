import { imageSize } from 'image-size'
import { AppError } from '../../shared/errors'

/** Most picture points of one picture: what a phone's camera makes, twice over. */
const MOST_PIXELS = 50_000_000
/** Most pictures in a moving one. */
const MOST_FRAMES = 1_000

/**
 * A picture's size as its head says, before anything decodes it.
 *
 * @param isEnough the size must be found; a head may still be too short for it
 * @throws AppError `file_bomb`, `file_content`
 */
export function checkPictureSize(head: Buffer, isEnough: boolean): void {
  const size = sizeOf(head)
  if (!size) {
    if (isEnough) throw new AppError('file_content')
    return
  }
  if (!(size.width > 0 && size.height > 0)) throw new AppError('file_content')
  if (size.width * size.height > MOST_PIXELS) throw new AppError('file_bomb')
}

function sizeOf(head: Buffer): { width: number; height: number } | null {
  try {
    return imageSize(head)
  } catch {
    return null
  }
}

/** How a picture must end: what is hung on behind it is another file in disguise. */
const ENDS: Readonly<Record<string, Buffer>> = {
  'image/png': Buffer.from('0000000049454e44ae426082', 'hex'),
  'image/gif': Buffer.from('3b', 'hex'),
}

/** @throws AppError `file_content` */
export function checkPictureEnd(mediaType: string, tail: Buffer): void {
  const end = ENDS[mediaType]
  if (end && !tail.subarray(-end.length).equals(end)) throw new AppError('file_content')
}

/**
 * Counts a GIF's pictures as its bytes pass, without decoding any; call it with part after part.
 *
 * @throws AppError `file_bomb` for too many, `file_content` for what is no GIF
 */
export function countFrames(): (part: Uint8Array) => void {
  let frames = 0
  // what the next byte is, and how many bytes pass unread before it
  let step: (byte: number) => void = screen
  let skip = 10
  function screen(flags: number) {
    skip = 2 + tableOf(flags)
    step = block
  }
  function block(kind: number) {
    if (kind === 0x2c) {
      frames++
      if (frames > MOST_FRAMES) throw new AppError('file_bomb')
      skip = 8
      step = (flags) => {
        skip = tableOf(flags) + 1
        step = data
      }
    } else if (kind === 0x21) {
      skip = 1
      step = data
    } else if (kind === 0x3b) {
      step = () => {
        throw new AppError('file_content')
      }
    } else throw new AppError('file_content')
  }
  function data(length: number) {
    if (length === 0) step = block
    else skip = length
  }
  return (part) => {
    for (let at = 0; at < part.length; at++) {
      if (skip > 0) {
        const passed = Math.min(skip, part.length - at)
        skip -= passed
        at += passed - 1
        continue
      }
      step(part[at] ?? 0)
    }
  }
}

/** Bytes of a colour table. */
function tableOf(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}
