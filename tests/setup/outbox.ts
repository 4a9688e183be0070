import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'

/** The newest letter to somebody in the product's outbox, as its reader sees the text of it. */
export async function letterTo(dataDir: string, email: string, holding: RegExp): Promise<string> {
  let found: string | undefined
  const look = async () => {
    const folder = join(dataDir, 'outbox')
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'))
    // the names are ids, which grow
    for (const name of names.sort().reverse()) {
      const text = readable(await readFile(join(folder, name), 'utf8'))
      if (!text.includes(`To: ${email}`) || !holding.test(text)) continue
      found = text
      return true
    }
    return false
  }
  await expect.poll(look, { timeout: 10_000 }).toBe(true)
  return found ?? ''
}

/** Parts in base64 or quoted-printable, as text. */
function readable(letter: string): string {
  const parts = letter.replaceAll('\r', '').split(/\n(?=--)/)
  return parts
    .map((part) => {
      const [head = '', ...body] = part.split('\n\n')
      const text = body.join('\n\n')
      if (/transfer-encoding: base64/i.test(head)) {
        return `${head}\n\n${Buffer.from(text, 'base64').toString()}`
      }
      if (!/transfer-encoding: quoted-printable/i.test(head)) return part
      const bytes = text
        .replace(/=\n/g, '')
        .replace(/=([0-9A-F]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      return `${head}\n\n${Buffer.from(bytes, 'latin1').toString()}`
    })
    .join('\n')
}
