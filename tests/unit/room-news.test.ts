import { describe, expect, it } from 'vitest'
import { newsOf, tell } from '../../app/features/room/panels/news-of'

type Now = Parameters<typeof newsOf>[0]

const ME = { id: 'me' } as Now['me']
const QUIET: Now = {
  ...{ polls: [], groups: [], hands: [], tests: [], staff: false, status: 'live', me: ME },
  waiting: { count: 0, people: [] },
  mine: { answers: {}, upvoted: [] },
}
const poll = (id: string, status: 'draft' | 'open' | 'closed') =>
  ({ id, status, prompt: { en: id, ru: '' } }) as unknown as Now['polls'][number]
const hand = (id: string, by: string, state: 'up' | 'speaking') =>
  ({ id, state, by: { id: by } }) as unknown as Now['hands'][number]
const at = (...ids: string[]): Now['waiting'] => ({
  count: ids.length,
  people: ids.map((id) => ({ id }) as Now['waiting']['people'][number]),
})
const keysOf = (now: Partial<Now>) => newsOf({ ...QUIET, ...now }).map(({ key }) => key)

describe('what is news in a room', () => {
  it('is a poll without an answer, the floor, a test, and who waits at the door', () => {
    const polls = [poll('done', 'closed'), poll('now', 'open')]
    expect(keysOf({ polls })).toEqual(['poll now'])
    expect(
      keysOf({ polls, mine: { answers: { now: { choices: ['a'], text: '' } }, upvoted: [] } }),
    ).toEqual([])
    expect(keysOf({ hands: [hand('a', 'me', 'up'), hand('b', 'you', 'speaking')] })).toEqual([])
    expect(keysOf({ hands: [hand('a', 'me', 'speaking')] })).toEqual(['floor a'])
    expect(keysOf({ tests: ['post'] })).toEqual(['test post'])
    expect(keysOf({ waiting: at('one', 'two') })).toEqual(['door two'])
    expect(keysOf({ timeUp: '12:00' })).toEqual(['time 12:00'])
  })

  it('is nothing of what those who run it did themselves, nor of a room that is over', () => {
    const now = { polls: [poll('now', 'open')], tests: ['pre'] } as const
    expect(keysOf({ ...now, staff: true })).toEqual([])
    expect(keysOf({ polls: now.polls, status: 'closed' })).toEqual([])
  })
})

describe('telling it', () => {
  const [opened] = newsOf({ ...QUIET, polls: [poll('now', 'open')] })
  const [floor] = newsOf({ ...QUIET, hands: [hand('a', 'me', 'speaking')] })
  if (!opened || !floor) throw new Error('no news')
  const quiet = tell(null, [], 'slides')

  it('happens once, and not for what was there when the reader came', () => {
    expect(tell(null, [opened], 'slides').shown).toEqual([])
    const told = tell(quiet, [opened], 'slides')
    expect(told.shown).toEqual(['poll now'])
    expect(tell({ ...told, shown: [] }, [opened], 'slides').shown).toEqual([])
  })

  it('leaves out the part in sight, and ends for good when that part is opened', () => {
    expect(tell(quiet, [opened], 'polls').shown).toEqual([])
    const told = tell(quiet, [opened, floor], 'chat')
    expect(told.shown).toEqual(['poll now', 'floor a'])
    const looked = tell(told, [opened, floor], 'polls')
    expect(looked.shown).toEqual(['floor a'])
    expect(tell(looked, [opened, floor], 'chat').shown).toEqual(['floor a'])
    expect(tell(told, [floor], 'chat').shown).toEqual(['floor a'])
  })

  it('is the same value while nothing changes, so that a page may ask at every look', () => {
    const told = tell(quiet, [opened], 'chat')
    expect(tell(told, [opened], 'chat')).toBe(told)
  })
})
