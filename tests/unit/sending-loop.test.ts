import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Answer, postForm } from '../../app/lib/ask'
import { SendingLoop } from '../../app/lib/sending-loop'

const settled = () => new Promise((done) => setTimeout(done))

/** A loop with one thing to send for ever, a line that can be cut, and timers run by hand. */
function createLoop() {
  const waits: number[] = []
  let due: (() => void) | undefined
  let answer: Answer<null> = 'unreachable'
  let attempts = 0
  let isLeft = true
  const loop = new SendingLoop<string, null>(
    {
      next: () => (isLeft ? 'letter' : undefined),
      async post() {
        attempts += 1
        return answer
      },
      take() {
        isLeft = false
      },
    },
    {
      after(ms, act) {
        waits.push(ms)
        due = act
        return () => {
          due = undefined
        }
      },
    },
  )
  return {
    loop,
    waits,
    attempts: () => attempts,
    isDue: () => due !== undefined,
    set(next: Answer<null>) {
      answer = next
    },
    write() {
      isLeft = true
    },
    async pass() {
      due?.()
      await settled()
    },
  }
}

describe('a sending loop', () => {
  it('waits twice as long after each failure, no longer than 30 s, and anew after an answer', async () => {
    const { loop, waits, set, write, pass } = createLoop()
    loop.wake()
    await settled()
    for (let failed = 1; failed < 8; failed++) await pass()
    const longest = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]
    expect(waits).toHaveLength(longest.length)
    for (const [at, most] of longest.entries()) {
      expect(waits[at]).toBeGreaterThanOrEqual(most / 2)
      expect(waits[at]).toBeLessThanOrEqual(most)
    }

    set({ ok: null })
    await pass()
    set('unreachable')
    write()
    loop.wake()
    await settled()
    expect(waits.at(-1)).toBeLessThanOrEqual(1_000)
  })

  it('posts one at a time, however often it is woken, and once the line is back without waiting', async () => {
    const { loop, attempts, isDue, set } = createLoop()
    loop.wake()
    loop.wake()
    await settled()
    expect([attempts(), isDue()]).toEqual([1, true])
    set({ ok: null })
    loop.wake()
    await settled()
    expect([attempts(), isDue()]).toEqual([2, false])
  })

  it('never tries again once it is closed, even when it was closed in the middle', async () => {
    const { loop, attempts, isDue } = createLoop()
    loop.wake()
    loop.close()
    await settled()
    loop.wake()
    await settled()
    expect([attempts(), isDue()]).toEqual([1, false])
  })
})

describe('a post on a line that is dead', () => {
  afterEach(() => vi.useRealTimers())

  it('is given up after a while, longer the more there is to carry', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((open) => silent.listen(0, '127.0.0.1', open))
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/act`
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const given: string[] = []
    const posted = (name: string, text: string) =>
      postForm(address, { text }, () => null).then((came) => {
        given.push(name)
        return came
      })
    const short = posted('short', 'Yes')
    const long = posted('long', 'ж'.repeat(4_000))
    vi.advanceTimersByTime(15_010)
    expect(await short).toBe('unreachable')
    vi.advanceTimersByTime(10_000)
    expect(given).toEqual(['short'])
    vi.advanceTimersByTime(10_000)
    expect(await long).toBe('unreachable')
    silent.closeAllConnections()
    silent.close()
  })
})
