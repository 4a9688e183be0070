import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Actor } from '../../shared/actor'
import { BODY_ROOT } from '../../shared/editor/content'
import { unitHash } from '../../shared/editor/unit-hash'
import { LANGUAGES, type Language } from '../../shared/languages'
import { createWorld } from '../setup/world'

it('a drift is told to who wrote the paragraph, though they never marked it', async () => {
  const world = await createWorld()
  const [writer, polisher, marker, editor] = [
    await world.member('editor'),
    await world.member('editor'),
    await world.member('editor', 'b'),
    await world.member('editor', 'b'),
  ]
  const room = await world.protocol()
  const { origin } = await world.serve()
  const at = { partnership: world.partnershipId, room }

  /** Change the first paragraph as that person, and wait until it is committed. */
  async function type(actor: Actor, lang: Language, change: (text: Y.XmlText) => void) {
    const headers = { cookie: await world.cookie(actor), origin }
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers })
      }
    }
    const doc = new Y.Doc()
    const provider = new WebsocketProvider(`${origin.replace('http', 'ws')}/collab`, room, doc, {
      WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    await expect.poll(() => provider.synced, { timeout: 10_000 }).toBe(true)
    const paragraph = doc.getXmlFragment(BODY_ROOT[lang]).get(0)
    if (!(paragraph instanceof Y.XmlElement)) throw new Error('no paragraph')
    const known = paragraph.get(0)
    const text = known instanceof Y.XmlText ? known : new Y.XmlText()
    if (text !== known) paragraph.insert(0, [text])
    change(text)
    const wanted = text.toString()
    await expect
      .poll(async () => (await world.collab.live.read(at)).blocks[lang][0]?.text)
      .toBe(wanted)
    provider.destroy()
    doc.destroy()
  }

  const say = (words: string) => (text: Y.XmlText) => text.insert(0, words)
  await type(writer, 'ru', say('Позвоните пациенту в течение трёх дней после пропуска'))
  await type(polisher, 'ru', (text) => text.insert(text.length, '.'))
  await type(marker, 'en', say('Call the patient within three days.'))
  const { blocks } = await world.collab.live.read(at)
  const [en, ru] = LANGUAGES.map((lang) => blocks[lang][0])
  await world.services.protocols.markInSync(marker, room, {
    unit: en?.unit ?? '',
    from: 'ru',
    to: 'en',
    sourceHash: unitHash([ru?.text ?? '']),
    targetHash: unitHash([en?.text ?? '']),
    state: 'translated',
    clientKey: randomUUID(),
  })
  await type(editor, 'en', (text) => text.insert(0, 'Always. '))

  const count = (actor: Actor) => world.services.notifications.countNotifications(actor)
  await expect.poll(() => count(writer), { timeout: 10_000 }).toBe(1)
  expect(await count(marker)).toBe(1)
  // a full stop is not the paragraph, and nobody is told of what they did
  expect(await count(polisher)).toBe(0)
  expect(await count(editor)).toBe(0)
}, 40_000)
