import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, startCluster } from '../fixtures/cluster'
import { attendRoom } from '../fixtures/room-lines'
import { plantLiveWorkshop } from '../setup/live-workshop'
import { removeScratch } from '../setup/product'
import {
  createProtocol,
  firstUnit,
  openProtocol,
  type ProtocolPage,
  ST_PETERSBURG,
  typeUntil,
} from '../setup/protocol-page'
import { next } from '../setup/sockets'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

/** Between processes while Redis is there, on a busy machine, milliseconds. */
const FAST = { timeout: 3_000 }
/** Three seconds through the log, and what the machine needs. */
const THROUGH_THE_LOG = { timeout: 6_000 }
/** A line that was lost is made anew after seconds that differ. */
const BACK = { timeout: 25_000 }

let cluster: Cluster
let browser: Browser
/** On the first process. */
let ru: Visitor
/** On the second one. */
let us: Visitor
let inRu: ProtocolPage
let inUs: ProtocolPage
let unit: string

beforeAll(async () => {
  ;[cluster, browser] = await Promise.all([startCluster(), openBrowser()])
  ru = await visit(browser, await cluster.door(() => 0), { locale: 'ru-RU' })
  us = await visit(browser, await cluster.door(() => 1), { locale: 'en-US' })
  await Promise.all([signIn(ru, 'physician.ru'), signIn(us, 'physician.us')])
})

afterAll(async () => {
  await browser?.close()
  await cluster?.stop()
  await removeScratch()
})

