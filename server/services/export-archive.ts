import { createHash } from 'node:crypto'
import { PassThrough, Readable, Transform } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** A file of an archive; opened when its turn comes, so that one at a time is in memory. */
export type ArchiveEntry = {
  /** With `/` between folders; made of our own words and ids, never of what people typed. */
  path: string
  open: () => Readable
  /** What is packed already gains nothing by being packed again. */
  packed?: boolean
  /** Of a stored file: how long it is, and whether it is still there, not removed by somebody. */
  stored?: { bytes: number; isThere: () => Promise<boolean> }
}

/** What the archive holds, for its manifest. */
export type ArchiveSums = readonly { path: string; bytes: number; sha256: string }[]

/** A stored file was removed while its bytes were read: the archive has to be begun anew. */
export class RemovedMeanwhile extends Error {}

/**
 * A zip archive as a stream. Its last file is `manifest.json`, with the length and SHA-256 of all others,
 * and the paths of what was removed before its turn came. The stream fails with `RemovedMeanwhile`
 * where a file goes while it is read.
 *
 * @param describe adds to the manifest what is known only at the end
 */
export function archiveOf(
  entries: readonly ArchiveEntry[],
  { at, describe }: { at: Date; describe: () => Record<string, unknown> },
): Readable {
  const zip = new ZipFile()
  const sums: { path: string; bytes: number; sha256: string }[] = []
  const removed: string[] = []
  const write = async () => {
    for (const entry of entries) {
      const { path, packed, stored } = entry
      if (stored && !(await stored.isThere())) {
        removed.push(path)
        continue
      }
      const measured = measure(entry, (sum) => sums.push(sum))
      zip.addReadStream(measured, path, { mtime: at, compress: !packed })
      await finished(measured)
    }
    zip.addReadStream(json({ ...describe(), files: sums, removed }), 'manifest.json', { mtime: at })
    zip.end()
  }
  // not read by an iterator, which a failure would leave waiting for the next part
  const output = zip.outputStream.pipe(new PassThrough())
  zip.on('error', (error) => output.destroy(error))
  write().catch((error) => output.destroy(error))
  return output
}

/** An entry's bytes on their way, counted and hashed. */
function measure(
  { path, open, stored }: ArchiveEntry,
  done: (sum: ArchiveSums[number]) => void,
): Readable {
  const hash = createHash('sha256')
  let bytes = 0
  const measuring = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk)
      bytes += chunk.length
      next(null, chunk)
    },
    flush(next) {
      if (stored && bytes !== stored.bytes) {
        fail(new Error(`a stored file has another length: ${path}`))
        return
      }
      done({ path, bytes, sha256: hash.digest('hex') })
      next()
    },
  })
  const fail = async (error: Error) => {
    const isGone = stored !== undefined && !(await stored.isThere().catch(() => true))
    measuring.destroy(isGone ? new RemovedMeanwhile(path) : error)
  }
  const source = open()
  source.on('error', fail)
  return source.pipe(measuring)
}

/** One value as a file of JSON. */
export function json(value: unknown): Readable {
  return Readable.from([`${JSON.stringify(value, null, 2)}\n`], { objectMode: false })
}

/** Rows as a JSON array, one a line, written as they are read. */
export function jsonRows(rows: AsyncIterable<unknown>): Readable {
  return Readable.from(lines(rows), { objectMode: false })
}

async function* lines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  yield '['
  let isFirst = true
  for await (const row of rows) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(row)}`
    isFirst = false
  }
  yield '\n]\n'
}
