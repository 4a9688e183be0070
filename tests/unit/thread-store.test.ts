import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ThreadStore, type UnsentPost } from '../../app/features/discussions/thread-store'
import type { PersonView, ReplyView, ThreadPage } from '../../shared/views'
import { runs } from '../setup/runs'

const ME = 'me'

function person(id: string): PersonView {
  return { id, name: { given: 'A', family: 'B' }, tone: 'a' }
}

function reply(seq: number, rev: number, change: Partial<ReplyView> = {}): ReplyView {
  return {
    id: `id ${seq}`,
    threadId: 'thread',
    seq,
    rev,
    lang: 'en',
    text: `text ${seq}`,
    author: person('other'),
    postedAt: '2026-11-22T10:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    mentions: [],
    replyTo: null,
    translation: null,
    request: null,
    clientKey: `key ${seq}`,
    ...change,
  }
}

function page(replies: readonly ReplyView[], rev: number, earlier = 0): ThreadPage {
  const lastSeq = replies.at(-1)?.seq ?? 0
  const thread = {
    id: 'thread',
    title: { en: 'Title' },
    lang: 'en' as const,
    tags: [],
    anchor: null,
    locked: false,
    replyCount: replies.length,
    lastSeq,
    rev,
    openedBy: null,
    openedAt: '',
    lastBy: null,
    lastAt: '',
    unread: 0,
  }
  return { thread, replies, earlier, rev, readSeq: null }
}

function unsent(clientKey: string, change: Partial<UnsentPost> = {}): UnsentPost {
  const text = `by ${clientKey}`
  const writtenAt = '2026-11-22T10:00:00.000Z'
  const kept = { replyTo: null, refused: null, rewritten: false }
  return { clientKey, text, lang: 'en', writtenAt, ...kept, ...change }
}

const seqs = (store: ThreadStore) => store.read().posts.map(({ seq }) => seq)

describe('ThreadStore', () => {
  it('shows posts in the order of the thread, however they come', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.hear(reply(3, 3))
    store.hear(reply(2, 2))
    expect(seqs(store)).toEqual([1, 2, 3])
    expect(store.rev).toBe(3)
  })

  it('keeps the newer form of a post when an older one comes late', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.hear(reply(1, 5, { text: 'edited' }))
    store.hear(reply(1, 2))
    expect(store.read().posts[0]?.text).toBe('edited')
  })

  it('is complete only up to the change before a gap', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.hear(reply(3, 3))
    expect([store.rev, store.hasGap]).toEqual([1, true])
    store.catchUp({ replies: [reply(2, 2), reply(3, 3)], rev: 3 })
    expect([store.rev, store.hasGap]).toEqual([3, false])
  })

  it('shows a post of one’s own once, by whichever way it comes first', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.send(unsent('mine'))
    expect(store.read().unsent.map(({ clientKey }) => clientKey)).toEqual(['mine'])
    const stored = reply(2, 2, { clientKey: 'mine', author: person(ME) })
    store.hear(stored)
    store.hear(stored)
    expect(store.read().unsent).toEqual([])
    expect(seqs(store)).toEqual([1, 2])
  })

  it('takes nobody else’s post for one’s own, though the key is the same', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.send(unsent('same'))
    store.hear(reply(2, 2, { clientKey: 'same' }))
    expect(store.read().unsent).toHaveLength(1)
  })

  it('keeps a refused text, sends it again with its key, and gives it back', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.send(unsent('mine'))
    store.refuse('mine', 'locked')
    expect(store.read().unsent[0]).toMatchObject({ text: 'by mine', refused: 'locked' })
    store.retry('mine')
    expect(store.read().unsent[0]).toMatchObject({ clientKey: 'mine', refused: null })
    expect(store.drop('mine')?.text).toBe('by mine')
    expect(store.read().unsent).toEqual([])
  })

  it('takes the answer of whoever was asked, and sends nothing before it', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.send(unsent('mine', { refused: 'patient_data' }))
    store.amend('mine', { text: 'Patient A' })
    store.amend('mine', { acknowledged: true })
    const answered = { text: 'Patient A', rewritten: true, acknowledged: true }
    expect(store.read().unsent).toEqual([unsent('mine', { refused: 'patient_data', ...answered })])
  })

  it('lets go of what was kept over a reload if the page knows it already', () => {
    const stored = reply(2, 2, { clientKey: 'sent', author: person(ME) })
    const store = new ThreadStore(page([reply(1, 1), stored], 2), ME)
    store.restore([unsent('sent'), unsent('waiting')])
    expect(store.read().unsent.map(({ clientKey }) => clientKey)).toEqual(['waiting'])
  })

  it('shows a changed earlier post as it is now when its stretch is asked for later', () => {
    const store = new ThreadStore(page([reply(3, 3)], 3, 2), ME)
    store.hear(reply(1, 4, { text: 'edited' }))
    expect(seqs(store)).toEqual([3])
    store.addEarlier(page([reply(1, 1), reply(2, 2)], 3))
    expect(store.read().posts.map(({ text }) => text)).toEqual(['edited', 'text 2', 'text 3'])
    expect(store.read().earlier).toBe(0)
  })

  it('begins anew where so much was missed that the stretches do not meet', () => {
    const store = new ThreadStore(page([reply(1, 1)], 1), ME)
    store.reload(page([reply(90, 90), reply(91, 91)], 91, 89))
    expect(seqs(store)).toEqual([90, 91])
    expect([store.read().earlier, store.rev]).toEqual([89, 91])
  })

  it('leaves a stretch of the past as it is when somebody posts', () => {
    const past = page([reply(1, 1), reply(2, 2)], 9)
    const store = new ThreadStore({ ...past, thread: { ...past.thread, lastSeq: 9 } }, ME)
    store.hear(reply(10, 10))
    expect(seqs(store)).toEqual([1, 2])
    expect(store.read().isPast).toBe(true)
  })
})

