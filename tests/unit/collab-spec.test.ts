import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

describe('docs/collab-spec.md', () => {
  const rules = [...read('docs/collab-spec.md').matchAll(/^\*\*(C\d+)\*\* /gm)].map(([, id]) => id)
  const tested = ['tests/unit/', 'tests/integration/'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.startsWith('collab-'))
      .flatMap((name) => [...read(folder + name).matchAll(/['"`](C\d+) [a-z]/g)])
      .map(([, id]) => id),
  )

  it('numbers every rule once', () => {
    expect(new Set(rules).size).toBe(rules.length)
    expect(rules.length).toBeGreaterThan(30)
  })

  it('has a test for every rule, and no test for a rule it does not have', () => {
    expect(rules.filter((rule) => !tested.includes(rule))).toEqual([])
    expect([...new Set(tested)].filter((rule) => !rules.includes(rule))).toEqual([])
  })
})
