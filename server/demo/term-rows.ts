import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Term, type TermRow } from '../../models/term'
import { indexTerms } from '../services/glossary'
import type { Cast } from './cast'
import { demoId } from './ids'
import { insertMissing } from './insert'

/** A line of the list: tab-separated, the first one names the columns. */
export type Entry = Pick<TermRow, 'en' | 'ru' | 'pos' | 'domain' | 'note'>

/** @param filesDir folder of the demonstration's files */
export async function readGlossary(filesDir: string): Promise<Entry[]> {
  const text = await readFile(join(filesDir, 'glossary-en-ru.tsv'), 'utf8')
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [en = '', ru = '', pos = '', domain = '', note = ''] = line.split('\t')
      if (!en || !ru) throw new Error(`Not a term of the glossary: ${line}`)
      return { en, ru, pos, domain, note }
    })
}

/** Insert the glossary of a partnership, and make it findable. */
export async function seedTerms(cast: Cast, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map((entry): TermRow => {
    const key = `${entry.en} | ${entry.ru}`
    const _id = demoId(`term ${cast.slug} ${key}`)
    return { _id, partnership: cast.partnership, ...entry, key, demo: true }
  })
  await insertMissing(Term, rows)
  await indexTerms(rows, cast.startedAt)
}
