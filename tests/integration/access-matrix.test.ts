import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { can, type Grant, type Operation, type Standing } from '../../shared/policy'
import { type Cell, readCells } from '../setup/access/cells'
import type { Answer, Door, On } from '../setup/access/door'
import { KEY_TABLES, keysIn } from '../setup/access/door-keys'
import { HTTP_DOORS } from '../setup/access/doors-http'
import { LIBRARY_DOORS } from '../setup/access/doors-library'
import { LIVE_DOORS } from '../setup/access/doors-live'
import { endOpening, openAsAdmin, PAGE_DOORS } from '../setup/access/doors-pages'
import { PEOPLE_DOORS } from '../setup/access/doors-people'
import { WORKSHOP_DOORS } from '../setup/access/doors-workshops'
import { type House, openHouse, type Who } from '../setup/access/house'

const DOORS: readonly Door[] = [
  ...HTTP_DOORS,
  ...PAGE_DOORS,
  ...LIBRARY_DOORS,
  ...PEOPLE_DOORS,
  ...LIVE_DOORS,
  ...WORKSHOP_DOORS,
]
const CELLS = readCells()

/** The doors through which a cell can be tried. */
function doorsOf({ operation, standing }: Cell): readonly Door[] {
  return DOORS.filter(({ key, without }) => key === operation && !without?.includes(standing))
}

const THROUGH = CELLS.filter((cell) => cell.grant !== 'n' && doorsOf(cell).length > 0)
const BY_POLICY = CELLS.filter((cell) => !THROUGH.includes(cell))

/** What a cell lets pass, and what it refuses before anything was opened. */
const TRIED: Record<Grant, { allowed: readonly On[]; denied: readonly On[] }> = {
  '+': { allowed: ['plain'], denied: [] },
  r: { allowed: ['plain'], denied: [] },
  '-': { allowed: [], denied: ['any'] },
  o: { allowed: ['own'], denied: ['others'] },
  p: { allowed: ['published'], denied: ['draft'] },
  a: { allowed: ['plain'], denied: ['any'] },
  n: { allowed: [], denied: [] },
}

/** A stranger learns nothing, a member is told; what is hidden until published does not exist. */
function refusalOf({ standing, grant }: Cell): Answer {
  if (standing === 'anonymous') return 'unauthenticated'
  if (standing === 'removed' || standing === 'outsider' || grant === 'p') return 'not_found'
  return 'forbidden'
}

type Try = { cell: Cell; door: Door; on: On }

function tries(which: 'allowed' | 'denied', cells: readonly Cell[] = THROUGH): Try[] {
  return cells.flatMap((cell) =>
    doorsOf(cell).flatMap((door) =>
      TRIED[cell.grant][which]
        .filter((on) => on !== 'published' || !door.onlyDrafts)
        .map((on) => ({ cell, door, on })),
    ),
  )
}

const named = (each: Try) =>
  [
    `${each.cell.operation} ${each.cell.standing} at ${each.door.kind}: ${each.door.name}`,
    each,
  ] as const

let house: House
beforeAll(async () => {
  house = await openHouse()
})

/** All that is stored, as the last refusal left it. */
let known = ''

/** Refused as it should be, and all that is stored as it was. */
async function expectRefused({ cell, door, on }: Try, who: Who): Promise<void> {
  const expected = door.refuses?.[cell.standing] ?? refusalOf(cell)
  // what was begun before may end meanwhile, once; a refusal that writes does so each time
  for (let turn = 0; turn < 3; turn++) {
    expect(await door.act(house, who, on)).toBe(expected)
    const before = known
    known = await house.state()
    if (known === before) return
  }
  throw new Error('what was refused has changed what is stored')
}

describe('before anything was done, a door refuses', () => {
  it.each(tries('denied').map(named))('%s', async (_name, each) => {
    await expectRefused(each, house.people[each.cell.standing])
  })
})

describe('a door lets pass', () => {
  beforeAll(async () => {
    expect(await openAsAdmin(house, house.people.programmeAdmin)).toBe('done')
  })

  it.each(tries('allowed').map(named))('%s', async (_name, { cell, door, on }) => {
    const who = house.people[cell.standing]
    expect(await door.act(house, who, on)).toBe('done')
    if (cell.grant === 'r') expect(await door.hides?.(house, who)).toEqual([])
  })
})

describe('after a programme admin’s opening has ended, a door refuses', () => {
  beforeAll(async () => {
    expect(await endOpening(house, house.people.programmeAdmin)).toBe('done')
  })

  const opened = THROUGH.filter(({ grant }) => grant === 'a')
  it.each(tries('denied', opened).map(named))('%s', async (_name, each) => {
    await expectRefused(each, house.people.programmeAdmin)
  })
})

describe('the cells without a door', () => {
  it.each(BY_POLICY.map((cell) => [`${cell.operation} ${cell.standing}`, cell] as const))(
    '%s are as the policy says',
    (_name, { operation, standing, grant }) => {
      const actor = standing === 'anonymous' ? null : house.people[standing].actor
      const at = (fields: object = {}) =>
        can(actor, operation, { partnershipId: house.world.partnershipId, ...fields })
      const me = actor?.userId ?? ''
      const open = actor && { ...actor, opened: [house.world.partnershipId] }
      const given = {
        plain: at(),
        own: at({ ownerId: me }),
        published: at({ published: true }),
        named: at({ named: [me] }),
        opened: can(open, operation, { partnershipId: house.world.partnershipId }),
      }
      const always = grant === '+' || grant === 'r'
      expect(given).toEqual({
        plain: always,
        own: always || grant === 'o',
        published: always || grant === 'p',
        named: always || grant === 'n',
        opened: always || grant === 'a',
      })
    },
  )
})

/** Operations that a door asks for and that no test could try through it: none without a reason here. */
const UNTRIED: readonly Operation[] = []

describe('the matrix', () => {
  it('is tried through a door wherever a door asks', () => {
    const asked = new Set(KEY_TABLES.flatMap((table) => Object.values(table)).flatMap(keysIn))
    const tried = new Set<Operation>(DOORS.map(({ key }) => key))
    expect([...asked].filter((key) => !tried.has(key) && !UNTRIED.includes(key))).toEqual([])
  })

  it('is tried whole', () => {
    const standings = new Set<Standing>(CELLS.map(({ standing }) => standing))
    const operations = new Set(CELLS.map(({ operation }) => operation))
    expect(THROUGH.length + BY_POLICY.length).toBe(operations.size * standings.size)
    const sum = `${operations.size} × ${standings.size} = ${CELLS.length}`
    told = `${THROUGH.length} cells through doors, ${BY_POLICY.length} by policy; ${sum}`
  })
})

let told = ''
afterAll(() => {
  process.stdout.write(`access matrix: ${told}\n`)
})
