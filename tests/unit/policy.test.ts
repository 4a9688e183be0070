import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/actor'
import {
  can,
  type Grant,
  grantFor,
  mayKnowOf,
  OPERATIONS,
  type Operation,
  type Role,
  STANDINGS,
  type Subject,
  standingOf,
} from '../../shared/policy'

/** The matrix's columns and the standings they are of. */
const COLUMNS = {
  PA: 'programmeAdmin',
  CO: 'coordinator',
  ED: 'editor',
  RV: 'reviewer',
  VW: 'viewer',
  OB: 'observer',
  RM: 'removed',
  AN: 'anonymous',
  OT: 'outsider',
} as const

const HERE = 'a'.repeat(24)
const ELSEWHERE = 'b'.repeat(24)
const ME = '1'.repeat(24)
const SOMEBODY = '2'.repeat(24)

const matrix = readMatrix()

describe('the policy', () => {
  it('grants what the access matrix grants, cell by cell', () => {
    const cells = matrix.flatMap(({ key, grants }) =>
      Object.entries(grants).map(([standing, grant]) => `${key} ${standing} ${grant}`),
    )
    const rules = OPERATIONS.flatMap((operation) =>
      STANDINGS.map((standing) => `${operation} ${standing} ${grantFor(standing, operation)}`),
    )
    expect(cells).toHaveLength(matrix.length * STANDINGS.length)
    expect(rules.toSorted()).toEqual(cells.toSorted())
  })

  it('lets a guest take part in the one workshop that they were let into, and nothing else', () => {
    const workshopId = 'c'.repeat(24)
    const guest = (outside?: true): Actor => ({
      ...someone(),
      memberships: [],
      guest: { partnershipId: HERE, workshopId, ...(outside ? { outside } : {}) },
    })
    const mine = { ...at(), ownerId: ME, published: true, named: [ME] }
    const may = (actor: Actor, subject: Subject) =>
      OPERATIONS.filter((operation) => can(actor, operation, subject))
    expect(may(guest(), { ...mine, workshopId })).toEqual(['workshop:join', 'workshop:material'])
    expect(may(guest(), { ...mine, workshopId: 'd'.repeat(24) })).toEqual([])
    expect(may(guest(), mine)).toEqual([])
    expect(may(guest(true), { ...mine, workshopId })).toEqual([])
    // whatever else such an actor might come with
    const dressed = { ...guest(), programmeAdmin: true, opened: [HERE] }
    expect(may(dressed, { ...mine, workshopId })).toEqual(['workshop:join', 'workshop:material'])
  })

  it('denies an operation that no rule names', () => {
    // such a name can come from a newer client; types do not stop it
    const unknown = JSON.parse('"protocol:burn"')
    for (const standing of STANDINGS) expect(grantFor(standing, unknown)).toBe('-')
    expect(can(actorAs('coordinator'), unknown, at())).toBe(false)
  })

  it.each(STANDINGS)('means by each cell of %s the circumstances it lets pass', (standing) => {
    const asked = matrix.map(({ key }) => [key, circumstances(standing, operationOf(key))])
    const meant = matrix.map(({ key, grants }) => [key, { ...NEVER, ...MEANING[grants[standing]] }])
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(meant))
  })
})

describe('a personal token', () => {
  const coordinator = actorAs('coordinator')

  it('allows what is among its scopes and nothing else', () => {
    const actor = coordinator && { ...coordinator, scopes: ['thread:read' as const] }
    expect(can(actor, 'thread:read', at())).toBe(true)
    expect(can(actor, 'thread:reply', at())).toBe(false)
  })

  it('never allows what its owner may not do', () => {
    const viewer = actorAs('viewer')
    const actor = viewer && { ...viewer, scopes: ['thread:read', 'thread:reply'] as const }
    expect(can(actor, 'thread:reply', at())).toBe(false)
  })
})

describe('an opening by a programme admin', () => {
  it('opens the partnership it was made for, and no other', () => {
    const admin = actorAs('programmeAdmin')
    const actor = admin && { ...admin, opened: [ELSEWHERE] }
    expect(can(actor, 'protocol:open', at())).toBe(false)
    expect(can(actor, 'protocol:open', { partnershipId: ELSEWHERE })).toBe(true)
  })
})

