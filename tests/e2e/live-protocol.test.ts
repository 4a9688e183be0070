import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { updateFrame } from '../../server/collab/frames'
import { type Product, removeScratch, startProduct } from '../setup/product'
import {
  createProtocol,
  firstUnit,
  openProtocol,
  protocolOn,
  ST_PETERSBURG,
} from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

let product: Product
let browser: Browser
let ru: Visitor
let us: Visitor

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  ;[ru, us] = await Promise.all([
    visit(browser, product.origin, { locale: 'ru-RU' }),
    visit(browser, product.origin, { locale: 'en-US' }),
  ])
  await signIn(ru, 'physician.ru')
  await signIn(us, 'physician.us')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

/** The same new protocol, open in both windows. */
async function both(title: string) {
  const path = await createProtocol(us, title, title)
  const [inUs, inRu] = [await openProtocol(us, path), await openProtocol(ru, path)]
  return { path, inUs, inRu, unit: await firstUnit(inUs) }
}

/** The same, with one unit written in both languages and marked in sync. */
async function bothInSync(title: string) {
  const opened = await both(title)
  const { inUs, inRu, unit } = opened
  await inUs.write('en', unit, 'Review at 4 weeks, then monthly.')
  await inRu.write('ru', unit, 'Осмотрите через 4 недели, далее ежемесячно.')
  await inUs.unit('ru', unit).getByText('4 недели').waitFor()
  await seam(us).click()
  await us.page.getByRole('button', { name: 'Mark in sync', exact: true }).click()
  await seam(us, 'In sync').waitFor()
  await seam(ru, 'Сверено').waitFor()
  return opened
}

/** The one button on the seam of a protocol with one unit, in that state. */
function seam({ page }: Visitor, state = '') {
  return page.locator('.seam-button:visible').and(page.getByRole('button', { name: state }))
}

