import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Ways to the rows that go around what the model refuses. */
const AROUND = [/\bAuditEntry\s*\.\s*(collection|db)\b/, /['"`]audit_(entries|seals)['"`]/]
const CHANGES =
  /\b(?:AuditEntry|AuditSeal)\s*\.\s*(?:update|replace|delete|findOneAnd|findByIdAnd|bulkWrite|bulkSave)\w*/

const sources = ['app', 'server', 'models', 'shared'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({
      file: join(folder, name),
      text: readFileSync(join(ROOT, folder, name), 'utf8'),
    })),
)

describe('the rows of the record', () => {
  it('are changed by the sealer alone, and known by their collection in their models alone', () => {
    const found = sources
      .filter(({ text }) => [...AROUND, CHANGES].some((way) => way.test(text)))
      .map(({ file }) => file)
    expect(found.sort()).toEqual([
      'models/audit-entry.ts',
      'models/audit-seal.ts',
      'server/services/audit-sealer.ts',
    ])
  })
})
