import { type Answer, ask, type Door, form, key, type On, page, post, visit } from './door'
import { peopleOf, protocolOf, seenIn, withWord } from './doors-http'
import { authorOf, DRAFT_WORD, type House, openThread, PUBLISHED_WORD, type Who } from './house'
import { keepCopy } from './live'

/** The programme's own pages do not exist for anybody else. */
const NOTHING_THERE = {
  coordinator: 'not_found',
  editor: 'not_found',
  reviewer: 'not_found',
  viewer: 'not_found',
  observer: 'not_found',
} as const

const HERE = 'partnerships.$slug'
const title = { titleEn: 'New', titleRu: '' }
const words = { lang: 'en', text: 'A post.' }

/** The pages and their forms. */
export const PAGE_DOORS: readonly Door[] = [
  page('partnership:see', ({ base }) => base, HERE, {
    async hides(house, who) {
      const { text } = await visit(house, who, house.base, `routes/${HERE}`)
      return seenIn(text, peopleOf(house))
    },
  }),
  page('partnership:see', ({ base }) => base, `${HERE}._index`, {
    async hides(house, who) {
      const { text } = await visit(house, who, house.base, `routes/${HERE}._index`)
      return seenIn(text, peopleOf(house))
    },
  }),
  page('member:list', ({ base }) => `${base}/people`, `${HERE}.people`),
  form('addresses on the page of people', 'member:see-email', async (house, who) => {
    const { answer, text } = await visit(
      house,
      who,
      `${house.base}/people`,
      `routes/${HERE}.people`,
    )
    const [address = ''] = peopleOf(house).filter((word) => word.includes('@'))
    return answer !== 'done' || text.includes(address) ? answer : 'forbidden'
  }),
  page('protocol:list', ({ base }) => `${base}/protocols`, `${HERE}.protocols._index`, {
    async act(house, who, on) {
      const route = `routes/${HERE}.protocols._index`
      return withWord(await visit(house, who, `${house.base}/protocols`, route), on)
    },
  }),
  page('protocol:open', () => '', '', {
    async act(house, who, on) {
      const path = `${house.base}/protocols/${protocolOf(house, on)}`
      return (await visit(house, who, path, `routes/${HERE}.protocols.$protocolId`)).answer
    },
  }),
  page('protocol:create', ({ base }) => `${base}/protocols/new`, `${HERE}.protocols.new`),
  form('a new protocol', 'protocol:create', (house, who) =>
    post(house, who, `${house.base}/protocols/new`, { ...title, ...key() }),
  ),
  form('a new title', 'protocol:create', (house, who) =>
    post(house, who, `${house.base}/protocols/${house.things.draft}`, {
      titleEn: `${DRAFT_WORD} doses`,
      titleRu: '',
    }),
  ),
  page(
    'version:read',
    ({ base, things }) => `${base}/protocols/${things.draft}/copies`,
    `${HERE}.protocols.$protocolId_.copies`,
  ),
  form('the copies, for a page that is open', 'version:read', async (house, who) => {
    const path = `${house.base}/protocols/${house.things.draft}/kept`
    return (await ask(house, who, path)).answer
  }),
  form('a copy that is put back', 'version:name', async (house, who, on) => {
    const { draft: room, copy } = on === 'any' ? house.things : await newCopy(house)
    return post(house, who, `${house.base}/protocols/${room}/copies`, { copy })
  }),
  form('a mark', 'translation:mark-in-sync', (house, who) => mark(house, who)),
  page(
    'protocol:purge',
    ({ base, things }) => `${base}/purge?what=text&protocol=${things.draft}`,
    `${HERE}.purge`,
  ),
  form('a passage that is purged', 'protocol:purge', (house, who) =>
    post(house, who, `${house.base}/purge?what=text&protocol=${house.things.draft}`, {
      ...{ scope: 'passages', passages: 'Nobody ever wrote that', step: 'purge' },
    }),
  ),
  page('glossary:read', ({ base }) => `${base}/glossary`, `${HERE}.glossary`),
  page('search:read', () => '', '', {
    async act(house, who, on) {
      const q = on === 'published' ? PUBLISHED_WORD : DRAFT_WORD
      const path = `${house.base}/search?q=${q}`
      const { answer, text } = await visit(house, who, path, `routes/${HERE}.search`)
      const id = protocolOf(house, on)
      return answer !== 'done' || text.includes(id) ? answer : 'not_found'
    },
  }),
  page('thread:read', ({ base }) => `${base}/discussions`, `${HERE}.discussions._index`),
  page(
    'thread:read',
    ({ base, things }) => `${base}/discussions/${things.thread}`,
    `${HERE}.discussions.$threadId`,
  ),
  form('the posts before one', 'thread:read', async (house, who) => {
    const path = `${house.base}/discussions/${house.things.thread}/posts?before=2`
    return (await ask(house, who, path)).answer
  }),
  form('a thread beside a protocol', 'thread:read', async (house, who) => {
    const path = `${house.base}/discussions/${house.things.thread}/beside`
    return (await ask(house, who, path)).answer
  }),
  form('what has been shown', 'thread:read', (house, who) =>
    change(house, who, { intent: 'read', seq: '1' }),
  ),
  form('a post on the thread’s page', 'thread:reply', (house, who) =>
    post(house, who, `${house.base}/discussions/${house.things.thread}`, { ...words, ...key() }),
  ),
  form('a post from an open page', 'thread:reply', (house, who) =>
    post(house, who, `${house.base}/discussions/${house.things.thread}/reply`, {
      ...words,
      ...key(),
    }),
  ),
  form('a translation of a post', 'thread:reply', (house, who) =>
    change(house, who, { intent: 'translate', replyId: house.things.reply, text: 'Первое.' }),
  ),
  form('a post that is edited', 'comment:edit', async (house, who, on) =>
    change(house, who, {
      intent: 'edit',
      replyId: await replyOf(house, who, on),
      text: 'Said anew.',
    }),
  ),
  form('a post that is deleted', 'comment:edit', async (house, who, on) => {
    const own =
      on === 'own' || on === 'plain'
        ? await openThread(house.world, authorOf(house, who, on))
        : null
    const thread = own?.thread ?? house.things.thread
    const replyId = own?.reply ?? house.things.reply
    const path = `${house.base}/discussions/${thread}/change`
    return post(house, who, path, { intent: 'delete', replyId })
  }),
  form('a thread that is closed and opened', 'thread:moderate', async (house, who) => {
    const closed = await change(house, who, { intent: 'lock' })
    return closed === 'done' ? change(house, who, { intent: 'unlock' }) : closed
  }),
  page('thread:create', ({ base }) => `${base}/discussions/new`, `${HERE}.discussions.new`),
  form('a new thread', 'thread:create', (house, who) =>
    post(house, who, `${house.base}/discussions/new`, { ...title, ...words, ...key() }),
  ),
  form('a new thread beside a protocol', 'thread:create', (house, who) =>
    post(house, who, `${house.base}/discussions/beside`, { ...title, ...words, ...key() }),
  ),
  form(
    'whom one can call',
    'mention:find',
    async (house, who) => (await ask(house, who, `${house.base}/discussions/beside`)).answer,
  ),
  page('notification:own', () => '/notifications', 'notifications', { act: ownNotices }),
  page('self:manage', () => '/account', 'account._index'),
  page('system:inspect', () => '/admin', 'admin', { refuses: NOTHING_THERE }),
  form(
    'the page of openings',
    'admin:open',
    async (house, who) =>
      (await visit(house, who, `${house.base}/open`, `routes/${HERE}_.open`)).answer,
  ),
  form('an opening', 'admin:open', (house, who) => openAsAdmin(house, who)),
]

