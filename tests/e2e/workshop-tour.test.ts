import { readFile } from 'node:fs/promises'
import ICAL from 'ical.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askForCode, enterByCode, GUEST_CODE, inviteBadly } from '../fixtures/guest-visitors'
import {
  answerPoll,
  enterRoom,
  messageIn,
  openPart,
  openPoll,
  say,
  translateIntoEnglish,
} from '../fixtures/room-doings'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { announce, arrive, expectGood, inNewHaven, shoot } from '../fixtures/workshop-visitors'
import { demoDatabase } from '../setup/database'
import { letterTo } from '../setup/outbox'
import { pdfPages } from '../setup/pdf-text'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import {
  apartFromCuts,
  expectNoProblems,
  openBrowser,
  signIn,
  type Visitor,
} from '../setup/visitor'

const LIST = '/partnerships/st-petersburg-new-haven/workshops'
const TITLE = { en: 'Starting treatment on day one', ru: 'Лечение с первого дня' }
const GUEST = { name: 'Галина Ветрова', email: 'g.vetrova@clinic.example' }
const IN_ENGLISH = /Vetrova|Ветрова/
/** 256 kbit/s in bytes per second, each way, as far from the server as the southern Urals. */
const SLOW_LINE = { bandwidth: 32_000, latencyMs: 60, jitterMs: 30 }
const MINUTE_MS = 60_000

let product: Product
let browser: Browser
let dataDir: string
let line: Awaited<ReturnType<typeof createTcpProxy>>
let us: Visitor
let ru: Visitor
let guest: Visitor
/** Set by the first test: all of them are one story. */
let id: string
let begins: Date
let guestLink: string

beforeAll(async () => {
  dataDir = await scratch()
  const env = { MONGODB_URI: (await demoDatabase()).uri, DATA_DIR: dataDir, HOST: '127.0.0.1' }
  ;[product, browser] = await Promise.all([startProduct(env), openBrowser()])
  const { hostname, port } = new URL(product.origin)
  line = await createTcpProxy(hostname, Number(port))
  line.slow(SLOW_LINE)
  const wire = product.origin.replace(port, String(line.port))
  ;[us, ru, guest] = await Promise.all([
    arrive(browser, product.origin, 'en-US', 'America/New_York', 1280),
    arrive(browser, wire, 'ru-RU', 'Asia/Yekaterinburg', 390),
    arrive(browser, product.origin, 'ru-RU', 'Europe/Moscow', 360),
  ])
  await Promise.all([signIn(us, 'coordinator.us'), signIn(ru, 'physician.ru')])
})

afterAll(async () => {
  await browser?.close()
  line?.close()
  await product?.stop()
  await removeScratch()
})

const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ')

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

