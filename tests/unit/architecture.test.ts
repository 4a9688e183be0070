import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Rooms of the house, most specific first, and what each may import of ours (docs/architecture.md). */
const ROOMS: readonly {
  room: string
  may: readonly string[]
  typesOnly?: readonly string[]
  hint: string
}[] = [
  {
    room: 'shared',
    may: [],
    hint: 'shared is what both sides speak: no rules of storage, no doors, no clock.',
  },
  {
    room: 'models',
    may: ['shared'],
    hint: 'A model is fields and indexes; put the rule into server/services.',
  },
  { room: 'server/translation', may: ['shared'], hint: 'The text engine is pure.' },
  {
    room: 'server/auth',
    may: ['models', 'shared'],
    hint: 'auth only reads and writes sessions and passwords.',
  },
  {
    room: 'server/papers',
    may: ['shared'],
    hint: 'A paper is laid out from finished words: ask nothing, translate nothing.',
  },
  {
    room: 'server/services',
    may: ['models', 'shared', 'server/translation', 'server/papers', 'server/ports', 'server/auth'],
    hint: 'A service knows no door: ask for what you need as a port in server/ports.ts.',
  },
  {
    room: 'server/http',
    may: ['server/services', 'shared', 'server/ports', 'server/auth'],
    hint: 'Doors call services; they import neither models nor one another.',
  },
  {
    room: 'server/realtime',
    may: ['server/services', 'shared', 'server/ports', 'server/auth'],
    hint: 'Doors call services; they import neither models nor one another.',
  },
  {
    room: 'server/collab',
    may: ['server/services', 'shared', 'server/ports', 'server/auth'],
    hint: 'Doors call services; collab keeps its own log and nothing else.',
  },
  {
    room: 'server/jobs',
    may: ['server/services', 'shared', 'server/ports', 'server/auth'],
    hint: 'Doors call services; jobs keep their own queue and nothing else.',
  },
  {
    room: 'server/adapters',
    may: ['shared', 'server/ports'],
    hint: 'An adapter stands for one thing outside; it knows no service.',
  },
  {
    room: 'server/demo',
    may: ['models', 'shared', 'server/ports', 'server/auth', 'server/services'],
    hint: 'The demonstration writes rows and first content, and is imported by main.ts only.',
  },
  {
    room: 'app',
    may: ['shared'],
    typesOnly: ['server'],
    hint: 'A page asks services through the load context; from server it imports types only (import type).',
  },
]

/** The composition root may see everything. */
const ROOT_FILES = ['server/main.ts', 'server/ports.ts', 'server/config.ts', 'server/greeting.ts']

/** Rooms that must run anywhere: nothing of Node, no UI. */
const PURE: readonly { room: string; forbidden: RegExp }[] = [
  { room: 'shared', forbidden: /^(node:|react|express|mongoose|mongodb|ws$|socket\.io|pino)/ },
  {
    room: 'server/translation',
    forbidden: /^(node:|react|express|mongoose|mongodb|ws$|socket\.io|pino)/,
  },
]

type Import = { from: string; to: string; typeOnly: boolean }

const files = ['app', 'server', 'models', 'shared'].flatMap((folder) =>
  sourcesIn(join(ROOT, folder)),
)
const imports = files.flatMap(importsOf)

describe('the house', () => {
  it('lets each room import only what it may', () => {
    const wrong = imports
      .filter(({ to }) => to.startsWith('./'))
      .flatMap(({ from, to, typeOnly }) => {
        const target = to.slice(2)
        const room = roomOf(from)
        if (!room || ROOT_FILES.includes(from) || roomOf(target)?.room === room.room) return []
        const may = room.may.some((each) => isIn(target, each))
        const asType = typeOnly && (room.typesOnly ?? []).some((each) => isIn(target, each))
        return may || asType ? [] : [`${from} imports ${target}. ${room.hint}`]
      })
    expect(wrong).toEqual([])
  })

  it('keeps the pure rooms free of Node, storage and UI', () => {
    const wrong = imports.flatMap(({ from, to }) =>
      PURE.filter(({ room, forbidden }) => isIn(from, room) && forbidden.test(to)).map(
        ({ room }) =>
          `${from} imports ${to}, but ${room} runs in the browser and on the server alike.`,
      ),
    )
    expect(wrong).toEqual([])
  })

  it('knows every source file’s room', () => {
    const homeless = files
      .map((file) => relative(ROOT, file))
      .filter((file) => !roomOf(file) && !ROOT_FILES.includes(file))
    expect(homeless).toEqual([])
  })

  it('has no drawer for things without a name', () => {
    const drawers = files
      .map((file) => relative(ROOT, file))
      .filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/.test(file))
    expect(drawers).toEqual([])
  })

  it('keeps files under 300 lines', () => {
    const long = files
      .map((file) => ({
        file: relative(ROOT, file),
        lines: readFileSync(file, 'utf8').trimEnd().split('\n').length,
      }))
      .filter(({ file, lines }) => lines > 300 && !file.startsWith('server/demo/content/'))
    expect(long).toEqual([])
  })
})

function roomOf(file: string) {
  return ROOMS.find(({ room }) => isIn(file, room))
}

function isIn(file: string, room: string): boolean {
  return file === room || file.startsWith(`${room}/`) || file.startsWith(`${room}.`)
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
}

/** Ours as `./path/from/root`, others by their package name. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const found: Import[] = []
  const add = (specifier: string, typeOnly: boolean) => {
    const to = specifier.startsWith('.')
      ? `./${relative(ROOT, resolve(dirname(file), specifier))}`
      : specifier
    found.push({ from: relative(ROOT, file), to, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.isTypeOnly === true
        : node.isTypeOnly
      if (ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, typeOnly)
    }
    const [argument] =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments
        : []
    if (argument && ts.isStringLiteral(argument)) add(argument.text, false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
