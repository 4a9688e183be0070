import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import { ENDPOINTS, WRITES } from '../../server/http/api/endpoints'
import type { Actor } from '../../shared/actor'
import { type Answer, ask } from '../setup/access/door'
import { DRAFT_WORD, type House, openHouse, PUBLISHED_WORD, type Who } from '../setup/access/house'
import { openLine } from '../setup/access/live'
import { addressOf, entriesOf, fileRoutes } from '../setup/access/pages'
import { connect, opened } from '../setup/sockets'
import { tusOf } from '../setup/tus'

/** Ids of one partnership in the doors of another (docs/hostile-inputs.md, H). */

let house: House
/** A coordinator of the other partnership, and of nothing else. */
let foreigner: Who
/** A coordinator of both. */
let both: Who
beforeAll(async () => {
  house = await openHouse()
  foreigner = house.people.outsider
  both = await house.member('coordinator')
  const { elsewhere } = house
  const other = await Partnership.findById(elsewhere.partnershipId).lean()
  await Membership.create({
    partnership: elsewhere.partnershipId,
    user: both.actor?.userId,
    side: other?.sides[0]?._id,
    role: 'coordinator',
    cadre: 'physician',
    status: 'active',
  })
})

const ROUTES = fileRoutes()
/** Whatever stands below a partnership's address, with each way in. */
const WITHIN = ROUTES.flatMap((route) =>
  entriesOf(route).map((entry) => ({ id: route.id, entry, address: addressOf(route, ROUTES) })),
).filter(({ address }) => address.startsWith('/partnerships/:slug'))
/** Those that name a thing there. */
const OF_THINGS = WITHIN.filter(({ address }) => /:(?!slug)/.test(address))

/** A thing of the house for each parameter of an address. */
function idsOf({ things, keeper }: House): Record<string, string> {
  return {
    protocolId: things.draft,
    threadId: things.thread,
    resourceId: things.item,
    userId: keeper.actor?.userId ?? '',
    workshopId: things.workshop,
  }
}

function filled(address: string, slug: string): string {
  const ids: Record<string, string> = { ...idsOf(house), slug }
  return address.replace(/:(\w+)/g, (_whole, name: string) => {
    const id = ids[name]
    if (!id) throw new Error(`a test knows no ${name}`)
    return id
  })
}

/** One loader or action alone, past whatever stands around it. */
async function enter(
  who: Who,
  { id, entry }: (typeof WITHIN)[number],
  path: string,
): Promise<Answer> {
  if (entry === 'loader') return (await ask(house, who, `${path}.data?_routes=${id}`)).answer
  // a form of an index page says so in its address
  const query = id.endsWith('._index') ? '?index' : ''
  return (await ask(house, who, `${path}.data${query}`, { ...everyField(), ...intentOf(id) }))
    .answer
}

/** Fields that the forms there know, right ones: what is wrong must not be why it is refused. */
function everyField(): Record<string, string> {
  const { things } = house
  const hash = '0'.repeat(64)
  return {
    titleEn: 'T',
    titleRu: '',
    aboutEn: '',
    aboutRu: '',
    kind: 'leaflet',
    lang: 'en',
    text: 'Text.',
    reason: 'A reason that is long enough.',
    replyId: things.reply,
    renditionId: things.link,
    seq: '1',
    copy: things.copy,
    unit: 'u-000000000000',
    from: 'en',
    to: 'ru',
    sourceHash: hash,
    targetHash: hash,
    state: 'translated',
    status: 'draft',
    target: 'resource',
    targetId: things.item,
    clientKey: randomUUID(),
  }
}

function intentOf(id: string): Record<string, string> {
  if (id.endsWith('_.open')) return { intent: 'open' }
  if (id.includes('.discussions.')) return { intent: 'read' }
  if (id.endsWith('.translation')) return { intent: 'ask' }
  return { intent: 'describe' }
}

/** Not there; or refused for its fields before anything was looked for, which tells nothing. */
const NOTHING_TOLD = ['not_found', 'odd: 422']

