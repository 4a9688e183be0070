import { MongoClient } from 'mongodb'
import pino from 'pino'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryBus } from '../../server/adapters/memory-bus'
import { createCollab } from '../../server/collab'
import type { RoomAddress } from '../../server/ports'
import { freshDatabase } from '../setup/database'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

const SECRET = 'Сидоров Пётр, 12.03.1980'

let uri: string
let product: Product
let browser: Browser
let coordinator: Visitor
let physician: Visitor

beforeAll(async () => {
  uri = freshDatabase().uri
  const world = { MONGODB_URI: uri, HOST: '127.0.0.1', DATA_DIR: await scratch() }
  ;[product, browser] = await Promise.all([startProduct(world), openBrowser()])
  ;[coordinator, physician] = await Promise.all([
    visit(browser, product.origin, { locale: 'ru-RU' }),
    visit(browser, product.origin, { locale: 'en-US' }),
  ])
  await signIn(coordinator, 'coordinator.ru')
  await signIn(physician, 'physician.us')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

/** As another process of the installation does it: the product finds out by itself. */
async function purgeElsewhere(room: string, text: string): Promise<void> {
  const client = await new MongoClient(uri).connect()
  const collab = createCollab({
    db: client.db(),
    bus: createMemoryBus((error) => Promise.reject(error)),
    clock: { now: () => new Date() },
    log: pino({ level: 'silent' }),
    onSettled: () => {},
  })
  const row = await client
    .db()
    .collection('collab_log')
    .findOne({ '_id.room': { $exists: true } })
  expect(row).not.toBeNull()
  const rooms = await client.db().collection('collab_rooms').find().toArray()
  const head = rooms.find(({ _id }) => String(_id) === room)
  const at: RoomAddress = { partnership: String(head?.p), room }
  await collab.live.purge(at, [{ lang: 'ru', text }])
  await collab.close()
  await client.close()
}

const picture = async ({ page }: Visitor, name: string) => {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

describe('a protocol that is cleaned of patient data while it is open', () => {
  it('opens afresh by itself, and offers in the window what was typed and not saved', async () => {
    const path = await createProtocol(physician, 'Cleaned', 'Очистка')
    const theirs = await openProtocol(physician, path)
    const unit = await firstUnit(theirs)
    await theirs.unit('ru', unit).click()
    await physician.page.keyboard.insertText(`Пациент ${SECRET} пропускает приём.`)
    await theirs.saved()
    const ours = await openProtocol(coordinator, path)
    await ours.text('ru').getByText(SECRET).waitFor()
    // away, writing on; what was typed waits on the device
    await coordinator.context.setOffline(true)
    await coordinator.page.locator('[role=status][data-sync=offline]').waitFor({ timeout: 60_000 })
    await ours.write('en', unit, 'Call on Monday.')

    await purgeElsewhere(path.slice(-24), SECRET)

    await theirs.text('ru').getByText('Пациент […] пропускает приём.').waitFor({ timeout: 30_000 })
    const said = physician.page.getByText('This document was cleaned of patient data')
    await said.first().waitFor()
    await picture(physician, 'reader-en')
    await coordinator.context.setOffline(false)
    await ours.text('ru').getByText('Пациент […] пропускает приём.').waitFor({ timeout: 60_000 })
    const told = coordinator.page.getByRole('alert')
    await told.getByText('Из этого документа удалены данные пациента').waitFor()
    await expect.poll(() => told.textContent()).toContain('Call on Monday.')
    await coordinator.page.setViewportSize({ width: 390, height: 800 })
    await picture(coordinator, 'offered-ru-phone')
    expect(await ours.read('ru')).not.toContain('Сидоров')

    // it is written on, and nothing has come back
    await theirs.write('ru', unit, ' Ещё раз.')
    await ours.text('ru').getByText('Ещё раз.').waitFor()
    expect(await theirs.read('ru')).toBe('Пациент […] пропускает приём. Ещё раз.')
    expect(await theirs.read('en')).not.toContain('Monday')
    const kept = await coordinator.page.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
      return names.filter((name) => name.startsWith('twinward:'))
    })
    expect(kept.map((name) => name.slice(-2))).toEqual([':2'])
    expectNoProblems(coordinator, physician)
  })
})
