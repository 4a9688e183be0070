import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { Protocol } from '../../models/protocol'
import type { Actor } from '../../shared/actor'
import { BODY_ROOT } from '../../shared/editor/content'
import { unitHash } from '../../shared/editor/unit-hash'
import { LANGUAGES, type Language } from '../../shared/languages'
import { createWorld, type World } from '../setup/world'

type Place = { origin: string; room: string }

/** A page of that person, in the room. */
async function enter(world: World, { origin, room }: Place, actor: Actor) {
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
  return {
    doc,
    leave() {
      provider.destroy()
      doc.destroy()
    },
  }
}

/** The text of a body's paragraph; an empty one gets its text. */
function textIn(doc: Y.Doc, lang: Language, index = 0): Y.XmlText {
  const paragraph = doc.getXmlFragment(BODY_ROOT[lang]).get(index)
  if (!(paragraph instanceof Y.XmlElement)) throw new Error('no paragraph')
  const known = paragraph.get(0)
  if (known instanceof Y.XmlText) return known
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  return text
}

/** Change the first paragraph as that person, and wait until it is committed. */
async function typeIn(
  world: World,
  place: Place,
  actor: Actor,
  lang: Language,
  change: (text: Y.XmlText) => void,
) {
  const page = await enter(world, place, actor)
  const text = textIn(page.doc, lang)
  change(text)
  const wanted = text.toString()
  const at = { partnership: world.partnershipId, room: place.room }
  await expect
    .poll(async () => (await world.collab.live.read(at)).blocks[lang][0]?.text)
    .toBe(wanted)
  page.leave()
}

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

  const type = (actor: Actor, lang: Language, change: (text: Y.XmlText) => void) =>
    typeIn(world, { origin, room }, actor, lang, change)

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

it('a drift is the doing of who changed that paragraph, whoever typed last elsewhere', async () => {
  const world = await createWorld()
  const [writer, changer, other] = [
    await world.member('editor'),
    await world.member('editor', 'b'),
    await world.member('editor', 'b'),
  ]
  const room = await world.protocol()
  const { origin } = await world.serve()
  const place = { origin, room }
  const at = { partnership: world.partnershipId, room }
  const [his, hers] = [await enter(world, place, changer), await enter(world, place, other)]
  textIn(his.doc, 'ru').insert(0, 'Позвоните пациенту.')
  textIn(his.doc, 'en').insert(0, 'Call the patient.')
  const further = new Y.XmlElement('paragraph')
  further.setAttribute('uid', 'further')
  further.setAttribute('unit', 'further')
  his.doc.getXmlFragment(BODY_ROOT.en).push([further])
  const blocks = async () => (await world.collab.live.read(at)).blocks
  await expect.poll(() => blocks()).toMatchObject({ en: [{ text: 'Call the patient.' }, {}] })
  const [unit = ''] = (await blocks()).en.map((block) => block.unit)
  await world.services.protocols.markInSync(changer, room, {
    unit,
    from: 'ru',
    to: 'en',
    sourceHash: unitHash(['Позвоните пациенту.']),
    targetHash: unitHash(['Call the patient.']),
    state: 'translated',
    clientKey: randomUUID(),
  })
  const settled = async () => (await Protocol.findById(room).lean())?.counts
  await expect.poll(settled, { timeout: 10_000 }).toMatchObject({ inSync: 1 })
  await expect.poll(() => hers.doc.getXmlFragment(BODY_ROOT.en).length).toBe(2)

  // both within one settling, she last
  textIn(his.doc, 'en').delete(0, 5)
  await expect.poll(() => textIn(hers.doc, 'en').toString()).toBe('the patient.')
  textIn(hers.doc, 'en', 1).insert(0, 'Something else.')

  await expect.poll(settled, { timeout: 10_000 }).toMatchObject({ drifted: 1 })
  expect(String((await Protocol.findById(room).lean())?.editedBy)).toBe(other.userId)
  const home = await world.services.home.readHome(writer, world.partnershipId)
  expect(home.waitingForMe.find(({ kind }) => kind === 'drift')).toMatchObject({
    unit,
    by: { id: changer.userId },
  })
  // his own mark, his own change: nobody tells him of it
  expect(await world.services.notifications.countNotifications(changer)).toBe(0)
  his.leave()
  hers.leave()
}, 40_000)
