import { execFile } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { downloadOfficial } from './download'
import { EmbeddedMongoError, reasonOf } from './error'
import { downloadWheel } from './wheel'

/** Transactions, change streams and the driver in use need no more; older ones are past their end. */
const OLDEST_MAJOR = 6
const PROGRAM = process.platform === 'win32' ? 'mongod.exe' : 'mongod'

export type Mongod = { path: string; version: string }

export type MongodSearch = {
  /** MONGOD_BINARY: no other is looked for */
  binary?: string | undefined
  /** folders with one folder per version; the first is written to */
  cacheDirs: readonly string[]
  /** PATH, as the system gives it */
  searchPath?: string | undefined
  /** false: never reach for the network */
  download?: boolean | undefined
  /** the data directory it is to open, once a mongod has written it: another major may not */
  written?: { dataDir: string; version: string } | undefined
  progress?: ((line: string) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * A mongod that runs on this machine: the one named, one on PATH, one downloaded earlier, the
 * official download, or the one that a Python package carries.
 *
 * @throws EmbeddedMongoError `no_mongod` with what was tried; `other_major` if there is none of the
 *   major that wrote the data directory
 */
export async function findMongod(search: MongodSearch): Promise<Mongod> {
  if (search.binary !== undefined) return named(search.binary, search.written)

  const major = search.written && majorOf(search.written.version)
  const tried: string[] = []
  const local =
    (await firstSuitable(onPath(search.searchPath), major, 'on PATH', tried)) ??
    (await firstSuitable(await inCaches(search.cacheDirs), major, 'downloaded', tried))
  if (local !== undefined) return local

  const [cache] = search.cacheDirs
  if (search.download === false || cache === undefined) tried.push('downloads are switched off')
  else {
    for (const fetch of [downloadOfficial, downloadWheel]) {
      search.signal?.throwIfAborted()
      try {
        const { progress, signal } = search
        const verify = (file: string) => suits(file, major)
        const path = await fetch({ cache, major, verify, progress, signal })
        return { path, version: await versionOf(path) }
      } catch (error) {
        search.signal?.throwIfAborted()
        tried.push(reasonOf(error))
      }
    }
  }
  const story = tried.join('; ')
  if (search.written !== undefined)
    throw otherMajor(search.written, `no mongod ${major}.x could be had (${story})`)
  throw new EmbeddedMongoError(
    'no_mongod',
    `No mongod could be had (${story}): install MongoDB, or set MONGOD_BINARY to a mongod, or MONGODB_URI to a replica set that runs.`,
  )
}

/**
 * @throws Error if the file does not start here, for want of a library or of the right processor
 */
export async function versionOf(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 })
  const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  if (version === undefined) throw new Error(`${path} does not tell a MongoDB version`)
  return version
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}

/** @param finding what stands against it, as the second half of a sentence */
function otherMajor(
  { dataDir, version }: { dataDir: string; version: string },
  finding: string,
): EmbeddedMongoError {
  return new EmbeddedMongoError(
    'other_major',
    `The data directory ${dataDir} was written by MongoDB ${version} and ${finding}: set MONGOD_BINARY to a mongod ${majorOf(version)}.x, set DATA_DIR to another folder, or move the data over (docs/operations.md).`,
  )
}

async function named(path: string, written: MongodSearch['written']): Promise<Mongod> {
  const version = await versionOf(path).catch((error: unknown) => {
    throw new EmbeddedMongoError(
      'no_mongod',
      `MONGOD_BINARY is ${path}, which does not start (${firstLine(reasonOf(error))}): point it at a mongod or unset it.`,
    )
  })
  if (majorOf(version) < OLDEST_MAJOR) {
    throw new EmbeddedMongoError(
      'no_mongod',
      `MONGOD_BINARY is MongoDB ${version} and Twinward needs ${OLDEST_MAJOR}.0 or newer: point it at a newer mongod or unset it.`,
    )
  }
  if (written !== undefined && majorOf(written.version) !== majorOf(version))
    throw otherMajor(written, `the mongod at hand is ${version}`)
  return { path, version }
}

async function firstSuitable(
  paths: readonly string[],
  major: number | undefined,
  where: string,
  tried: string[],
): Promise<Mongod | undefined> {
  for (const path of paths) {
    if (!(await isExecutable(path))) continue
    try {
      return { path, version: await suits(path, major) }
    } catch (error) {
      tried.push(`${path} ${firstLine(reasonOf(error))}`)
    }
  }
  if (tried.length === 0 || paths.length === 0) tried.push(`none ${where}`)
  return undefined
}

/** @returns its version @throws Error saying why it does not suit */
async function suits(path: string, major: number | undefined): Promise<string> {
  const version = await versionOf(path)
  if (majorOf(version) < OLDEST_MAJOR) throw new Error(`is ${version}, too old`)
  if (major !== undefined && majorOf(version) !== major) throw new Error(`is ${version}`)
  return version
}

function onPath(searchPath = ''): string[] {
  return searchPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, PROGRAM))
}

/** Newest first. */
async function inCaches(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const versions = await readdir(folder).catch(() => [])
      return versions
        .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
        .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
        .map((name) => join(folder, name, PROGRAM))
    }),
  )
  return found.flat()
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
