import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { type Product, removeScratch, startProduct } from './product'
import { openProtocol, type ProtocolPage } from './protocol-page'
import { type Committed, type SeededProtocol, seedProtocol, type Texts } from './seeded-protocol'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from './visitor'

/** Two physicians with a browser window each, every one on a line of their own that can be held up. */
export type Colleagues = {
  us: Visitor
  ru: Visitor
  /** The same protocol with those texts in both windows; units named in `inSync` are marked. */
  open: (texts: Texts, options?: { inSync?: readonly string[] }) => Promise<Shared>
  /** Nothing passes on either line, in neither direction, until it is let go: both act unaware. */
  hold: () => () => void
  /** Somebody else in a window of their own, whose line is never held. */
  joinedBy: (account: string) => Promise<Visitor>
  leave: () => Promise<void>
}

/** One protocol in two windows. */
export type Shared = SeededProtocol & {
  us: ProtocolPage
  ru: ProtocolPage
  /**
   * Wait until both windows and the server have the same text, ids, places and states, and say which.
   * Ids that were not in the texts at first are called `*1`, `*2` … in their order of appearance.
   */
  settled: () => Promise<Settled>
}

export type Settled = Committed & { faces: Record<string, string> }

const SETTLES_MS = 15_000

export async function meetColleagues(): Promise<Colleagues> {
  const [product, browser] = await Promise.all([startProduct(), openBrowser()])
  const { hostname, port } = new URL(product.origin)
  const lines = await Promise.all([1, 2].map(() => createTcpProxy(hostname, Number(port))))
  const [us, ru] = await Promise.all([
    arrive(browser, `http://127.0.0.1:${lines[0]?.port}`, 'en-US', 'physician.us'),
    arrive(browser, `http://127.0.0.1:${lines[1]?.port}`, 'ru-RU', 'physician.ru'),
  ])
  return {
    us,
    ru,
    async open(texts, { inSync = [] } = {}) {
      const seeded = await seedProtocol(us, product.origin, texts)
      await seeded.mark(...inSync)
      const [inUs, inRu] = await Promise.all([us, ru].map((one) => openProtocol(one, seeded.path)))
      if (!inUs || !inRu) throw new Error('both windows open')
      const shared = { ...seeded, us: inUs, ru: inRu }
      return { ...shared, settled: () => settle(shared, texts, [us, ru]) }
    },
    hold() {
      for (const line of lines) line.set('held')
      return () => {
        for (const line of lines) line.set('through')
      }
    },
    joinedBy: (account) => arrive(browser, product.origin, 'en-US', account),
    async leave() {
      for (const line of lines) line.set('through')
      await browser.close()
      for (const line of lines) line.close()
      await end(product)
    },
  }
}

async function arrive(browser: Browser, origin: string, locale: string, account: string) {
  const visitor = await visit(browser, origin, { locale })
  await signIn(visitor, account)
  return visitor
}

async function end(product: Product) {
  await product.stop()
  await removeScratch()
}

async function settle(
  { us, ru, read }: Omit<Shared, 'settled'>,
  texts: Texts,
  visitors: Visitor[],
): Promise<Settled> {
  const seen = async (page: ProtocolPage) => ({
    en: await page.blocks('en'),
    ru: await page.blocks('ru'),
    faces: await page.faces(),
  })
  await Promise.all([us.saved(), ru.saved()])
  let now: Moment | undefined
  await expect
    .poll(
      async () => {
        const [inUs, inRu, server] = await Promise.all([seen(us), seen(ru), read()])
        now = { us: inUs, ru: inRu, server }
        return now
      },
      { timeout: SETTLES_MS },
    )
    .toSatisfy(isAgreed)
  await Promise.all([us.saved(), ru.saved()])
  expectNoProblems(...visitors)
  if (!now) throw new Error('nothing was read')
  return readable({ ...now.server, faces: now.us.faces }, texts)
}

type Seen = Omit<Settled, 'states'>
type Moment = { us: Seen; ru: Seen; server: Committed }

/** How the seam shows a unit that has a row of its own. */
const FACE_OF: Readonly<Record<string, string>> = {
  duplicate: 'check',
  'both-changed': 'drifted',
  'source-changed': 'drifted',
  'target-changed': 'drifted',
  extra: 'missing',
  missing: 'missing',
  'order-differs': 'check',
  draft: 'check',
  'in-sync': 'in-sync',
  reviewed: 'reviewed',
}

function isAgreed({ us, ru, server }: Moment): boolean {
  const inTables = [...server.en, ...server.ru].filter((line) => line.startsWith('table')).join()
  return [us, ru].every(
    (page) =>
      same(page.en, server.en) &&
      same(page.ru, server.ru) &&
      same(page.faces, us.faces) &&
      Object.entries(server.states).every(
        ([unit, state]) => inTables.includes(`/${unit} `) || page.faces[unit] === FACE_OF[state],
      ),
  )
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Random ids as names that a test can expect. */
function readable(settled: Settled, texts: Texts): Settled {
  const known = JSON.stringify(texts)
  const names = new Map<string, string>()
  for (const line of [...settled.en, ...settled.ru]) {
    for (const id of (/(\S+)\/(\S+) /.exec(line) ?? []).slice(1)) {
      if (!known.includes(`"${id}"`) && !names.has(id)) names.set(id, `*${names.size + 1}`)
    }
  }
  const rename = (word: string) => {
    let renamed = word
    for (const [id, name] of names) renamed = renamed.replaceAll(id, name)
    return renamed
  }
  const keys = (map: Record<string, string>) =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [rename(key), value]))
  return {
    en: settled.en.map(rename),
    ru: settled.ru.map(rename),
    states: keys(settled.states),
    faces: keys(settled.faces),
  }
}
