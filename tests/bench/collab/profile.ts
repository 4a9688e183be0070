import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Prints where a V8 profile's time went: by package, by source file, by function. Idle time is left
 * out; native code that JavaScript calls counts for its caller's line "(program)" or for the function
 * of Node that wraps it.
 */

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const ROWS = 30

type Frame = { functionName: string; url: string; lineNumber: number; columnNumber: number }
type Node = { id: number; callFrame: Frame; children?: number[] }
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] }
type Spot = { package: string; file: string; name: string }

const maps = new Map<string, SourceMap | null>()

function mapOf(url: string): SourceMap | null {
  const known = maps.get(url)
  if (known !== undefined) return known
  const file = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : ''
  const map = existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : null
  maps.set(url, map)
  return map
}

function spotOf({ functionName, url, lineNumber, columnNumber }: Frame): Spot {
  const name = functionName === '' ? `(anonymous :${lineNumber + 1})` : functionName
  if (url === '') return { package: functionName, file: functionName, name }
  if (url.startsWith('node:')) return { package: 'node', file: url, name }
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)(.*)$/.exec(url)
  if (found) return { package: found[1] ?? '', file: `${found[1]}/${found[2]}`, name }
  const entry = mapOf(url)?.findEntry(lineNumber, columnNumber)
  const source = entry && 'originalSource' in entry ? String(entry.originalSource) : url
  const file = source.startsWith('file:') ? relative(ROOT, fileURLToPath(source)) : source
  const own = file.replace(/^(?:\.\.\/)+/, '')
  const line = entry && 'originalLine' in entry ? entry.originalLine + 1 : lineNumber + 1
  return {
    package: own.split('/').slice(0, 2).join('/'),
    file: own,
    name: functionName === '' ? `(anonymous :${line})` : functionName,
  }
}

/** Microseconds by key: in the function itself, and in what it called. */
function sum(profile: Profile) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map<number, number>()
  for (const { id, children } of profile.nodes) {
    for (const child of children ?? []) parents.set(child, id)
  }
  const spots = new Map(profile.nodes.map((node) => [node.id, spotOf(node.callFrame)]))
  const self = new Map<number, number>()
  for (const [n, sample] of profile.samples.entries()) {
    self.set(sample, (self.get(sample) ?? 0) + Math.max(0, profile.timeDeltas[n] ?? 0))
  }
  const tables = {
    packages: new Map<string, number>(),
    files: new Map<string, number>(),
    functions: new Map<string, number>(),
    inclusive: new Map<string, number>(),
  }
  const add = (table: Map<string, number>, key: string, us: number) =>
    table.set(key, (table.get(key) ?? 0) + us)
  let total = 0
  for (const [id, us] of self) {
    const spot = spots.get(id)
    if (!spot || spot.name === '(idle)' || !nodes.has(id)) continue
    total += us
    add(tables.packages, spot.package, us)
    add(tables.files, spot.file, us)
    add(tables.functions, `${spot.name}  ${spot.file}`, us)
    const onStack = new Set<string>()
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const on = spots.get(at)
      if (on && on.package !== '(root)') onStack.add(`${on.name}  ${on.file}`)
    }
    for (const key of onStack) add(tables.inclusive, key, us)
  }
  return { total, tables }
}

for (const file of process.argv.slice(2)) {
  const { total, tables } = sum(JSON.parse(readFileSync(file, 'utf8')))
  console.log(`\n# ${file}: ${(total / 1_000).toFixed(0)} ms busy`)
  for (const [title, table] of Object.entries(tables)) {
    console.log(`\n## ${title === 'inclusive' ? 'functions with what they call' : title}`)
    const rows = [...table].sort(([, a], [, b]) => b - a).slice(0, ROWS)
    for (const [key, us] of rows) {
      const share = ((us / total) * 100).toFixed(1).padStart(5)
      console.log(`${share} % ${(us / 1_000).toFixed(0).padStart(7)} ms  ${key}`)
    }
  }
}
