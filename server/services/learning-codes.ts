import { createHash, randomInt } from 'node:crypto'
import type { Types } from 'mongoose'
import type { Language } from '../../shared/languages'
import { inScript } from '../../shared/schemas/learning'
import type { Ports } from '../ports'

const FIRST = 'bdgklmnprstz'
const SECOND = 'aiou'

/**
 * A code for somebody's sheets, easy to read aloud and to write down: `ka-mi-ro-tu 384`. It is drawn
 * for whoever opens the page and stored nowhere but on their device.
 */
export function drawCode(_ports: Ports, lang: Language): string {
  const syllables = Array.from({ length: 4 }, () => {
    return `${FIRST[randomInt(FIRST.length)]}${SECOND[randomInt(SECOND.length)]}`
  })
  const code = `${syllables.join('')}${randomInt(100, 1_000)}`
  return inScript(code, lang === 'ru' ? 'cyrillic' : 'latin')
}

/** What is stored of a code: SHA-256 of it and its workshop, so that it says nothing elsewhere. */
export function hashOfCode(workshop: Types.ObjectId | string, code: string): string {
  return createHash('sha256').update(`${workshop} ${code}`).digest('hex')
}