/** A server with one thread: every change of a post has the thread's next number. */
type World = { log: ReplyView[]; own: Set<string> }
type Change = { kind: 'post' | 'own' | 'edit' | 'delete' | 'translate'; at: number }
type Event =
  | { kind: 'change'; change: Change }
  | { kind: 'fact'; at: number }
  | { kind: 'catch up'; most: number }
  | { kind: 'answer'; at: number }
  | { kind: 'reload' }

const changes = fc.record<Change>({
  kind: fc.constantFrom('post', 'own', 'edit', 'delete', 'translate'),
  at: fc.nat(20),
})
const events = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: changes.map((change): Event => ({ kind: 'change', change })) },
    { weight: 4, arbitrary: fc.nat(60).map((at): Event => ({ kind: 'fact', at })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 5 }).map((most): Event => ({ kind: 'catch up', most })),
    },
    { weight: 2, arbitrary: fc.nat(20).map((at): Event => ({ kind: 'answer', at })) },
    { weight: 1, arbitrary: fc.constant<Event>({ kind: 'reload' }) },
  ),
  { maxLength: 60 },
)

function now({ log }: World): ReplyView[] {
  const newest = new Map(log.map((each) => [each.id, each]))
  return [...newest.values()].sort((one, other) => one.seq - other.seq)
}

function applyChange(world: World, { kind, at }: Change): void {
  const posts = now(world)
  const rev = world.log.length + 1
  const seq = posts.length + 1
  if (kind === 'post' || posts.length === 0) return void world.log.push(reply(seq, rev))
  if (kind === 'own') {
    const clientKey = `own ${seq}`
    world.own.add(clientKey)
    return void world.log.push(reply(seq, rev, { clientKey, author: person(ME) }))
  }
  const post = posts[at % posts.length]
  if (!post) return
  const translation = {
    lang: 'ru' as const,
    text: `перевод ${rev}`,
    by: null,
    at: '',
    outdated: false,
  }
  const changed = {
    edit: { text: `edited ${rev}`, editedAt: 'then' },
    delete: { text: '', deletedAt: 'then' },
    translate: { translation },
  }[kind]
  world.log.push({ ...post, rev, ...changed })
}

/** What changed after a number, each post once and as it is now, at most so many. */
function missed(world: World, afterRev: number, most: number) {
  const changed = now(world)
    .filter(({ rev }) => rev > afterRev)
    .sort((one, other) => one.rev - other.rev)
  const part = changed.slice(0, most)
  const more = changed.length > part.length
  return { replies: part, rev: more ? (part.at(-1)?.rev ?? afterRev) : world.log.length, more }
}

describe('a page of a thread', () => {
  it('ends as a fresh load shows it, whatever the order of facts, answers and gaps', () => {
    fc.assert(
      fc.property(events, (story) => {
        const world: World = { log: [reply(1, 1)], own: new Set() }
        const store = new ThreadStore(page(now(world), 1), ME)
        for (const event of story) {
          switch (event.kind) {
            case 'change': {
              const before = world.own.size
              applyChange(world, event.change)
              const key = [...world.own].at(-1)
              // the page set it out before the server stored it
              if (world.own.size > before && key) store.send(unsent(key))
              break
            }
            case 'fact': {
              const fact = world.log[event.at % world.log.length]
              if (fact) store.hear(fact)
              break
            }
            case 'answer': {
              const keys = [...world.own]
              const key = keys[event.at % Math.max(1, keys.length)]
              // a retry is answered with the post as it is by then
              const stored = now(world).find(({ clientKey }) => clientKey === key)
              if (stored) store.hear(stored)
              break
            }
            case 'catch up':
              store.catchUp(missed(world, store.rev, event.most))
              break
            case 'reload':
              store.reload(page(now(world), world.log.length))
              break
          }
          const shown = seqs(store)
          expect(new Set(shown).size).toBe(shown.length)
          const sent = new Set(store.read().posts.map(({ clientKey }) => clientKey))
          expect(store.read().unsent.filter(({ clientKey }) => sent.has(clientKey))).toEqual([])
        }
        // the line is back: it asks until there is no more
        for (let more = true; more; ) {
          const part = missed(world, store.rev, 3)
          store.catchUp(part)
          more = part.more
        }
        const fresh = new ThreadStore(page(now(world), world.log.length), ME)
        expect(store.read().posts).toEqual(fresh.read().posts)
        expect(store.read().unsent).toEqual([])
        expect([store.rev, store.hasGap]).toEqual([fresh.rev, false])
      }),
      runs(500),
    )
  })
})
