import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  listWithFact,
  listWithLoads,
  withFact,
  withLoad,
  withLoads,
} from '../../app/features/discussions/thread-facts'
import { editedCalls } from '../../app/features/discussions/use-reading'
import type { ThreadSummary } from '../../shared/views'

const hour = (n: number) => new Date(Date.UTC(2026, 10, 22) + n * 3_600_000).toISOString()

function thread(id: string, change: Partial<ThreadSummary> = {}): ThreadSummary {
  const rest = {
    lang: 'en' as const,
    tags: [],
    anchor: null,
    openedBy: null,
    lastBy: null,
    unread: 0,
  }
  const numbers = { locked: false, replyCount: 1, lastSeq: 1, rev: 1 }
  return {
    id,
    title: { en: id },
    ...rest,
    ...numbers,
    openedAt: hour(0),
    lastAt: hour(0),
    ...change,
  }
}

/** A server with three threads: what it held after each change, and the facts it told. */
function serverOf(steps: readonly { at: number; does: 'post' | 'delete' | 'lock' | 'edit' }[]) {
  let now = ['a', 'b', 'c'].map((id, n) => thread(id, { lastAt: hour(-n) }))
  const states = [now]
  const facts: ThreadSummary[] = []
  for (const [n, { at, does }] of steps.entries()) {
    now = now.map((each, index) => {
      if (index !== at) return each
      const raised = { ...each, rev: each.rev + 1 }
      if (does === 'edit') return raised
      const told =
        does === 'lock'
          ? { ...raised, locked: !each.locked }
          : does === 'delete'
            ? { ...raised, replyCount: each.replyCount - 1 }
            : {
                ...raised,
                lastSeq: each.lastSeq + 1,
                replyCount: each.replyCount + 1,
                lastAt: hour(n + 1),
              }
      facts.push(told)
      return told
    })
    states.push(now)
  }
  return { states, facts, fresh: now }
}

const Steps = fc.array(
  fc.record({
    at: fc.nat(2),
    does: fc.constantFrom('post' as const, 'delete' as const, 'lock' as const, 'edit' as const),
  }),
  { maxLength: 20 },
)
/** Edits raise the count, and change nothing that lists show. */
const listed = (threads: readonly ThreadSummary[]) => threads.map(({ rev: _, ...shown }) => shown)
const byAnswer = (threads: readonly ThreadSummary[]) =>
  [...threads].sort((a, b) =>
    a.lastAt === b.lastAt ? (a.id < b.id ? 1 : -1) : a.lastAt < b.lastAt ? 1 : -1,
  )

describe('facts about threads', () => {
  it('end as a fresh load, in any order, more than once and mixed with late loads', () => {
    fc.assert(
      fc.property(Steps, fc.infiniteStream(fc.nat(1_000)), (steps, random) => {
        const { states, facts, fresh } = serverOf(steps)
        const events = [
          ...[...facts, ...facts].map((fact) => ({ fact, order: random.next().value })),
          ...states.slice(0, 3).map((load) => ({ load, order: random.next().value })),
        ].sort((one, other) => one.order - other.order)
        const [first = []] = states
        let [one, list, anchored]: (readonly ThreadSummary[])[] = [first, first, []]
        for (const event of events) {
          if ('load' in event) {
            one = one?.map((each, n) => withLoad(each, event.load[n] ?? each))
            list = withLoads(list ?? [], event.load)
            anchored = listWithLoads(anchored ?? [], event.load)
          } else {
            one = one?.map((each) => withFact(each, event.fact))
            list = list?.map((each) => withFact(each, event.fact))
            anchored = listWithFact(anchored ?? [], event.fact)
          }
        }
        anchored = listWithLoads(anchored ?? [], first)
        expect(listed(one ?? [])).toEqual(listed(fresh))
        expect(listed(list ?? [])).toEqual(listed(fresh))
        expect(listed(anchored)).toEqual(listed(byAnswer(fresh)))
      }),
    )
  })

  it('leave the reader’s own count alone, and open what is new', () => {
    const { unread: _, ...fact } = thread('a', { rev: 2, locked: true })
    expect(withFact(thread('a', { unread: 3 }), fact)).toMatchObject({ locked: true, unread: 3 })
    expect(withLoad(thread('a', { rev: 5, unread: 3 }), thread('a', { rev: 4 }))).toMatchObject({
      rev: 5,
      unread: 0,
    })
    expect(listWithFact([thread('b')], { ...fact, lastAt: hour(1) }).map(({ id }) => id)).toEqual([
      'a',
      'b',
    ])
    expect(
      listWithLoads([thread('new', { lastAt: hour(2) })], [thread('b')]).map(({ id }) => id),
    ).toEqual(['new', 'b'])
  })
})

describe('a post that calls the reader after an edit', () => {
  const post = (seq: number, editedAt: string | null, userId: string) => ({
    ...{ seq, editedAt, mentions: [{ userId, from: 0, length: 3 }], rev: 1, id: '', threadId: '' },
    ...{
      lang: 'en' as const,
      text: '',
      author: null,
      postedAt: '',
      deletedAt: null,
      deletedBy: null,
    },
    ...{ replyTo: null, translation: null, request: null, clientKey: '' },
  })

  it('is told as read once more, with each edit', () => {
    const posts = [post(1, null, 'me'), post(2, hour(1), 'me'), post(3, hour(1), 'other')]
    expect(editedCalls(posts, 'me')).toEqual([{ seq: 2, key: `2 ${hour(1)}` }])
    expect(editedCalls([post(2, hour(2), 'me')], 'me')).not.toEqual(editedCalls(posts, 'me'))
  })
})
