import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** How long the official host may keep us waiting for its first byte. */
const FIRST_BYTE_MS = 10_000
const POLL_MS = 250
const SAY_EVERY_MS = 10_000
/** A release of each major that MongoDB publishes for the platforms in use. */
const RELEASES: Readonly<Record<number, string>> = { 6: '6.0.24', 7: '7.0.21', 8: '8.0.12' }
const PREFERRED_MAJOR = 8

export type Download = {
  cache: string
  major?: number | undefined
  /** @returns the version @throws Error if the file does not run here or is another major */
  verify: (path: string) => Promise<string>
  progress?: ((line: string) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * The official release for this platform, by the library that knows MongoDB's file names. It runs
 * in a process of its own, so that a silent host can be given up and Ctrl+C ends it.
 *
 * @returns the path of the mongod in the cache
 * @throws Error with the reason
 */
export async function downloadOfficial(download: Download): Promise<string> {
  const version = RELEASES[download.major ?? PREFERRED_MAJOR]
  if (version === undefined) throw new Error(`no official MongoDB ${download.major} is known here`)
  const library = createRequire(import.meta.url).resolve('mongodb-memory-server-core')

  return intoCache(download, async (draft) => {
    download.progress?.(`Fetching MongoDB ${version} …`)
    const script = `
      const { MongoBinary } = require(${JSON.stringify(library)})
      MongoBinary.getPath({ version: ${JSON.stringify(version)}, downloadDir: process.cwd(), checkMD5: true })
        .then((path) => console.log('\\n' + path), (error) => { console.error(error.message); process.exit(1) })`
    const path = await watched(script, draft, download)
    return path
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`the official download of MongoDB ${version} failed (${reason})`)
  })
}

/** Runs the download and gives it up when nothing has arrived in time. */
function watched(script: string, draft: string, { progress, signal }: Download): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script], {
      cwd: draft,
      stdio: ['ignore', 'pipe', 'pipe'],
      // without it the library accepts any certificate
      env: { ...process.env, npm_config_strict_ssl: 'true', MONGOMS_DISABLE_POSTINSTALL: '1' },
    })
    const began = Date.now()
    let [output, complaint, said] = ['', '', began]
    let givenUp: string | undefined
    const giveUp = (why: string) => {
      givenUp = why
      child.kill('SIGKILL')
    }
    const onAbort = () => giveUp('stopped')
    const timer = setInterval(async () => {
      const bytes = await bytesIn(draft)
      if (bytes === 0 && Date.now() - began > FIRST_BYTE_MS) giveUp('no answer in 10 s')
      if (bytes > 0 && Date.now() - said > SAY_EVERY_MS) {
        said = Date.now()
        progress?.(`  ${Math.round(bytes / 1e6)} MB so far`)
      }
    }, POLL_MS)
    signal?.addEventListener('abort', onAbort)
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      signal?.removeEventListener('abort', onAbort)
      const last = output.trim().split('\n').at(-1)
      if (code === 0 && last) resolve(last)
      else reject(new Error(givenUp ?? (complaint.trim().split('\n', 1)[0] || `code ${code}`)))
    })
  })
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/**
 * Fetches into a folder of its own, looks whether the program runs, and renames it into place: two
 * that fetch at once do not disturb each other, and half a file is never found.
 *
 * @param fetch gives the path of a mongod below the folder it gets
 */
export async function intoCache(
  { cache, verify }: Download,
  fetch: (draft: string) => Promise<string>,
): Promise<string> {
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, '.draft-'))
  try {
    const fetched = await fetch(draft)
    await chmod(fetched, 0o755)
    const version = await verify(fetched)
    const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod'
    const final = join(cache, version, name)
    await mkdir(join(cache, version), { recursive: true })
    await rename(fetched, final)
    return final
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
