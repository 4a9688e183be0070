import { describe, expect, it, vi } from 'vitest'
import { together } from '../../server/services/together'

/** A number that grows, read slowly. */
function reading() {
  const stored = { value: 1, reads: 0 }
  const read = async () => {
    stored.reads += 1
    const { value } = stored
    await new Promise((resolve) => setTimeout(resolve, 5))
    return value
  }
  return { stored, read }
}

describe('together', () => {
  it('reads once for all who ask at once, and for each thing by itself', async () => {
    const { stored, read } = reading()
    const asked = [1, 2, 3].map(() => together('one', read))
    expect(await Promise.all([...asked, together('other', read)])).toEqual([1, 1, 1, 1])
    expect(stored.reads).toBe(2)
  })

  it('gives nobody what was read before they asked', async () => {
    const { stored, read } = reading()
    const first = together('it', read)
    await new Promise((resolve) => setTimeout(resolve, 1))
    stored.value = 2
    const later = [together('it', read), together('it', read)]
    stored.value = 3
    expect(await first).toBe(1)
    expect(await Promise.all(later)).toEqual([3, 3])
    expect(stored.reads).toBe(2)
  })

  it('holds nobody up for long when a reading hangs', async () => {
    vi.useFakeTimers()
    void together('hanging', () => new Promise(() => {}))
    await vi.advanceTimersByTimeAsync(1)
    const later = together('hanging', async () => 'there')
    await vi.advanceTimersByTimeAsync(1_000)
    vi.useRealTimers()
    expect(await later).toBe('there')
  })

  it('that failed has failed for those who waited, and is tried anew', async () => {
    const { read } = reading()
    const failing = () => Promise.reject(new Error('away'))
    const asked = [together('failing', failing), together('failing', read)]
    const answers = await Promise.allSettled(asked)
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await together('failing', read)).toBe(1)
  })
})
