import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file of an archive; opened when its turn comes, so that one at a time is in memory. */
export type ArchiveEntry = {
  /** With `/` between folders; made of our own words and ids, never of what people typed. */
  path: string
  open: () => Readable
  /** What is packed already gains nothing by being packed again. */
  packed?: boolean
}

/** What the archive holds, for its manifest. */
export type ArchiveSums = readonly { path: string; bytes: number; sha256: string }[]

/**
 * A zip archive as a stream. Its last file is `manifest.json`, with the length and SHA-256 of all others.
 *
 * @param describe adds to the manifest what is known only at the end
 */
export function archiveOf(
  entries: readonly ArchiveEntry[],
  { at, describe }: { at: Date; describe: () => Record<string, unknown> },
): Readable {
  const zip = new ZipFile()
  const sums: { path: string; bytes: number; sha256: string }[] = []
  for (const { path, open, packed } of entries) {
    zip.addReadStreamLazy(path, { mtime: at, compress: !packed }, (take) => {
      const hash = createHash('sha256')
      let bytes = 0
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          bytes += chunk.length
          done(null, chunk)
        },
        flush(done) {
          sums.push({ path, bytes, sha256: hash.digest('hex') })
          done()
        },
      })
      const source = open()
      source.on('error', (error) => measure.destroy(error))
      take(null, source.pipe(measure))
    })
  }
  zip.addReadStreamLazy('manifest.json', { mtime: at }, (take) => {
    take(null, json({ ...describe(), files: sums }))
  })
  // yazl's own type of its stream is the narrowest one
  const output = Readable.from(zip.outputStream)
  zip.on('error', (error) => output.destroy(error))
  zip.end()
  return output
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
