import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ENDPOINTS, WRITES } from '../../server/http/api/endpoints'
import { readCells } from '../setup/access/cells'
import {
  API_KEYS,
  type DoorKeys,
  EVENT_KEYS,
  FRAME_KEYS,
  KEY_TABLES,
  keysIn,
  PATH_KEYS,
  ROUTE_KEYS,
  TUS_KEYS,
  UPGRADE_KEYS,
} from '../setup/access/door-keys'
import { entriesOf, fileRoutes } from '../setup/access/pages'

const source = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

/** Everything that a pattern's first group finds, each once. */
const found = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? '')),
]

/** A table names exactly what a router has. */
function expectSame(table: Readonly<Record<string, DoorKeys>>, real: readonly string[]): void {
  const [named, there] = [Object.keys(table).toSorted(), [...new Set(real)].toSorted()]
  const unmapped = there.filter((each) => !named.includes(each))
  const stale = named.filter((each) => !there.includes(each))
  expect({ unmapped, stale }).toEqual({ unmapped: [], stale: [] })
}

describe('every door asks the policy something, or says why not', () => {
  it('at each loader and action of the pages', () => {
    const real = fileRoutes().flatMap((route) =>
      entriesOf(route).map((entry) => `${route.id} ${entry}`),
    )
    expect(real.length).toBeGreaterThan(40)
    expectSame(ROUTE_KEYS, real)
  })

  it('at each address of the interface', () => {
    const real = [
      'GET /openapi.json',
      ...ENDPOINTS.map(({ path }) => `GET ${path}`),
      ...WRITES.map(({ path }) => `POST ${path}`),
    ]
    expectSame(API_KEYS, real)
  })

  it('at each path that Express answers itself', () => {
    const app = source('server/http/app.ts')
    expectSame(PATH_KEYS, found(app, /\bapp\.(?:use|all|get|post)\(\s*'([^']+)'/g))
  })

  it('at each method of an upload', () => {
    const lists = found(source('server/http/uploads.ts'), /\[((?:'[A-Z]+'(?:, )?)+)\]/g)
    expectSame(
      TUS_KEYS,
      lists.flatMap((list) => found(list, /'([A-Z]+)'/g)),
    )
  })

  it('at each event that a client sends', () => {
    const [, events = ''] =
      /interface ClientEvents \{(.*?)\n\}/s.exec(source('shared/events.ts')) ?? []
    const typed = found(events, /^ {2}'([a-z-]+:[a-z-]+)'/gm)
    const heard = ['joins', 'index', 'presence', 'facts', 'cluster'].flatMap((file) =>
      found(source(`server/realtime/${file}.ts`), /\bsocket\.on\(\s*'([^']+)'/g),
    )
    // the library's own
    const ours = heard.filter((event) => !event.startsWith('disconnect'))
    expectSame(EVENT_KEYS, ['connection', ...typed, ...ours])
  })

  it('at each kind of frame of a live document', () => {
    const [, frames = ''] =
      /type ClientFrame =(.*?)\n\n/s.exec(source('server/collab/frames.ts')) ?? []
    expectSame(FRAME_KEYS, ['handshake', ...found(frames, /kind: '([^']+)'/g)])
  })

  it('at each path that is upgraded', () => {
    expectSame(
      UPGRADE_KEYS,
      found(source('server/http/upgrade.ts'), /path\.startsWith\('([^']+)'\)/g),
    )
  })

  it('by keys that the matrix has', () => {
    const known = new Set(readCells().map(({ operation }) => String(operation)))
    const tables = KEY_TABLES.flatMap((table) => Object.values(table))
    const asked = tables.flatMap(keysIn)
    expect(asked.filter((key) => !known.has(key))).toEqual([])
    // a door either asks something or says why not
    const silent = tables.filter((keys) => Array.isArray(keys) && keys.length === 0)
    expect(silent).toEqual([])
  })
})
