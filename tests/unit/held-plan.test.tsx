// @vitest-environment jsdom
import { act } from 'react'
import type { Root } from 'react-dom/client'
import { createMemoryRouter, useActionData, useLoaderData, useRouteError } from 'react-router-dom'
import { afterEach, expect, it } from 'vitest'
import { PlanPage, type PlanPageData } from '../../app/features/workshops/plan-page'
import type { Refusal } from '../../app/lib/refusal'
import { keepLoaded, rereadStale, stayRefused, useKeptLoaded } from '../../app/lib/reread-stale'
import { loadWords } from '../../server/services/words'
import common from '../../shared/locales/en/common.json'
import errors from '../../shared/locales/en/errors.json'
import people from '../../shared/locales/en/people.json'
import privacy from '../../shared/locales/en/privacy.json'
import workshops from '../../shared/locales/en/workshops.json'
import { showRouter } from '../setup/shown-router'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
HTMLDialogElement.prototype.close ??= () => {}

let root: Root | null = null
let box: HTMLElement

afterEach(async () => {
  await act(async () => root?.unmount())
  box?.remove()
})

const ROW = 'a'.repeat(24)
const STORED = {
  titleEn: 'Stored',
  mode: 'virtual',
  startsOn: '2031-12-02',
  startsTime: '09:00',
  timeZone: 'UTC',
  'agenda.0.id': ROW,
  'agenda.0.titleEn': 'Doses',
  'agenda.0.minutes': '20',
}

type Line = { answer: () => Promise<object>; status: number; load: () => Promise<object> }

function Route() {
  useKeptLoaded()
  const refusal = (useActionData() ?? null) as Refusal | null
  return <PlanPage {...(useLoaderData() as PlanPageData)} refusal={refusal} />
}

function Broken() {
  return <p>{String(useRouteError())}</p>
}

/** The page of a plan on a real router, over a line that answers as it is told. */
async function opened(line: Partial<Line>, values: Record<string, string> = STORED) {
  const words = { common, errors, people, privacy, workshops }
  const i18n = loadWords({ en: words, ru: words }, 'common')
  await i18n.changeLanguage('en')
  const at = '2030-05-01T09:30:00.000Z'
  const plan = { id: 'w', values, rev: 1, siblings: 0, later: { open: [] } }
  const nothing = { sides: [], mySideId: null, mine: 'me', clientKey: '', like: null }
  const choices = { people: [], resources: [], channelKinds: ['link'] }
  const page = { list: '/workshops', now: at, choices, ...nothing, plan: { ...plan, saved: null } }
  const serverLoader = async () => ({ lang: 'en', timeZone: 'UTC', ...(await line.load?.()) })
  const answer = async ({ request }: { request: Request }) => {
    const values = Object.fromEntries(await request.formData()) as Record<string, string>
    const refused = (await line.answer?.()) ?? {}
    return Response.json({ refused: { detail: {}, ...refused }, values }, { status: line.status })
  }
  line.load ??= async () => page
  const router = createMemoryRouter([
    {
      id: 'root',
      path: '/',
      element: <Route />,
      errorElement: <Broken />,
      shouldRevalidate: rereadStale as never,
      loader: ({ request, params }) =>
        keepLoaded({ request, params, serverLoader: serverLoader as never }),
      action: answer,
    },
  ])
  ;({ box, root } = await showRouter(i18n, router))
  await settled()
  return { page, router }
}

const settled = () => act(async () => new Promise((done) => setTimeout(done, 20)))

function field(name: string): HTMLInputElement {
  const found = box.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!found) throw new Error(`no field ${name}: ${box.textContent}`)
  return found
}

async function type(name: string, text: string) {
  await act(async () => {
    const { prototype } = HTMLInputElement
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field(name), text)
    field(name).dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function send() {
  const form = field('titleEn').form
  await act(async () => form?.requestSubmit())
  await settled()
}

it('what is typed after a refusal stays when the page is gone about in', async () => {
  const { router } = await opened({
    answer: async () => ({ code: 'invalid_input', detail: { 'plan.capacity': 'capacity' } }),
    status: 422,
  })
  await type('titleEn', 'Sent')
  await send()
  expect(field('titleEn').value).toBe('Sent')
  await type('titleEn', 'Typed since')
  // the skip link, or any other one within the page
  await act(async () => router.navigate('/#main'))
  await settled()
  expect(field('titleEn').value).toBe('Typed since')
  // the list of what is wrong does not change the address, not even for a place that is not there
  field('capacity').id = 'gone'
  const [line] = box.querySelectorAll<HTMLElement>('[role=alert] a')
  expect(line?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))).toBe(
    false,
  )
})

