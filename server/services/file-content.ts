import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors'
import type { Storage } from '../ports'
import { checkArchive } from './archive-check'
import { checkHead, type FileType, HEAD_BYTES } from './file-types'
import { checkPictureEnd, checkPictureSize, countFrames } from './picture-check'

/** A picture's size stands behind what a camera writes first. */
const PICTURE_HEAD_BYTES = 1_000_000

/**
 * Look at a file that has arrived: is it what its ending says, and safe to keep? The whole of it
 * passes once, for its hash; it is never decoded or unpacked.
 *
 * @returns the hash, and the media type with the charset of a text
 * @throws AppError `file_content`, `file_bomb`
 */
export async function checkFile(
  storage: Storage,
  key: string,
  bytes: number,
  type: FileType,
): Promise<{ sha256: string; mediaType: string }> {
  await checkHead(type, await bytesOf(storage, key, 0, Math.min(bytes, HEAD_BYTES)))
  if (type.form === 'office' || type.form === 'open') await checkArchive(storage, key, bytes, type)
  if (type.form === 'picture') {
    checkPictureSize(await bytesOf(storage, key, 0, Math.min(bytes, PICTURE_HEAD_BYTES)), true)
    checkPictureEnd(type.mediaType, await bytesOf(storage, key, Math.max(0, bytes - 16), bytes))
  }
  return pass(storage, key, bytes, type)
}

/** @param end behind the last byte */
export async function bytesOf(
  storage: Storage,
  key: string,
  start: number,
  end: number,
): Promise<Buffer> {
  return Buffer.concat(await storage.read(key, { start, end: end - 1 }).toArray())
}

async function pass(storage: Storage, key: string, bytes: number, type: FileType) {
  const hash = createHash('sha256')
  const text = type.form === 'text' ? readText() : null
  const macros = type.form === 'compound' ? findMacros() : null
  const frames = type.mediaType === 'image/gif' ? countFrames() : null
  let size = 0
  for await (const part of storage.read(key)) {
    if (!(part instanceof Uint8Array)) throw new Error('storage reads bytes')
    size += part.length
    hash.update(part)
    text?.add(part)
    macros?.(part)
    frames?.(part)
  }
  if (size !== bytes) throw new Error(`a stored file has ${size} bytes instead of ${bytes}: ${key}`)
  const charset = text ? `; charset=${text.charset()}` : ''
  return { sha256: hash.digest('hex'), mediaType: type.mediaType + charset }
}

/** Tells which of the two encodings a text is in that people here use; anything else is no text. */
function readText() {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  const decode = (part?: Uint8Array) => {
    if (!isUtf8) return
    try {
      utf8.decode(part, { stream: part !== undefined })
    } catch {
      isUtf8 = false
    }
  }
  let isPlain = true
  return {
    add(part: Uint8Array) {
      decode(part)
      for (const byte of part) {
        if (byte === 0) throw new AppError('file_content')
        // line ends, tabs and form feeds belong to texts; 0x98 is nothing in windows-1251
        if ((byte < 0x20 && !(byte >= 9 && byte <= 13)) || byte === 0x7f || byte === 0x98)
          isPlain = false
      }
    },
    charset(): string {
      decode()
      if (isUtf8) return 'utf-8'
      if (!isPlain) throw new AppError('file_content')
      return 'windows-1251'
    },
  }
}

/** The name of the store that macros live in, as older office files write it. */
const MACROS = Buffer.from('_VBA_PROJECT', 'utf16le')

/** @returns takes part after part; throws `file_content` where macros are found */
function findMacros(): (part: Uint8Array) => void {
  let before = Buffer.alloc(0)
  return (part) => {
    const seen = Buffer.concat([before, part])
    if (seen.includes(MACROS)) throw new AppError('file_content')
    before = Buffer.from(seen.subarray(1 - MACROS.length))
  }
}
