import { describe, expect, it } from 'vitest'
import { Outbox } from '../../app/features/discussions/outbox'
import { ThreadStore, type UnsentPost } from '../../app/features/discussions/thread-store'
import type { Answer } from '../../app/lib/ask'
import type { ReplyView, ThreadPage } from '../../shared/views'

const ME = { id: 'me', name: { given: 'A', family: 'B' }, tone: 'a' as const }

/** A server behind a line that can be cut, before or after it has stored a post. */
function createLine() {
  const stored = new Map<string, ReplyView>()
  const attempts: string[] = []
  let line: 'up' | 'down' | 'deaf' | 'refusing' = 'up'
  const timers: (() => void)[] = []
  const page: ThreadPage = {
    thread: {
      id: 'thread',
      title: {},
      lang: 'en',
      tags: [],
      anchor: null,
      locked: false,
      replyCount: 0,
      lastSeq: 0,
      rev: 0,
      openedBy: null,
      openedAt: '',
      lastBy: null,
      lastAt: '',
      unread: 0,
    },
    replies: [],
    earlier: 0,
    rev: 0,
    readSeq: null,
  }
  const store = new ThreadStore(page, ME.id)
  const post = async ({ clientKey, text, lang }: UnsentPost): Promise<Answer<ReplyView>> => {
    attempts.push(clientKey)
    if (line === 'down') return 'unreachable'
    if (line === 'refusing') return { refused: 'locked' }
    const seq = stored.size + 1
    const reply = stored.get(clientKey) ?? {
      id: `id ${seq}`,
      threadId: 'thread',
      seq,
      rev: seq,
      lang,
      text,
      author: ME,
      postedAt: '',
      editedAt: null,
      deletedAt: null,
      deletedBy: null,
      mentions: [],
      replyTo: null,
      translation: null,
      request: null,
      clientKey,
    }
    stored.set(clientKey, reply)
    return line === 'deaf' ? 'unreachable' : { ok: reply }
  }
  const outbox = new Outbox(store, post, {
    after(_ms, act) {
      timers.push(act)
      return () => timers.splice(timers.indexOf(act), 1)
    },
  })
  return {
    store,
    outbox,
    attempts,
    stored,
    timers,
    set(next: typeof line) {
      line = next
    },
    async write(...keys: string[]) {
      for (const clientKey of keys) {
        const kept = { replyTo: null, writtenAt: '', refused: null, rewritten: false }
        store.send({ clientKey, text: `by ${clientKey}`, lang: 'en', ...kept })
      }
      outbox.wake()
      await settled()
    },
    async wake() {
      outbox.wake()
      await settled()
    },
  }
}

const settled = () => new Promise((done) => setTimeout(done, 0))

describe('Outbox', () => {
  it('sends in the order of writing, one after the other', async () => {
    const line = createLine()
    await line.write('one', 'two', 'three')
    expect(line.attempts).toEqual(['one', 'two', 'three'])
    expect(line.store.read().posts.map(({ text }) => text)).toEqual([
      'by one',
      'by two',
      'by three',
    ])
    expect(line.store.read().unsent).toEqual([])
  })

  it('holds everything back while nobody is there, and sends it when the line is back', async () => {
    const line = createLine()
    line.set('down')
    await line.write('one', 'two')
    expect(line.attempts).toEqual(['one'])
    expect(line.store.read().unsent).toHaveLength(2)
    expect(line.timers).toHaveLength(1)
    line.set('up')
    await line.wake()
    expect([...line.stored.keys()]).toEqual(['one', 'two'])
    expect(line.store.read().unsent).toEqual([])
  })

  it('stores a post once whose answer was lost', async () => {
    const line = createLine()
    line.set('deaf')
    await line.write('one')
    expect(line.store.read().unsent).toHaveLength(1)
    line.set('up')
    await line.wake()
    expect(line.attempts).toEqual(['one', 'one'])
    expect(line.stored.size).toBe(1)
    expect(line.store.read()).toMatchObject({ unsent: [], posts: [{ text: 'by one' }] })
  })

  it('leaves what was refused, goes on with the next, and retries only when told', async () => {
    const line = createLine()
    line.set('refusing')
    await line.write('one')
    line.set('up')
    await line.write('two')
    expect(line.attempts).toEqual(['one', 'two'])
    expect(line.store.read().unsent).toMatchObject([{ clientKey: 'one', refused: 'locked' }])
    line.store.retry('one')
    await line.wake()
    expect(line.store.read().unsent).toEqual([])
  })

  it('sends nothing more once the page is left', async () => {
    const line = createLine()
    line.set('down')
    await line.write('one')
    line.outbox.close()
    expect(line.timers).toEqual([])
    await line.wake()
    expect(line.attempts).toEqual(['one'])
  })
})
