import { describe, expect, it } from 'vitest'
import type { ActAnswer, KeptAct, UnsentAct } from '../../app/features/room/room-acts'
import { RoomOutbox } from '../../app/features/room/room-outbox'
import { RoomStore } from '../../app/features/room/room-store'
import type { MessageView, RoomItemView, RoomPage } from '../../shared/room-views'

const ME = {
  id: 'me',
  userId: 'u1',
  name: { given: 'Anna', family: 'Orlova' },
  tone: 'a',
  role: 'participant',
} as const
const AT = '2026-11-22T12:00:00.000Z'

function pageOf(items: RoomItemView[], rest: Partial<RoomPage> = {}): RoomPage {
  const rev = Math.max(0, ...items.map((item) => item.rev))
  return {
    items,
    rev,
    more: false,
    tallies: [],
    mine: { answers: {}, upvoted: [] },
    now: AT,
    status: 'live',
    tests: [],
    me: ME,
    workshop: {} as RoomPage['workshop'],
    staff: false,
    earlier: 0,
    earlierTalk: 0,
    may: {} as RoomPage['may'],
    ...rest,
  }
}

function message(id: string, born: number, rev = born, text = id): MessageView {
  const by = { ...ME, id: 'other' }
  return {
    ...{ kind: 'message', id, born, rev, text, by, at: AT, lang: 'en', clientKey: `key ${id}` },
    ...{ translation: null, translationAsked: false, deletedAt: null },
  } as MessageView
}

function said(key: string, refused: UnsentAct['refused'] = null): UnsentAct {
  return { key, act: { act: 'say', text: key, lang: 'en', clientKey: key }, writtenAt: AT, refused }
}

const texts = (store: RoomStore) => store.read().messages.map(({ text }) => text)

/** Chance that is the same each time: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((each) => ({ each, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each)
}

/** A room's history: each number is a change of one item. */
function history(random: () => number): RoomItemView[] {
  const items = new Map<string, MessageView | RoomItemView>()
  return Array.from({ length: 40 }, (_, at) => {
    const rev = at + 1
    const known = [...items.values()]
    const old = known[Math.floor(random() * known.length)]
    const changed =
      old && random() < 0.4
        ? random() < 0.2
          ? { kind: 'hidden' as const, id: old.id, born: old.born, rev }
          : { ...old, rev, text: `changed ${rev}` }
        : message(`m${rev}`, rev)
    items.set(changed.id, changed as RoomItemView)
    return changed as RoomItemView
  })
}

describe('what is said of a room as a whole', () => {
  it('shows a gap, and is not undone by a page that was read before', () => {
    const store = new RoomStore(pageOf([message('a', 1)]))
    store.hearStatus('live', 1)
    expect(store.hasGap).toBe(false)
    store.hearStatus('closed', 3)
    expect(store.hasGap).toBe(true)
    store.catchUp(pageOf([message('c', 3)], { status: 'closed' }))
    expect(store.hasGap).toBe(false)
    store.reload(pageOf([message('a', 1)]))
    expect([store.read().status, texts(store)]).toEqual(['closed', ['a', 'c']])
  })
})