describe('standing', () => {
  it('is the role of an active membership, even for a programme admin', () => {
    expect(standingOf(actorAs('viewer', { programmeAdmin: true }), HERE)).toBe('viewer')
  })

  it('is removed once the membership has ended, whatever the role was', () => {
    expect(standingOf(actorAs('removed'), HERE)).toBe('removed')
  })

  it('is outsider for a member of another partnership, whatever the role there', () => {
    const memberships = [member('coordinator', ELSEWHERE)]
    expect(standingOf({ ...someone(), memberships }, HERE)).toBe('outsider')
  })

  it('lets only those who may see a partnership know of it', () => {
    const knowing = STANDINGS.filter((standing) => mayKnowOf(actorAs(standing), HERE))
    expect(knowing).toEqual([
      'programmeAdmin',
      'coordinator',
      'editor',
      'reviewer',
      'viewer',
      'observer',
    ])
  })
})

const NEVER = {
  plain: false,
  own: false,
  others: false,
  published: false,
  named: false,
  othersNamed: false,
  opened: false,
}
const ALWAYS = {
  plain: true,
  own: true,
  others: true,
  published: true,
  named: true,
  othersNamed: true,
  opened: true,
}

/** Which circumstances a cell of the matrix lets pass. */
const MEANING: Record<Grant, Partial<typeof NEVER>> = {
  '+': ALWAYS,
  r: ALWAYS,
  '-': {},
  o: { own: true },
  p: { published: true },
  n: { named: true },
  a: { opened: true },
}

/** Which circumstances let an operation pass for somebody of that standing. */
function circumstances(standing: (typeof STANDINGS)[number], operation: Operation): typeof NEVER {
  const actor = actorAs(standing)
  const me = actor?.userId ?? ME
  return {
    plain: can(actor, operation, at()),
    own: can(actor, operation, at({ ownerId: me })),
    others: can(actor, operation, at({ ownerId: SOMEBODY })),
    published: can(actor, operation, at({ published: true })),
    named: can(actor, operation, at({ named: [SOMEBODY, me] })),
    othersNamed: can(actor, operation, at({ named: [SOMEBODY] })),
    opened: can(actor && { ...actor, opened: [HERE] }, operation, at()),
  }
}

function at(fields: Partial<Subject> = {}): Subject {
  return { partnershipId: HERE, ...fields }
}

function someone(): Actor {
  return {
    userId: ME,
    sessionId: '3'.repeat(24),
    programmeAdmin: false,
    memberships: [],
    lang: 'en',
    timeZone: 'Europe/Moscow',
  }
}

function member(role: Role, partnershipId = HERE) {
  return { partnershipId, sideId: '4'.repeat(24), role, status: 'active' as const }
}

function actorAs(standing: (typeof STANDINGS)[number], fields: Partial<Actor> = {}): Actor | null {
  switch (standing) {
    case 'anonymous':
      return null
    case 'programmeAdmin':
      return { ...someone(), programmeAdmin: true, ...fields }
    case 'removed':
      return {
        ...someone(),
        memberships: [{ ...member('coordinator'), status: 'removed' }],
        ...fields,
      }
    case 'outsider':
      return { ...someone(), memberships: [member('coordinator', ELSEWHERE)], ...fields }
    default:
      return { ...someone(), memberships: [member(standing)], ...fields }
  }
}

function operationOf(key: string): Operation {
  const operation = OPERATIONS.find((each) => each === key)
  if (!operation) throw new Error(`${key} has no rule`)
  return operation
}

function readMatrix() {
  const text = readFileSync(new URL('../../shared/access-matrix.csv', import.meta.url), 'utf8')
  const [head, ...rows] = text.trim().split(/\r?\n/).map(cellsOf)
  return rows.map((row) => {
    const cell = (name: string) => row[head?.indexOf(name) ?? -1] ?? ''
    const grants = Object.entries(COLUMNS).map(([column, standing]) => [
      standing,
      grantOf(cell(column)),
    ])
    return {
      key: cell('key'),
      grants: Object.fromEntries(grants) as Record<(typeof STANDINGS)[number], Grant>,
    }
  })
}

function grantOf(cell: string): Grant {
  const grant = (['+', '-', 'o', 'p', 'r', 'a', 'n'] as const).find((each) => each === cell)
  if (!grant) throw new Error(`no such grant: ${cell}`)
  return grant
}

/** Cells of a CSV line; a quoted one may hold commas and doubled quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