describe('a workshop from its announcement to its certificates', () => {
  it('is planned by the form in both languages and announced', async () => {
    const { page } = us
    await page.goto(`${LIST}/new`)
    begins = new Date(Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS)
    const [date, time] = inNewHaven(begins)
    for (const number of [3, 2]) await button(page, `Remove part ${number}`).click()
    for (const [name, words] of Object.entries({
      titleEn: TITLE.en,
      titleRu: TITLE.ru,
      objectivesEn: 'Agree on how a visit begins.',
      objectivesRu: 'Договориться, с чего начинается приём.',
      startsOn: date,
      startsTime: time,
      'agenda.0.titleEn': 'The first visit',
      'agenda.0.titleRu': 'Первый приём',
      'agenda.0.minutes': '30',
    })) {
      await page.locator(`[name="${name}"]`).fill(words)
    }
    await page.getByLabel('People without an account may come by a link').check()
    await button(page, 'Save as a draft').click()
    await page.waitForURL(/workshops\/[0-9a-f]{24}$/)
    id = page.url().slice(-24)
    await announce(page)
  })

  it('is found and registered for in Russian on a slow line', async () => {
    const { page } = ru
    await page.goto(LIST)
    await expectGood(ru, 'list')
    await page.getByRole('link', { name: TITLE.ru }).first().click()
    await button(page, 'Записаться').click()
    await page.getByText('Вы записаны.').waitFor()
    await expectGood(ru, 'registered')
  })

  it('goes into a calendar at its moment', async () => {
    const file = await ru.context.request.get(`/workshops/${id}/event.ics`)
    expect(file.headers()['content-type']).toContain('text/calendar')
    const parsed = new ICAL.Component(ICAL.parse(await file.text()))
    const [found, ...others] = parsed.getAllSubcomponents('vevent')
    const event = new ICAL.Event(found)
    expect(others).toEqual([])
    expect(event.summary).toContain(TITLE.ru)
    expect(event.startDate.toJSDate()).toEqual(begins)
    expect(event.duration.toSeconds()).toBe(30 * 60)
  })

  it('takes a guest by a link, a letter and a facilitator at the door', async () => {
    await us.page.goto(`${LIST}/${id}/guests`)
    await button(us.page, 'Make a link').click()
    const shown = await us.page.getByText(/\/w\/[\w-]{20,}$/).textContent()
    guestLink = new URL(shown ?? '').pathname
    await inviteBadly(us.page)
    await expect.poll(() => us.page.getByText(/\/w\/[\w-]{20,}$/).textContent()).toBe(shown)

    const { page } = guest
    await page.goto(guestLink)
    await page.getByRole('heading', { name: TITLE.ru }).waitFor()
    await expectGood(guest, 'guest-asks')
    await askForCode(guest, GUEST)
    await expectGood(guest, 'guest-code')
    const letter = await letterTo(dataDir, GUEST.email, GUEST_CODE)
    expect(letter).toContain(TITLE.ru)
    await enterByCode(guest, letter)
    await page.getByRole('heading', { name: 'Вы в зале ожидания' }).waitFor()
    await expectGood(guest, 'guest-waits')

    await enterRoom(us.page, id)
    await openPart(us.page, 'People')
    await us.page.getByText(IN_ENGLISH).first().waitFor()
    await button(us.page, /^Let in/).click()
    await page.waitForURL('**/room')
    await page.locator('[data-line=here]').waitFor()
  })

  it('begins for everybody at once, and the chat crosses with translations', async () => {
    await enterRoom(ru.page, id)
    await openPart(us.page, 'Run')
    await button(us.page, 'Start').click()
    for (const { page } of [ru, guest]) {
      await page.getByText('Идёт сейчас', { exact: true }).first().waitFor()
      await openPart(page, 'Чат')
    }
    await openPart(us.page, 'Chat')
    await say(ru.page, 'Добрый вечер из Оренбурга.')
    const greeting = messageIn(us.page, 'Добрый вечер')
    await greeting.waitFor()
    await translateIntoEnglish(us.page.locator('[role=log]'), 'Good evening from Orenburg.')
    await messageIn(us.page, 'Good evening').getByText('Original in Russian').waitFor()
    await messageIn(guest.page, 'Добрый вечер').getByText('Перевод на английский').waitFor()
    await say(guest.page, 'Спасибо, что впустили.')
    await messageIn(ru.page, 'Спасибо, что впустили.').waitFor()
    for (const one of [ru, guest]) await expectGood(one, `chat-${one === ru ? 390 : 360}`)
  })

  it('answers a question that a guest wants answered too', async () => {
    await openPart(ru.page, 'Вопросы')
    await ru.page.getByLabel('Ваш вопрос').fill('Кто выдаёт препараты вечером?')
    await button(ru.page, 'Задать вопрос').click()
    await openPart(guest.page, 'Вопросы')
    await button(guest.page, /Мне тоже нужен ответ/).click()
    await openPart(us.page, 'Questions')
    const asked = us.page.getByRole('article').filter({ hasText: 'Кто выдаёт' })
    await asked.getByRole('button', { name: /answered too, 1 vote/ }).waitFor()
    await button(us.page, 'Answer now').click()
    await openPart(guest.page, 'Слайды')
    await guest.page.getByText('Сейчас отвечаем на вопрос').waitFor()
    await button(us.page, 'Answer in writing').click()
    await us.page.getByLabel('Answer in writing').fill('The nurse on duty, until nine.')
    await button(us.page, 'Post answer').click()
    await openPart(guest.page, 'Вопросы')
    for (const { page } of [ru, guest]) await page.getByText('The nurse on duty').waitFor()
    await expectGood(ru, 'question')
  })

  it('counts a poll of both and shows it', async () => {
    const prompt = { en: 'Do you test on day one?', ru: 'Тестируете в первый день?' }
    await openPoll(us.page, prompt)
    await Promise.all([
      answerPoll(ru.page, prompt.ru, 'Да'),
      answerPoll(guest.page, prompt.ru, 'Нет'),
    ])
    await us.page.getByText('2 answers').first().waitFor()
    await button(us.page, 'Show results to everybody').click()
    for (const one of [ru, guest]) {
      const rows = one.page.getByRole('table').getByRole('row')
      await rows.filter({ hasText: 'Да' }).getByText('50 %').waitFor()
      await rows.filter({ hasText: 'Нет' }).getByText('50 %').waitFor()
      await expectGood(one, `poll-${one === ru ? 390 : 360}`)
    }
  })

  it('loses and doubles nothing where a line is cut', async () => {
    await openPart(ru.page, 'Чат')
    await openPart(us.page, 'Chat')
    line.set('refuse')
    await ru.page.getByText(/Связь прервалась в \d/).waitFor()
    await say(ru.page, 'Пишу без связи.')
    await ru.page.locator('[data-unsent=pending]').waitFor()
    await expectGood(ru, 'cut')
    const meanwhile = ['First of three.', 'Second of three.', 'Third of three.']
    for (const words of meanwhile) await say(us.page, words)
    await messageIn(us.page, 'Third of three.').waitFor()
    line.set('through')
    await ru.page.locator('[data-line=here]').waitFor({ timeout: 30_000 })
    for (const { page } of [us, ru, guest]) {
      if (page === guest.page) await openPart(page, 'Чат')
      for (const words of [...meanwhile, 'Пишу без связи.', 'Спасибо, что впустили.']) {
        await messageIn(page, words).first().waitFor()
        await expect.poll(() => messageIn(page, words).count(), { message: words }).toBe(1)
      }
    }
    await expect.poll(() => ru.page.locator('[data-unsent]').count()).toBe(0)
  })

  it('ends for everybody, and its old link says so', async () => {
    await openPart(us.page, 'Run')
    await button(us.page, 'End the workshop').click()
    await button(us.page, 'End it').click()
    for (const one of [ru, guest]) {
      await one.page
        .getByText('Семинар завершён. Спасибо за участие.')
        .filter({ visible: true })
        .first()
        .waitFor()
      await expectGood(one, `over-${one === ru ? 390 : 360}`)
    }
    const late = await arrive(browser, product.origin, 'ru-RU', 'Europe/Moscow', 360)
    await late.page.goto(guestLink)
    await late.page.getByRole('heading', { name: 'Эта ссылка больше не действует' }).waitFor()
    await expectGood(late, 'link-over')
    expectNoProblems(late)
    await late.context.close()
  })

  it('corrects who was there for how long, and issues certificates', async () => {
    const { page } = us
    await page.goto(`${LIST}/${id}/attendance`)
    const row = (name: string | RegExp) => page.getByRole('listitem').filter({ hasText: name })
    for (const name of ['Okafor', 'Korsakov', IN_ENGLISH]) {
      await row(name).first().waitFor()
    }
    for (const name of ['Korsakov', IN_ENGLISH]) {
      const one = row(name).filter({ has: page.locator('details') })
      await one.locator('summary').click()
      await one.getByLabel('Minutes there').fill('30')
      await one.getByLabel('Why').fill('Came late by the measure only')
      await one.getByRole('button', { name: /^Correct / }).click()
      await one.getByText('30 min', { exact: true }).waitFor()
    }
    await shoot(page, 'attendance')
    await button(page, 'Issue 2 certificates').click()
    await page.getByText('2 certificates were issued.').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Certificate (PDF)' }).count()).toBe(2)
  })

  it('gives a certificate that anybody can check, without an address on it', async () => {
    const { page } = ru
    await page.goto(`/workshops/${id}`)
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Сертификат (PDF)' }).click()
    const download = await coming
    const file = await readFile(await download.path())
    const text = (await pdfPages(file)).join('\n')
    expect(text).toContain('Корсаков')
    expect(text).toContain(TITLE.ru)
    const [code = ''] = /\b(?:[2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}\b/.exec(text) ?? []
    expect(code).not.toBe('')

    const anybody = await arrive(browser, product.origin, 'ru-RU', 'Europe/Moscow', 360)
    await anybody.page.goto(`/certificates/${code}`)
    await expectGood(anybody, 'certificate')
    const main = plain(await anybody.page.locator('main').textContent())
    const day = new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeZone: 'America/New_York' })
    const date = plain(day.format(begins))
    for (const said of ['Корсаков', TITLE.ru, '0,5 часа', date, code]) expect(main).toContain(said)
    expect(main).not.toMatch(/[\w.]+@[\w.-]+/)
    await guest.page.goto(`/workshops/${id}`)
    await guest.page.getByRole('link', { name: 'Сертификат (PDF)' }).waitFor()
    await expectGood(guest, 'guest-after')
    expectNoProblems(us, guest, anybody, apartFromCuts(ru))
    await anybody.context.close()
  })
})