describe('the store of a room', () => {
  it('ends as a fresh load after any order, loss and repetition, once it has caught up', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed)
      const changes = history(random)
      const newest = [...new Map(changes.map((item) => [item.id, item])).values()]
      const seen = Math.floor(random() * 20)
      const before = new Map(changes.slice(0, seen).map((item) => [item.id, item]))
      const store = new RoomStore(pageOf([...before.values()]))
      const heard = shuffled([...changes.slice(seen), ...changes], random).filter(
        () => random() > 0.3,
      )
      for (const item of heard) store.hear(item)
      const missed = newest.filter(({ rev }) => rev > store.rev)
      store.catchUp(pageOf(missed, { rev: changes.length }))

      const fresh = new RoomStore(pageOf(newest, { rev: changes.length }))
      expect(store.read(), `seed ${seed}`).toEqual(fresh.read())
      expect(store.hasGap).toBe(false)
    }
  })

  it('sees that a change was missed, and asks after the last one without a gap', () => {
    const store = new RoomStore(pageOf([message('a', 1)]))
    store.hear(message('c', 3))
    expect([store.hasGap, store.rev]).toEqual([true, 1])
    store.hear(message('b', 2))
    expect([store.hasGap, store.rev]).toEqual([false, 3])
  })

  it('keeps the larger count of votes, whatever comes last', () => {
    const store = new RoomStore(pageOf([]))
    store.hearTallies([{ id: 'q', rev: 2, count: 5 }])
    store.hearTallies([{ id: 'q', rev: 1, count: 4 }])
    expect(store.read().tallies.get('q')).toBe(5)
  })

  it('takes marks given in another tab, keeps what is on its way, and knows which tests are open', () => {
    const store = new RoomStore(pageOf([], { tests: ['pre'] }))
    const vote = (choice: string): KeptAct =>
      ({ act: 'vote', item: 'p', choices: [choice], text: '', lang: 'en' }) as KeptAct
    const marks = (choice: string) => ({
      answers: { p: { choices: [choice], text: '' } },
      upvoted: ['q'],
    })
    store.hearMine(marks('no'))
    expect(store.read().mine).toEqual(marks('no'))
    store.send({ key: 'vote p', act: vote('yes'), writtenAt: AT, refused: null })
    store.hearMine(marks('no'))
    expect(store.read().mine).toEqual(marks('yes'))

    expect(store.read().tests).toEqual(['pre'])
    store.hearTests(['post'])
    expect(store.read().tests).toEqual(['post'])
    store.catchUp(pageOf([], { tests: [] }))
    expect(store.read().tests).toEqual([])
  })

  it('forgets a hand that a later load no longer has, and what only staff may see', () => {
    const hand = { kind: 'hand', id: 'h', born: 1, rev: 1, by: ME, at: AT, state: 'up' } as const
    const store = new RoomStore(pageOf([hand]))
    store.reload(pageOf([], { rev: 4 }))
    expect(store.read().hands).toEqual([])

    const draft = { ...message('draft', 1), kind: 'question' } as unknown as RoomItemView
    const staff = new RoomStore(pageOf([draft], { staff: true }))
    staff.reload(pageOf([{ kind: 'hidden', id: 'draft', born: 1, rev: 1 }]))
    expect(staff.read().questions).toEqual([])
  })

  it('shows no hole where so much was missed that two stretches do not meet', () => {
    const store = new RoomStore(pageOf([message('a', 1), message('b', 2)]))
    store.reload(pageOf([message('y', 90), message('z', 91)], { earlier: 80 }))
    expect([texts(store), store.read().earlier]).toEqual([['y', 'z'], 80])
    store.addEarlier({ messages: [message('x', 89)], earlier: 79 })
    expect([texts(store), store.read().earlier]).toEqual([['x', 'y', 'z'], 79])
  })

  it('shows a page that the presenter turns at once, and the server’s once it has spoken', () => {
    const stage = { kind: 'stage', id: 's', born: 1, rev: 1, rowId: null, timer: null } as const
    const at = (page: number) => ({ deckId: 'd', page, pages: 9 })
    const store = new RoomStore(pageOf([{ ...stage, presenter: null, slide: at(1) }]))
    store.expectSlide(at(2))
    expect(store.read().stage?.slide?.page).toBe(2)
    store.hear({ ...stage, rev: 2, presenter: null, slide: at(3) })
    store.expectSlide(undefined)
    expect(store.read().stage?.slide?.page).toBe(3)
  })
})

describe('the outbox of a room', () => {
  const later: (() => void)[] = []
  const timers = {
    after(_ms: number, act: () => void) {
      later.push(act)
      return () => undefined
    },
  }
  const settled = () => new Promise((done) => setTimeout(done))

  function outbox(store: RoomStore, answers: ActAnswer[]) {
    const posted: string[] = []
    const made = new RoomOutbox(
      store,
      async ({ key }) => {
        posted.push(key)
        return answers.shift() ?? { ok: null }
      },
      timers,
    )
    return { made, posted }
  }

  it('sends in the order of writing, again after a lost line, and shows each once', async () => {
    const store = new RoomStore(pageOf([]))
    const stored = { ...message('m', 1), clientKey: 'one' }
    const { made, posted } = outbox(store, ['unreachable', { ok: stored }])
    const first = made.send(said('one'))
    made.leave(said('two'))
    expect(await first).toEqual({ ok: null })
    await settled()
    expect(store.read().unsent.map(({ key }) => key)).toEqual(['one', 'two'])

    later.pop()?.()
    await settled()
    expect(posted).toEqual(['one', 'one', 'two'])
    expect([store.read().unsent, texts(store)]).toEqual([[], ['m']])
  })

  it('tells a refusal to whoever waits, and else keeps the words with it', async () => {
    const store = new RoomStore(pageOf([]))
    const { made } = outbox(store, [{ refused: 'patient_data' }, { refused: 'workshop_over' }])
    expect(await made.send(said('told'))).toEqual({ refused: 'patient_data' })
    expect(store.read().unsent).toEqual([])
    made.leave(said('kept'))
    await settled()
    expect(store.read().unsent).toEqual([said('kept', 'workshop_over')])
  })

  it('keeps what the server asks about until its author has answered, and sends it then', async () => {
    const store = new RoomStore(pageOf([]))
    const { made, posted } = outbox(store, [{ refused: 'patient_data' }, { ok: message('m', 1) }])
    made.leave(said('asked'))
    await settled()
    store.amend('asked', { acknowledged: 'patient-data' })
    const act = { ...said('asked').act, acknowledged: 'patient-data' }
    expect(store.read().unsent).toEqual([{ ...said('asked', 'patient_data'), act }])
    made.wake()
    await settled()
    expect(posted).toEqual(['asked'])
    store.retry('asked')
    made.wake()
    await settled()
    expect([posted, store.read().unsent]).toEqual([['asked', 'asked'], []])
  })

  it('counts a vote on its way as one’s own, and takes only the last wish', async () => {
    const store = new RoomStore(pageOf([]))
    const wish = (on: boolean): UnsentAct => ({
      ...said('upvote q'),
      act: { act: 'upvote', item: 'q', on },
    })
    const { made, posted } = outbox(store, ['unreachable'])
    await made.send(wish(true))
    await settled()
    expect(store.read().mine.upvoted).toEqual(['q'])
    made.leave(wish(false))
    await settled()
    expect([posted, store.read().mine.upvoted]).toEqual([['upvote q', 'upvote q'], []])
  })
})