const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i + 1}`)

describe('two people on two processes', () => {
  it('see each other’s words and carets as they write in one protocol', async () => {
    const path = await createProtocol(us, 'Two processes', 'Два процесса')
    ;[inRu, inUs] = await Promise.all([openProtocol(ru, path), openProtocol(us, path)])
    unit = await firstUnit(inUs)
    const both = [
      inUs.write('en', unit, 'Ask about missed doses.'),
      inRu.write('ru', unit, 'Спросите о пропусках.'),
    ]
    await Promise.all(both)
    await expect.poll(() => inRu.read('en'), FAST).toContain('Ask about missed doses.')
    await expect.poll(() => inUs.read('ru'), FAST).toContain('Спросите о пропусках.')
    await inUs
      .text('ru')
      .locator('.peer-caret')
      .first()
      .waitFor({ state: 'attached', ...FAST })
    await inRu
      .text('en')
      .locator('.peer-caret')
      .first()
      .waitFor({ state: 'attached', ...FAST })
    await Promise.all([inRu.saved(), inUs.saved()])
    expectNoProblems(us, ru)
  })

  it('see who is there, what is posted, and who is writing', async () => {
    const [one, two] = [await ru.context.newPage(), await us.context.newPage()]
    await Promise.all([one.goto(ST_PETERSBURG), two.goto(ST_PETERSBURG)])
    await two.getByRole('list', { name: 'Here now:' }).getByText('Korsakov').waitFor(BACK)
    await one.getByRole('list', { name: 'Сейчас здесь:' }).getByText('Раман').waitFor(BACK)

    await two.goto(`${ST_PETERSBURG}/discussions/new`)
    await two.locator('input[name=titleEn]').fill('Who calls?')
    await two.locator('main textarea[name=text]').fill('The nurse, here.')
    await two.getByRole('button', { name: 'Open discussion' }).click()
    await two.waitForURL(/\/discussions\/[0-9a-f]{24}$/)
    await one.goto(new URL(two.url()).pathname)
    await one.getByText('The nurse, here.').waitFor()
    const words = one.locator('main textarea[name=text]')
    const isSeenWriting = async () => {
      await words.pressSequentially('У нас врач. ')
      return two.getByText('Dmitriy Korsakov is writing…').isVisible()
    }
    await expect.poll(isSeenWriting, BACK).toBe(true)
    await words.fill('У нас врач.')
    await one.keyboard.press('Control+Enter')
    await two.getByText('У нас врач.').waitFor()
    // once, though two ways lead there
    await wait(500)
    await expect.poll(() => two.locator('main li[data-seq]').count()).toBe(2)
    await expect.poll(() => one.locator('main li[data-seq]').count()).toBe(2)
    await Promise.all([one.close(), two.close()])
  })

  it('are in one room: what is said, voted and closed, who is there, and who is put out', async () => {
    const runs = 'coordinator.us'
    const { workshopId } = await plantLiveWorkshop(
      cluster.uri,
      ST_PETERSBURG.split('/').at(-1) ?? '',
      `${runs}@demo.twinward.example`,
    )
    const [one, two] = cluster.nodes.map(({ origin }) => origin) as [string, string]
    const mine = await attendRoom(one, 'viewer', workshopId)
    const theirs = await attendRoom(two, runs, workshopId)
    const both = [mine, theirs].map(({ line }) =>
      next(line, 'workshop:here', (it) => it.count === 2),
    )
    const me = await mine.join()
    if (!me.ok) throw new Error(me.code)
    await theirs.join()
    await Promise.all(both)

    const said = next(mine.line, 'workshop:item', ({ item }) => item.kind === 'message')
    await theirs.act({ act: 'say', text: 'Heard there?', lang: 'en', clientKey: randomUUID() })
    expect((await said).item).toMatchObject({ text: 'Heard there?' })
    const asked = next(theirs.line, 'workshop:item', ({ item }) => item.kind === 'question')
    await mine.act({ act: 'ask', text: 'And here?', lang: 'en', clientKey: randomUUID() })
    expect((await asked).item).toMatchObject({ text: 'And here?' })

    const { item } = await theirs.act({
      act: 'make_poll',
      form: 'single',
      promptEn: 'Who calls?',
      options: ['a', 'b'].map((id) => ({ id, en: id })),
      clientKey: randomUUID(),
    })
    const poll = item?.id ?? ''
    const turns = (status: 'open' | 'closed') =>
      next(mine.line, 'workshop:item', (it) => it.item.kind === 'poll' && it.item.status === status)
    const opens = turns('open')
    await theirs.act({ act: 'open_poll', item: poll })
    await opens
    const vote = { act: 'vote', item: poll, choices: ['a'], lang: 'en' }
    const counts = (of: typeof mine, count: number) =>
      next(of.line, 'workshop:tallies', (it) => it.tallies.some((each) => each.count === count))
    // one after the other, or each process would count both for itself
    const first = counts(theirs, 1)
    expect((await mine.act(vote)).status).toBe(200)
    await first
    const second = counts(mine, 2)
    expect((await theirs.act(vote)).status).toBe(200)
    await second
    const closes = turns('closed')
    await theirs.act({ act: 'close_poll', item: poll })
    await closes
    expect((await mine.act({ ...vote, choices: ['b'] })).status).toBe(409)

    const ended = new Promise((resolve) => mine.line.once('disconnect', resolve))
    const left = next(theirs.line, 'workshop:here', ({ count }) => count === 1)
    await theirs.act({ act: 'let_in', participant: me.value.me.id, on: false })
    await Promise.all([ended, left])
    const again = await attendRoom(one, 'viewer', workshopId)
    expect(await again.join()).toEqual({ ok: false, code: 'forbidden' })
  }, 30_000)

  it('see each other’s words when Redis is killed, and at once again after its return', async () => {
    await cluster.redis.kill()
    await inRu.write('ru', unit, ' Без Redis.')
    await expect.poll(() => inUs.read('ru'), THROUGH_THE_LOG).toContain('Без Redis.')
    await inUs.write('en', unit, ' Without Redis.')
    await expect.poll(() => inRu.read('en'), THROUGH_THE_LOG).toContain('Without Redis.')
    await cluster.redis.restart()
    // both processes look for it every two seconds
    await wait(2_500)
    await inRu.write('ru', unit, ' Снова с ним.')
    await expect.poll(() => inUs.read('ru'), FAST).toContain('Снова с ним.')
    expectNoProblems(us, ru)
  })

  it('lose nothing that was shown as saved when a process is killed in mid-sentence', async () => {
    await inRu.unit('ru', unit).last().click()
    await ru.page.keyboard.press('End')
    const stop = { now: false }
    const typing = typeUntil(stop, inRu)
    await expect.poll(() => inRu.read('ru'), { timeout: 20_000 }).toMatch(/w30\b/)
    await cluster.nodes[0]?.kill()
    await wait(500)
    stop.now = true
    const shownSaved = await typing
    expect(shownSaved).toBeGreaterThan(0)
    await inUs.write('en', unit, ' Written meanwhile.')

    // its page comes back by the other process, with what it had not sent yet
    await inRu.status.and(ru.page.locator('[data-sync=saved]')).waitFor(BACK)
    await expect.poll(() => inRu.read('en'), BACK).toContain('Written meanwhile.')
    const mine = await inRu.read('ru')
    await expect.poll(() => inUs.read('ru'), FAST).toBe(mine)
    const there = mine.split(/\s+/)
    for (const word of words(shownSaved)) {
      expect(there.filter((each) => each === word)).toEqual([word])
    }
    // and the killed one, started again, has it all from the log
    await cluster.restart(0)
    const fresh = await visit(browser, await cluster.door(() => 0))
    await signIn(fresh, 'reviewer')
    const again = await openProtocol(fresh, new URL(us.page.url()).pathname)
    expect(await again.read('ru')).toBe(mine)
    expectNoProblems(us, ru, fresh)
  })
})