/** Open as programme admin, through the door that does it. */
export function openAsAdmin(house: House, who: Who): Promise<Answer> {
  const fields = { intent: 'open', reason: 'A member asked for help with a text.', ...key() }
  return post(house, who, `${house.base}/open`, fields)
}

export function endOpening(house: House, who: Who): Promise<Answer> {
  return post(house, who, `${house.base}/open`, { intent: 'end' })
}

function change(house: House, who: Who, fields: Record<string, string>): Promise<Answer> {
  return post(house, who, `${house.base}/discussions/${house.things.thread}/change`, fields)
}

/** A protocol whose copy has just been kept. */
async function newCopy({ world, origin, keeper }: House) {
  const draft = await world.protocol()
  const at = { partnership: world.partnershipId, room: draft }
  return { draft, copy: await keepCopy(world, origin, keeper.cookie ?? '', at) }
}

/** Marks whatever the unit says now; what is refused never comes to comparing it. */
async function mark(house: House, who: Who): Promise<Answer> {
  const { marked } = house.things
  const { text } = await ask(house, house.keeper, `/api/v1/protocols/${marked}`)
  const { units } = JSON.parse(text)
  const [{ unit, hash }] = units
  return post(house, who, `${house.base}/protocols/${marked}/mark.data`, {
    unit,
    from: 'en',
    to: 'ru',
    sourceHash: hash.en,
    targetHash: hash.ru,
    state: 'translated',
    ...key(),
  })
}

/** Everybody's own list; who has left sees no more of what they left. */
async function ownNotices(house: House, who: Who): Promise<Answer> {
  const { answer, text } = await visit(house, who, '/notifications', 'routes/notifications')
  if (answer !== 'done' || !house.told.includes(who.actor?.userId ?? '')) return answer
  return text.includes(house.world.slug) ? answer : 'not_found'
}

/** A post of theirs, or the one that the keeper wrote. */
async function replyOf(house: House, who: Who, on: On): Promise<string> {
  // nobody's words are put into another's mouth: whoever may, edits their own
  if (on !== 'own' && on !== 'plain') return house.things.reply
  const { services } = house.world
  const input = { text: 'Mine.', lang: 'en' as const, ...key() }
  return (await services.discussions.postReply(await house.now(who), house.things.thread, input)).id
}