describe('two clinicians in one protocol', () => {
  it('see each other’s words and carets, each in the right column', async () => {
    const { inUs, inRu, unit } = await both('Words and carets')
    await inUs.write('en', unit, 'Call within 48 hours.')
    await inRu.write('ru', unit, 'Позвоните в течение 48 часов.')

    await inRu.unit('en', unit).getByText('Call within 48 hours.').waitFor()
    await inUs.unit('ru', unit).getByText('Позвоните в течение 48 часов.').waitFor()
    await inRu
      .text('en')
      .getByText('Priya Raman')
      .or(inRu.text('en').getByText('Прия Раман'))
      .first()
      .waitFor({ state: 'attached' })
    expect(await inRu.text('ru').locator('.peer-caret').count()).toBe(0)
    await inUs.text('ru').locator('.peer-caret').first().waitFor({ state: 'attached' })
    expectNoProblems(us, ru)
  })

  it('flag the other language within two seconds of an edit, and clear it by undo', async () => {
    const { inUs, inRu, unit } = await bothInSync('Drift and undo')
    await inUs.unit('en', unit).click()
    await us.page.keyboard.press('End')
    await us.page.keyboard.type(' Then stop.')
    await seam(ru, 'Разошлось').waitFor({ timeout: 2_000 })
    await inRu.page.getByText('Then stop.').first().waitFor()

    await us.page.keyboard.press('Control+z')
    await expect.poll(() => inRu.read('en')).toBe('Review at 4 weeks, then monthly.')
    await seam(ru, 'Сверено').waitFor({ timeout: 2_000 })
    expectNoProblems(us, ru)
  })

  it('settle a drift with "still correct", for both at once', async () => {
    const { inUs, inRu, unit } = await bothInSync('Still correct')
    await inUs.write('en', unit, ' Thank the patient.')
    // what is judged is what has come
    await expect.poll(() => inRu.read('en')).toContain('Thank the patient.')
    await ru.page.getByRole('button', { name: 'Всё по-прежнему верно' }).first().click()
    await seam(ru, 'Сверено').waitFor()
    await seam(us, 'In sync').waitFor()
    expectNoProblems(us, ru)
  })

  it('lose nothing when the line is cut in the middle of a sentence', async () => {
    const { inUs, inRu, unit } = await both('Cut line')
    await inRu.write('ru', unit, 'Спросите о пропусках')
    await ru.context.setOffline(true)
    await ru.page.keyboard.type(' на каждом визите, без осуждения.', { delay: 5 })
    await ru.page.locator('[role=status][data-sync=offline]').waitFor({ timeout: 60_000 })
    await expect.poll(() => inRu.status.textContent()).toContain('Нет связи')
    await inUs.write('en', unit, 'Ask about missed doses.')

    await ru.context.setOffline(false)
    await inUs
      .unit('ru', unit)
      .getByText('на каждом визите, без осуждения.')
      .waitFor({ timeout: 45_000 })
    await inRu.unit('en', unit).getByText('Ask about missed doses.').waitFor()
    await inRu.saved()
    expectNoProblems(us, ru)
  })

  it('keep what was written offline over a reload', async () => {
    const { inUs, inRu, path, unit } = await both('Reload offline')
    await inRu.write('ru', unit, 'До обрыва.')
    await inRu.saved()
    // only the live line is cut: the page itself can still be loaded
    await ru.page.routeWebSocket(/\/collab\//, (socket) => socket.close())
    const again = await openOffline(path)
    await again.write('ru', unit, ' После обрыва.')
    await ru.page.locator('[role=status][data-sync=offline]').waitFor()
    await ru.page.unrouteAll()
    const fresh = await ru.context.newPage()
    await ru.page.close()
    ru.page = fresh
    const back = await openProtocol(ru, path)
    expect(await back.read('ru')).toBe('До обрыва. После обрыва.')
    await expect.poll(() => inUs.read('ru'), { timeout: 10_000 }).toBe('До обрыва. После обрыва.')

    async function openOffline(at: string) {
      await ru.page.goto(at)
      await ru.page.locator('[role=status][data-sync=offline]').waitFor()
      return protocolOn(ru.page)
    }
  })
})

describe('those who may not write', () => {
  it('a viewer reads live and changes nothing by any frame', async () => {
    const { inUs, path, unit } = await both('Viewer')
    await inUs.write('en', unit, 'Written by an editor.')
    await inUs.saved()
    const viewer = await visit(browser, product.origin)
    await signIn(viewer, 'viewer')
    const seen = await openProtocol(viewer, path)
    await expect.poll(() => seen.text('en').getAttribute('contenteditable')).toBe('false')
    expect(await seen.read('en')).toBe('Written by an editor.')

    const cookie = (await viewer.context.cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const closed = await sendForged(path, cookie, (doc) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('Forged.')])
      doc.getXmlFragment('body:en').insert(0, [paragraph])
    })
    expect(closed).toBe(4403)
    expect(await inUs.read('en')).toBe('Written by an editor.')
    await viewer.context.close()
  })

  it('a stranger finds neither page nor data nor socket', async () => {
    const { path } = await both('Stranger')
    const id = path.split('/').at(-1) ?? ''
    const stranger = await visit(browser, product.origin)
    await signIn(stranger, 'stranger')
    for (const hidden of [
      ST_PETERSBURG,
      `${ST_PETERSBURG}/protocols`,
      path,
      `/api/v1/protocols/${id}`,
    ]) {
      expect((await stranger.page.goto(hidden))?.status(), hidden).toBe(404)
    }
    const cookie = (await stranger.context.cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    await expect(sendForged(path, cookie, () => {})).rejects.toThrow('404')
    await stranger.context.close()
  })
})

/** Open the protocol's socket with that cookie and send what `change` does to an empty document; the close code. */
function sendForged(path: string, cookie: string, change: (doc: Y.Doc) => void): Promise<number> {
  const id = path.split('/').at(-1)
  const address = `${product.origin.replace('http', 'ws')}/collab/${id}?ack=1`
  const socket = new WebSocket(address, { headers: { cookie, origin: product.origin } })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', resolve)
    socket.on('open', () => {
      const doc = new Y.Doc()
      change(doc)
      socket.send(updateFrame(Y.encodeStateAsUpdate(doc)))
    })
  })
}