describe('row 156: things of one partnership under the address of another', () => {
  it.each(OF_THINGS.map((each) => [`${each.id} ${each.entry}`, each] as const))(
    'are not there for a member of both at %s',
    async (_name, each) => {
      const answer = await enter(both, each, filled(each.address, house.elsewhere.slug))
      expect(NOTHING_TOLD).toContain(answer)
    },
  )

  it('are there under their own', async () => {
    const page = OF_THINGS.find(({ id }) => id.endsWith('.discussions.$threadId'))
    if (!page) throw new Error('no such page')
    expect(await enter(both, page, filled(page.address, house.world.slug))).toBe('done')
  })
})

describe('row 157: a partnership of others', () => {
  it.each(WITHIN.map((each) => [`${each.id} ${each.entry}`, each] as const))(
    'is not there at %s',
    async (_name, each) => {
      const before = await house.state()
      const answer = await enter(foreigner, each, filled(each.address, house.world.slug))
      expect(NOTHING_TOLD).toContain(answer)
      if (each.entry === 'loader') expect(answer).toBe('not_found')
      expect(await house.state()).toBe(before)
    },
  )

  const things: Record<string, (each: House) => string> = {
    partnerships: ({ world }) => world.partnershipId,
    protocols: ({ things }) => things.draft,
    threads: ({ things }) => things.thread,
  }
  const addressed = [...ENDPOINTS, ...WRITES].filter(({ path }) => path.includes('{id}'))
  it.each(addressed.map((each) => [each.operationId, each] as const))(
    'has nothing at the interface’s %s',
    async (_name, each) => {
      const [, noun = ''] = each.path.split('/')
      const path = `/api/v1${each.path.replace('{id}', things[noun]?.(house) ?? '')}`
      const body = 'body' in each
      const answer = await fetch(`${house.origin}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          cookie: foreigner.cookie ?? '',
          origin: house.origin,
          'content-type': 'application/json',
        },
        ...(body ? { body: '{}' } : {}),
      })
      expect(answer.status).toBe(404)
    },
  )

  it('has no files, uploads, live documents or rooms either', async () => {
    const { origin, things, world } = house
    expect((await ask(house, foreigner, `/files/${things.file}`)).answer).toBe('not_found')
    const tus = tusOf(origin, foreigner.cookie ?? '')
    const metadata = { filename: 'a.txt', resourceId: things.item, lang: 'en', status: 'draft' }
    expect((await tus.create(10, metadata)).status).toBe(404)
    expect((await tus.head(`/uploads/${things.file}`)).status).toBe(404)
    expect((await openLine(origin, foreigner.cookie, things.draft)).status).toBe(404)
    const socket = connect(origin, foreigner.cookie)
    await opened(socket)
    const { partnershipId } = world
    const refused = { ok: false, code: 'not_found' }
    expect(await socket.emitWithAck('partnership:join', { partnershipId })).toEqual(refused)
    const at = { threadId: things.thread, afterRev: 0 }
    expect(await socket.emitWithAck('thread:join', at)).toEqual(refused)
  })
})

describe('row 158: an id that is guessed', () => {
  it('is nothing beside the one that is known', async () => {
    const { things } = house
    const beside = (id: string, by: number) =>
      (BigInt(`0x${id}`) + BigInt(by)).toString(16).padStart(24, '0')
    for (const by of [-1, 1, 2]) {
      const tried = [
        `/api/v1/protocols/${beside(things.draft, by)}`,
        `/api/v1/threads/${beside(things.thread, by)}/replies`,
        `/files/${beside(things.file, by)}`,
      ]
      for (const path of tried) expect((await ask(house, foreigner, path)).answer).toBe('not_found')
    }
  })
})

describe('row 159: after somebody was removed', () => {
  it('no list, search, count or notification of theirs has a word of it', async () => {
    const { world, base, things } = house
    const actor = await world.member('editor', 'b', { name: { given: 'Gone', family: 'Away' } })
    const who: Who = { standing: 'removed', actor, cookie: await world.cookie(actor) }
    const mention = { text: '@Gone Away, look.', lang: 'en' as const, clientKey: randomUUID() }
    const keeper = house.keeper.actor as Actor
    await world.services.discussions.postReply(keeper, things.thread, mention)
    expect((await ask(house, who, '/notifications.data')).text).toContain(things.thread)
    await world.remove(actor)

    for (const path of ['/notifications.data', '/partnerships.data', '/api/v1/partnerships']) {
      const { answer, text } = await ask(house, who, path)
      expect(answer).toBe('done')
      for (const word of [things.thread, world.slug, 'look.']) expect(text).not.toContain(word)
    }
    for (const path of [
      `${base}/search.data?q=${DRAFT_WORD}`,
      `${base}/discussions/beside`,
      `${base}/discussions.data`,
    ]) {
      expect((await ask(house, who, path)).answer).toBe('not_found')
    }
    // nobody can call them any more
    const found = await ask(house, house.keeper, `${base}/discussions/beside`)
    expect(found.text).not.toContain(actor.userId)
    expect(await world.services.notifications.countNotifications(await house.now(who))).toBe(0)
  })
})

describe('row 160: what one could read once', () => {
  it('is not there once one has left: text, copies, files', async () => {
    const { world, base, things } = house
    const actor = await world.member('editor')
    const who: Who = { standing: 'removed', actor, cookie: await world.cookie(actor) }
    const paths = [
      `${base}/protocols/${things.draft}/copies.data`,
      `${base}/protocols/${things.draft}/kept`,
      `/api/v1/protocols/${things.draft}`,
      `/files/${things.file}`,
    ]
    for (const path of paths) expect((await ask(house, who, path)).answer).toBe('done')
    await world.remove(actor)
    for (const path of paths) expect((await ask(house, who, path)).answer).toBe('not_found')
    const put = { copy: things.copy }
    const back = await ask(house, who, `${base}/protocols/${things.draft}/copies.data`, put)
    expect(back.answer).toBe('not_found')
  })
})

describe('row 164: an observer', () => {
  const asks: [string, (house: House) => string, Answer][] = [
    ['a draft', ({ things }) => `/api/v1/protocols/${things.draft}`, 'not_found'],
    ['its page', ({ base, things }) => `${base}/protocols/${things.draft}.data`, 'not_found'],
    ['its copies', ({ base, things }) => `${base}/protocols/${things.draft}/kept`, 'forbidden'],
    ['a discussion', ({ things }) => `/api/v1/threads/${things.thread}/replies`, 'forbidden'],
    ['people', ({ base }) => `${base}/people.data`, 'forbidden'],
    ['whom one can call', ({ base }) => `${base}/discussions/beside`, 'forbidden'],
    ['a file', ({ things }) => `/files/${things.file}`, 'not_found'],
  ]
  it.each(asks)('does not get %s', async (_what, path, refusal) => {
    expect((await ask(house, house.people.observer, path(house))).answer).toBe(refusal)
  })

  it.each([
    ['the home page', ({ base }: House) => `${base}.data`],
    ['the list of partnerships', () => '/api/v1/partnerships'],
    ['the published protocols', ({ base }: House) => `${base}/protocols.data`],
    ['what is published', ({ things }: House) => `/api/v1/protocols/${things.published}`],
    ['a search', ({ base }: House) => `${base}/search.data?q=doses`],
  ])('gets %s without drafts, addresses and numbers of people', async (_what, path) => {
    const { observer } = house.people
    const { answer, text } = await ask(house, observer, path(house))
    expect(answer).toBe('done')
    expect(text).not.toContain(DRAFT_WORD)
    const self = await User.findById(observer.actor?.userId).lean()
    const addresses = house.names.filter((word) => word.includes('@') && word !== self?.email)
    expect(addresses.filter((word) => text.includes(word))).toEqual([])
    expect(text).not.toMatch(/"memberCount":\d/)
    if (path(house).includes('published')) expect(text).toContain(PUBLISHED_WORD)
  })
})