it('what is typed while a plan is on its way stays with any refusal', async () => {
  for (const [code, status, detail] of [
    ['invalid_input', 422, { 'plan.titleEn': 'tooLong', 'plan.phone': 'tooLong' }],
    ['unreachable', 503, {}],
  ] as const) {
    let arrive = (_answer: object) => {}
    const answer = () =>
      new Promise<object>((done) => {
        arrive = done
      })
    await opened({ answer, status })
    await type('titleEn', 'Sent')
    await send()
    await type('titleEn', 'Typed since')
    await act(async () => arrive({ code, detail }))
    await settled()
    expect([code, field('titleEn').value, field('base').value]).toEqual([code, 'Typed since', '1'])
    if (code === 'invalid_input') {
      // what was found wrong is no longer there
      expect(field('titleEn').getAttribute('aria-invalid')).toBe(null)
      expect(field('phone').getAttribute('aria-invalid')).toBe('true')
    }
    await act(async () => root?.unmount())
    box.remove()
  }
})

it('a plan that came too late stays when the page cannot be read again', async () => {
  let load: Line['load'] | undefined
  const line: Partial<Line> = { answer: async () => ({ code: 'conflict' }), status: 409 }
  const { page } = await opened(line)
  line.load = () => load?.() ?? Promise.reject(new TypeError('Failed to fetch'))
  await type('titleEn', 'Mine')
  await send()
  expect(field('titleEn').value).toBe('Mine')
  expect(box.querySelector('[role=alert]')?.textContent).toContain(errors.conflict)
  await type('titleEn', 'Mine since')
  // sent once more, with the line there again
  const values = { ...STORED, titleEn: 'Theirs' }
  load = async () => ({ ...page, plan: { ...page.plan, values, rev: 2 } })
  await send()
  expect([field('titleEn').value, field('base').value]).toEqual(['Mine since', '2'])
  expect(box.querySelector('[id="theirs.titleEn"]')?.textContent).toContain('Theirs')
})

it('what such a page stands in stays after every refusal', () => {
  const asked = (actionStatus?: number) =>
    stayRefused({ actionStatus, defaultShouldRevalidate: true } as never)
  expect([asked(), asked(409), asked(422), asked(503)]).toEqual([true, false, false, false])
})

it('tells of all links of theirs that find no place beside one’s own', async () => {
  const links = (...urls: string[]) =>
    Object.fromEntries(
      urls.flatMap((url, at) => {
        const row = { id: url.repeat(24), kind: 'link', spoken: 'ru', url: `https://${url}.org` }
        return Object.entries(row).map(([name, value]) => [`channels.${at}.${name}`, value])
      }),
    )
  const line: Partial<Line> = { answer: async () => ({ code: 'conflict' }), status: 409 }
  const { page } = await opened(line, { ...STORED, ...links('a', 'b', 'c') })
  const add = [...box.querySelectorAll('button')].find(
    ({ textContent }) => textContent === workshops.form.addChannel,
  )
  await act(async () => add?.click())
  await type('channels.3.url', 'https://mine.org')
  const values = { ...STORED, ...links('b', 'c', 'd', 'e') }
  line.load = async () => ({ ...page, plan: { ...page.plan, values, rev: 2 } })
  await send()
  const theirs = box.querySelector('[id="theirs.channels"]')?.textContent
  for (const url of ['b', 'c', 'd', 'e'])
    expect(theirs).toContain(`https://${url}.org · ${workshops.spoken.ru}`)
  // what they took out, and nobody changed here, does not come back
  const [first, second, third] = [0, 1, 2].map((at) => field(`channels.${at}.url`).value)
  expect([first, second, third]).toEqual(['https://b.org', 'https://c.org', 'https://mine.org'])
})
