import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepLooking } from '../../app/lib/look-again'

/** A browser, as far as it matters here. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const device = { onLine: true }
const fetched = vi.fn<(address: string, init?: RequestInit) => Promise<{ ok: boolean }>>()
const frame = new EventTarget()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', frame)
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', device)
  vi.stubGlobal('fetch', fetched)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('looks only where the server answers, again once the line is back, and never beside a reader', async () => {
  const look = vi.fn()
  const end = keepLooking(1_000, look)
  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await vi.advanceTimersByTimeAsync(1_000)
  fetched.mockResolvedValueOnce({ ok: false })
  await vi.advanceTimersByTimeAsync(1_000)
  device.onLine = false
  await vi.advanceTimersByTimeAsync(3_000)
  expect([look.mock.calls.length, fetched.mock.calls.length]).toEqual([0, 2])
  fetched.mockResolvedValue({ ok: true })
  device.onLine = true
  frame.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(10)
  expect(look).toHaveBeenCalledTimes(1)
  page.visibilityState = 'hidden'
  await vi.advanceTimersByTimeAsync(2_000)
  expect(look).toHaveBeenCalledTimes(1)
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  end()
  await vi.advanceTimersByTimeAsync(5_000)
  // an answer that comes after the page has gone changes nothing
  expect(look).toHaveBeenCalledTimes(1)
})

it('asks again where the first question hung on a dead line', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const over = new AbortController()
    setTimeout(() => over.abort(), ms)
    return over.signal
  })
  fetched.mockReset()
  fetched.mockResolvedValue({ ok: true })
  fetched.mockImplementationOnce(
    (_, asked) => new Promise((_, fail) => asked?.signal?.addEventListener('abort', fail)),
  )
  const look = vi.fn()
  const end = keepLooking(4_000, look)
  await vi.advanceTimersByTimeAsync(13_000)
  expect([look.mock.calls.length, fetched.mock.calls.length]).toEqual([0, 1])
  await vi.advanceTimersByTimeAsync(4_000)
  expect(look).toHaveBeenCalledTimes(1)
  end()
})
