import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl'
import { AppError } from '../../shared/errors'
import type { Storage } from '../ports'
import type { FileType } from './file-types'

const MOST_ENTRIES = 2_000
/** Most bytes of all that is packed, by what the archive says of itself; nothing is unpacked to count. */
const MOST_UNPACKED = 100_000_000
/** Of the two small entries that are read. */
const MOST_READ = 1_000_000
/** Bytes read at once: a directory is thousands of short records. */
const WINDOW = 255_000

/**
 * Look into an office document without unpacking it: its directory, and the entry that says what it is.
 *
 * @throws AppError `file_bomb`, `file_content`
 */
export async function checkArchive(
  storage: Storage,
  key: string,
  bytes: number,
  type: FileType,
): Promise<void> {
  const archive = await open(new StoredBytes(storage, key, bytes), bytes)
  try {
    if (archive.entryCount > MOST_ENTRIES) throw new AppError('file_bomb')
    const entries = await directoryOf(archive)
    if (type.form === 'office') await checkOffice(archive, entries, type.mediaType)
    else await checkOpenDocument(archive, entries, type.mediaType)
  } finally {
    archive.close()
  }
}

async function open(reader: RandomAccessReader, bytes: number): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true }
  return new Promise((resolve, reject) =>
    fromRandomAccessReader(reader, bytes, options, (error, archive) =>
      error ? reject(asRefusal(error)) : resolve(archive),
    ),
  )
}

async function directoryOf(archive: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  let unpacked = 0
  try {
    for await (const entry of archive.eachEntry()) {
      unpacked += entry.uncompressedSize
      if (unpacked > MOST_UNPACKED || entries.size >= MOST_ENTRIES) throw new AppError('file_bomb')
      const name = entry.fileName.toLowerCase()
      const isLink = ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000
      if (isLink || entry.isEncrypted() || entries.has(name)) throw new AppError('file_content')
      entries.set(name, entry)
    }
  } catch (error) {
    throw asRefusal(error)
  }
  return entries
}

async function checkOffice(
  archive: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  mediaType: string,
): Promise<void> {
  const listed = entries.get('[content_types].xml')
  if (!listed) throw new AppError('file_content')
  for (const name of entries.keys()) if (/vbaproject|vbadata/.test(name)) refuse()
  const types = (await read(archive, listed)).toString('latin1')
  if (/<!DOCTYPE|<!ENTITY|macroEnabled|vbaProject/i.test(types)) refuse()
  if (!types.includes(`${mediaType}.main+xml`)) refuse()
}

async function checkOpenDocument(
  archive: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  mediaType: string,
): Promise<void> {
  const said = entries.get('mimetype')
  if (!said || !entries.has('meta-inf/manifest.xml')) refuse()
  for (const name of entries.keys()) if (/^(?:basic|scripts)\//.test(name)) refuse()
  if (said && (await read(archive, said)).toString('latin1').trim() !== mediaType) refuse()
}

function refuse(): never {
  throw new AppError('file_content')
}

/** One small entry, never more of it than it says and than is sensible. */
async function read(archive: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.uncompressedSize > MOST_READ) throw new AppError('file_bomb')
  try {
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of await archive.openReadStreamPromise(entry)) {
      size += part.length
      if (size > MOST_READ) throw new AppError('file_bomb')
      parts.push(part)
    }
    return Buffer.concat(parts)
  } catch (error) {
    throw asRefusal(error)
  }
}

/** What cannot be read as an archive is none; trouble with the storage stays what it is. */
function asRefusal(error: unknown): unknown {
  if (error instanceof StorageTrouble) return error.cause
  if (error instanceof AppError) return error
  return new AppError('file_content')
}

class StorageTrouble extends Error {}

/** A stored file as the archive reader wants it: any place, in short stretches, from one window. */
class StoredBytes extends RandomAccessReader {
  private window: { at: number; bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) }

  constructor(
    private readonly storage: Storage,
    private readonly key: string,
    private readonly size: number,
  ) {
    super()
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    this.bytesAt(position, length).then(
      (bytes) => {
        if (bytes.length < length) return done(new Error('behind the end'))
        bytes.copy(into, offset)
        done(null)
      },
      (cause: unknown) => done(new StorageTrouble('storage', { cause })),
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { storage, key } = this
    return Readable.from(stretch(), { objectMode: false })

    async function* stretch() {
      if (end <= start) return
      try {
        yield* storage.read(key, { start, end: end - 1 })
      } catch (cause) {
        throw new StorageTrouble('storage', { cause })
      }
    }
  }

  private async bytesAt(position: number, length: number): Promise<Buffer> {
    const { at, bytes } = this.window
    if (position < at || position + length > at + bytes.length) {
      const end = Math.min(this.size, position + Math.max(WINDOW, length)) - 1
      const found = this.storage.read(this.key, { start: position, end })
      this.window = { at: position, bytes: Buffer.concat(await found.toArray()) }
    }
    const from = position - this.window.at
    return this.window.bytes.subarray(from, from + length)
  }
}
