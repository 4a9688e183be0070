import { afterEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { EditorOf } from '../../server/collab/editors'
import { BODY_ROOT } from '../../shared/editor/content'
import { bilingual, p } from '../fixtures/bilingual'
import { createCollabWorld, firstText, until } from '../fixtures/collab'

const SETTLE_MS = 50

/** What the services are doing with what they were told. */
let running = 0
let most = 0
const told: string[] = []
let editorOf: EditorOf | undefined
let hold: Promise<void> | undefined

const world = await createCollabWorld({
  timings: { settleMs: SETTLE_MS },
  async onSettled(_at, content, _by, writers) {
    running += 1
    most = Math.max(most, running)
    await hold
    running -= 1
    told.push(content.blocks.en[0]?.text ?? '')
    editorOf = writers.editorOf
  },
})

afterEach(() => {
  hold = undefined
  most = 0
  told.length = 0
})

it('what was committed is told one state after the other, the newest last', async () => {
  const at = await world.room()
  const client = world.join(at, world.person())
  await until('in', () => client.provider.synced)
  let release = () => {}
  hold = new Promise((resolve) => {
    release = resolve
  })
  firstText(client.doc).insert(5, ' one')
  await until('the first is being noted', () => running === 1)
  for (const word of [' two', ' three']) {
    firstText(client.doc).insert(firstText(client.doc).length, word)
    const wanted = firstText(client.doc).toString()
    const text = async () => (await world.collab.live.read(at)).blocks.en[0]?.text
    await until('committed', async () => (await text()) === wanted)
    // longer than the next would wait for its turn
    await new Promise((resolve) => setTimeout(resolve, 3 * SETTLE_MS))
  }
  expect([running, told]).toEqual([1, []])
  release()
  await until('the newest is noted', () => told.at(-1) === 'Hello one two three')
  expect([most, told]).toEqual([1, ['Hello one', 'Hello one two three']])
})

it('each paragraph has the editor who changed it last, in its language', async () => {
  const at = await world.room(
    bilingual([p('u1', 'Hello'), p('u2', 'Bye')], [p('u1', 'Привет'), p('u2', 'Пока')]),
  )
  const [anna, boris] = [world.person(), world.person()]
  const [hers, his] = [world.join(at, anna), world.join(at, boris)]
  await until('in', () => hers.provider.synced && his.provider.synced)
  const body = (doc: Y.Doc) => doc.getXmlFragment(BODY_ROOT.en)
  firstText(hers.doc).delete(0, 1)
  const added = new Y.XmlElement('paragraph')
  added.setAttribute('uid', 'u3-en')
  added.setAttribute('unit', 'u3')
  added.insert(0, [new Y.XmlText('New')])
  body(hers.doc).push([added])
  await until('he has it', () => body(his.doc).length === 3)
  const second = body(his.doc).get(1)
  const text = second instanceof Y.XmlElement ? second.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error('no second paragraph')
  text.insert(0, 'Good ')
  firstText(his.doc, 'ru').insert(0, 'О, ')
  const done = () => editorOf?.('u2', 'en') !== undefined && editorOf('u1', 'ru') !== undefined
  await until('told', done)
  const who = (unit: string, lang: 'en' | 'ru') => editorOf?.(unit, lang)?.userId
  expect([who('u1', 'en'), who('u3', 'en')]).toEqual([anna.userId, anna.userId])
  expect([who('u2', 'en'), who('u1', 'ru')]).toEqual([boris.userId, boris.userId])
  expect(who('u2', 'ru')).toBeUndefined()
})
