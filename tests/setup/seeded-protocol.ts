import { randomUUID } from 'node:crypto'
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import { expect } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { z } from 'zod'
import { BODY_ROOT, type DocJson } from '../../shared/editor/content'
import { protocolSchema } from '../../shared/editor/schema'
import { LANGUAGES, type Language } from '../../shared/languages'
import { body } from '../fixtures/bilingual'
import { ST_PETERSBURG } from './protocol-page'
import type { Visitor } from './visitor'

export type Texts = Record<Language, DocJson[]>

/** What the server has committed, as `blocks` of a page writes it, and the state of each unit with text. */
export type Committed = Record<Language, string[]> & { states: Record<string, string> }

/** A protocol made without a page, so that a test begins with the text that it is about. */
export type SeededProtocol = {
  path: string
  /** Record that these units' texts agree. */
  mark: (...units: string[]) => Promise<void>
  read: () => Promise<Committed>
}

/**
 * A new protocol that holds those texts, written by the visitor's account over the live socket.
 *
 * @param origin of the product itself
 */
export async function seedProtocol(
  visitor: Visitor,
  origin: string,
  texts: Texts,
): Promise<SeededProtocol> {
  const cookies = await visitor.context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin }
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json' },
      body: new URLSearchParams({ ...form, clientKey: randomUUID() }),
      redirect: 'manual',
    })

  const made = await post(`${ST_PETERSBURG}/protocols/new`, { titleEn: 'Seeded', titleRu: 'Проба' })
  const path = made.headers.get('location') ?? ''
  expect(path, `answered ${made.status}`).toMatch(/\/protocols\/[0-9a-f]{24}$/)
  const id = path.slice(-24)
  const read = async () => {
    const answer = await fetch(`${origin}/api/v1/protocols/${id}`, { headers })
    return committed(ProtocolText.parse(await answer.json()))
  }
  await write(`${origin.replace('http', 'ws')}/collab`, id, headers, texts)
  const written = linesOf(Node.parse(body(...texts.en)))
  await expect.poll(async () => (await read()).en, { timeout: 10_000 }).toEqual(written)

  return {
    path,
    read,
    async mark(...units) {
      const answer = await fetch(`${origin}/api/v1/protocols/${id}`, { headers })
      const known = ProtocolText.parse(await answer.json()).units
      for (const unit of units) {
        const hash = known.find((each) => each.unit === unit)?.hash
        const form = { unit, from: 'en', to: 'ru', state: 'translated' }
        const marked = await post(`${path}/mark`, {
          ...form,
          sourceHash: hash?.en ?? '',
          targetHash: hash?.ru ?? '',
        })
        expect(marked.status, `${unit} marked`).toBe(200)
      }
    },
  }
}

const Node = z.object({
  type: z.string(),
  attrs: z.record(z.string(), z.unknown()).optional(),
  get content() {
    return z.array(Node).optional()
  },
  text: z.string().optional(),
})
type Node = z.infer<typeof Node>

const ProtocolText = z.object({
  body: z.object({ en: Node, ru: Node }),
  units: z.array(
    z.object({
      unit: z.string(),
      state: z.string(),
      hash: z.object({ en: z.string().nullable(), ru: z.string().nullable() }),
    }),
  ),
})

function committed({ body: bodies, units }: z.infer<typeof ProtocolText>): Committed {
  const withText = units.filter(({ hash }) => hash.en !== null || hash.ru !== null)
  return {
    en: linesOf(bodies.en),
    ru: linesOf(bodies.ru),
    states: Object.fromEntries(withText.map(({ unit, state }) => [unit, state])),
  }
}

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  callout: 'aside',
  table: 'table',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
}
const COUNTED = ['listItem', 'tableRow', 'tableCell', 'tableHeader']

function linesOf(node: Node, path: readonly string[] = []): string[] {
  if (node.type === 'paragraph' || node.type === 'heading') {
    const text = (node.content ?? []).map((child) => child.text ?? '').join('')
    return [`${path.join(' ')} ${node.attrs?.uid}/${node.attrs?.unit} ${text}`]
  }
  return (node.content ?? []).flatMap((child, index) => {
    const tag = child.type === 'heading' ? `h${child.attrs?.level}` : (TAGS[child.type] ?? '?')
    const name = COUNTED.includes(child.type) ? `${tag}${index + 1}` : tag
    return linesOf(child, [...path, name])
  })
}

/** As any client of the protocol would: a stock provider, which leaves when its text has been sent. */
async function write(base: string, id: string, headers: Record<string, string>, texts: Texts) {
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(base, id, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  try {
    await expect.poll(() => provider.synced, { timeout: 10_000 }).toBe(true)
    doc.transact(() => {
      for (const lang of LANGUAGES) {
        const fragment = doc.getXmlFragment(BODY_ROOT[lang])
        fragment.delete(0, fragment.length)
        prosemirrorToYXmlFragment(protocolSchema.nodeFromJSON(body(...texts[lang])), fragment)
      }
    })
    // all that was said has left when the close that follows it is answered
    const socket = provider.ws
    provider.shouldConnect = false
    socket?.close()
    await expect.poll(() => provider.wsconnected, { timeout: 10_000 }).toBe(false)
  } finally {
    provider.destroy()
    doc.destroy()
  }
}
