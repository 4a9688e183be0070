import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'

/** What stands in the letters to somebody that match, oldest letter first. */
async function foundIn(dataDir: string, email: string, wanted: RegExp): Promise<string[]> {
  const folder = join(dataDir, 'outbox')
  const names = await readdir(folder).catch(() => [])
  // named by ids, which grow
  const files = names.filter((name) => name.endsWith('.eml')).sort()
  const letters = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return letters
    .filter((letter) => new RegExp(`^To: .*${email}`, 'm').test(letter))
    .flatMap((letter) => wanted.exec(plain(letter))?.[0] ?? [])
}

/** A letter's parts as they read: quoted-printable and base64 taken back. */
function plain(letter: string): string {
  const quoted = letter.replace(/=\r?\n/g, '').replace(/=3D/g, '=')
  const encoded = letter.matchAll(/base64\r?\n(?:[\w-]+: .*\r?\n)*\r?\n([\w+/=\r\n]+)/g)
  const decoded = Array.from(encoded, ([, part = '']) => Buffer.from(part, 'base64').toString())
  return [quoted, ...decoded].join('\n')
}

/** The link in the nth invitation that has come to an address, as the product's folder has it. */
export async function invitationTo(dataDir: string, email: string, nth = 1): Promise<string> {
  const find = () => foundIn(dataDir, email, /\/invitations\/[\w-]{43}/)
  await expect.poll(async () => (await find()).length, { timeout: 15_000 }).toBe(nth)
  return (await find())[nth - 1] ?? ''
}
