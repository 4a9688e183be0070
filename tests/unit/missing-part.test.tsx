// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MissingPart } from '../../app/components/missing-part'
import { createI18n } from '../../app/lib/i18n'
import { untilThere, useLater } from '../../app/lib/later'
import common from '../../shared/locales/en/common.json'

let root: Root
let box: HTMLElement

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  box = document.body.appendChild(document.createElement('main'))
  root = createRoot(box)
})
afterEach(async () => {
  await act(async () => root.unmount())
  box.remove()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A file that is lost so many times, and then comes. */
function lost(times: number) {
  let asked = 0
  return async () => {
    asked += 1
    if (asked <= times) throw new TypeError('Failed to fetch')
    return 'part'
  }
}

function Page({ load }: { load: () => Promise<unknown> }) {
  return <p>{useLater(load) ? 'it has come' : 'it has not come'}</p>
}

async function show(load: () => Promise<unknown>) {
  const i18n = await createI18n('en', { en: { common } })
  await act(async () =>
    root.render(
      <I18nextProvider i18n={i18n}>
        <Page load={load} />
        <MissingPart />
      </I18nextProvider>,
    ),
  )
}

const wait = (ms: number) => act(async () => vi.advanceTimersByTimeAsync(ms))
/** What is seen of it. */
const says = () => {
  const note = box.querySelector<HTMLElement>('[role=status] p')
  return note?.hidden ? '' : note?.textContent
}

it('says that a part does not come though the line holds, until it comes', async () => {
  vi.stubGlobal('fetch', async () => new Response())
  await show(lost(5))
  await wait(6_900)
  expect(says()).toBe('')
  await wait(200)
  expect(says()).toContain('Part of this page has not come.')
  await wait(30_000)
  expect([says(), box.querySelector('p')?.textContent]).toEqual(['', 'it has come'])
})

it('says nothing while the line is away, and asks at once when it is back', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  await show(lost(5))
  await wait(29_000)
  expect([says(), box.querySelector('p')?.textContent]).toEqual(['', 'it has not come'])
  await act(async () => window.dispatchEvent(new Event('online')))
  expect(box.querySelector('p')?.textContent).toBe('it has come')
})

it('is asked for no more once nobody wants it', async () => {
  const load = vi.fn(lost(100))
  const leaving = new AbortController()
  void untilThere(load, leaving.signal)
  await wait(3_500)
  leaving.abort()
  await wait(60_000)
  expect(load).toHaveBeenCalledTimes(3)
})
