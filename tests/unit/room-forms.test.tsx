// @vitest-environment jsdom
import { act, type ReactNode, useState } from 'react'
import type { Root } from 'react-dom/client'
import { createMemoryRouter } from 'react-router-dom'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CasesPanel } from '../../app/features/room/panels/cases-panel'
import { GroupsPanel } from '../../app/features/room/panels/groups-panel'
import { PollResults } from '../../app/features/room/panels/poll-results'
import { SaidForm } from '../../app/features/room/panels/said-form'
import type { ActAnswer, UnsentAct } from '../../app/features/room/room-acts'
import { RoomContext } from '../../app/features/room/room-context'
import { Stage } from '../../app/features/room/stage'
import { clearTab } from '../../app/lib/tab-shelf'
import { loadWords } from '../../server/services/words'
import type { PollView } from '../../shared/room-views'
import type { DeckView, SlideView } from '../../shared/workshop-views'
import { showRouter } from '../setup/shown-router'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

let root: Root | null = null
let box: HTMLElement
let showNow: (page: ReactNode) => void

beforeEach(() => sessionStorage.clear())
afterEach(async () => {
  await act(async () => root?.unmount())
  box?.remove()
})

const WORDS = ['common', 'discussions', 'errors', 'privacy', 'room', 'room-panels']

function Shown({ first, room }: { first: ReactNode; room: object }) {
  const [shown, setShown] = useState(first)
  showNow = setShown
  return <RoomContext.Provider value={room as never}>{shown}</RoomContext.Provider>
}

/** A part of a room on the page of somebody who runs it. */
async function opened(page: ReactNode, known: object = {}) {
  const words = await Promise.all(
    WORDS.map(async (name) => [
      name,
      (await import(`../../shared/locales/en/${name}.json`)).default,
    ]),
  )
  const i18n = loadWords({ en: Object.fromEntries(words), ru: {} }, 'common')
  await i18n.changeLanguage('en')
  const room = {
    ...{ me: { id: 'place', userId: 'u1' }, workshop: { id: 'w1' }, status: 'live', staff: true },
    ...{ mine: { answers: {}, upvoted: [] }, unsent: [], cases: [], may: {} },
    ...known,
  }
  const element = <Shown first={page} room={room} />
  const loader = () => ({ lang: 'en', timeZone: 'UTC' })
  const router = createMemoryRouter([{ id: 'root', path: '/', element, loader }])
  ;({ box, root } = await showRouter(i18n, router))
  await settled()
}

const settled = () => act(async () => new Promise((done) => setTimeout(done, 20)))

async function show(page: ReactNode) {
  await act(async () => showNow(page))
  await settled()
}

const buttons = (within: ParentNode = box) => [...within.querySelectorAll('button')]
const words = (within: ParentNode = box) => buttons(within).map(({ textContent }) => textContent)

async function press(name: string, within: ParentNode = box) {
  const button = buttons(within).find(({ textContent }) => textContent === name)
  if (!button) throw new Error(`no button ${name}`)
  await act(async () => button.click())
  await settled()
}

/** The field of that name, else the first long one. */
async function area(name = '') {
  const find = () => box.querySelector<HTMLTextAreaElement>(name ? `[name=${name}]` : 'textarea')
  for (const end = performance.now() + 10_000; !find() && performance.now() < end; ) await settled()
  const found = find()
  if (!found) throw new Error(`no field ${name}`)
  return found
}

async function type(text: string, name?: string) {
  const field = await area(name)
  await act(async () => {
    const { prototype } = HTMLTextAreaElement
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

describe('a free answer', () => {
  const poll = (...texts: string[]) => {
    const results = { answers: 2, counts: {}, texts: texts.map((text) => ({ lang: 'en', text })) }
    const rest = { options: [], right: null, translations: [], translationAsked: true }
    return { id: 'p1', form: 'text', ...rest, results } as unknown as PollView
  }
  const row = (text: string) =>
    [...box.querySelectorAll('li')].find(({ textContent }) => textContent?.startsWith(text))

  it('keeps the question about itself when another comes before it, and takes it along', async () => {
    await opened(<PollResults poll={poll('Meant')} />)
    await press('Take these words out')
    await show(<PollResults poll={poll('Another', 'Meant')} />)
    expect(words(row('Another'))).toEqual(['Take these words out'])
    expect(words(row('Meant'))).toEqual(['Take them out', 'Cancel'])
    await show(<PollResults poll={poll('Another')} />)
    expect(words()).toEqual(['Take these words out'])
  })
})

describe('the talk of a group', () => {
  const by = { id: 'place', userId: 'u1', name: { given: 'Anna', family: 'Orlova' }, tone: 'a' }
  const group = { id: 'g1', number: 1, topic: {}, notesId: null, open: true, endsAt: null }
  const said = { id: 'm1', groupId: 'g1', text: 'Among us.', lang: 'en', translation: null }
  const sent: unknown[] = []
  const known = (people: unknown[], part: object = {}) => ({
    ...{ staff: false, hands: [], now: () => 0, takeBack: () => undefined, ...part },
    ...{ groups: [{ ...group, people }], earlierTalk: 0 },
    talk: [{ ...said, kind: 'group_message', by, at: '2026-11-22T10:00:00.000Z', born: 1 }],
    act: async (done: unknown) => {
      sent.push(done)
      return { ok: null }
    },
  })

  it('is read and written by those in it, and said to it alone', async () => {
    await opened(<GroupsPanel />, known([by]))
    expect(box.querySelector('[role=log]')?.textContent).toContain('Among us.')
    await type('For the three of us.')
    await press('Send to the group')
    expect(sent).toMatchObject([{ act: 'say', group: 'g1', text: 'For the three of us.' }])
    expect((await area()).value).toBe('')
  })

  it('is nothing to somebody of another group, who may copy what they were writing to it', async () => {
    sessionStorage.setItem('draft u1 w1 group g1', 'Not sent yet.')
    await opened(<GroupsPanel />, known([{ ...by, id: 'other' }]))
    expect(box.textContent).toContain('Group 1')
    expect(box.querySelector<HTMLTextAreaElement>('[readonly]')?.value).toBe('Not sent yet.')
    await press('Discard')
    expect([box.querySelector('textarea, [role=log]'), sessionStorage.length]).toEqual([null, 0])
  })
})

describe('a case that is being written', () => {
  const refused = {
    key: 'k1',
    act: { act: 'offer_case', lang: 'en', problem: 'Refused before', clientKey: 'k1' },
    refused: 'too_fast',
  } as unknown as UnsentAct

  it('is never written over by another, and stands there again after another part was open', async () => {
    await opened(<CasesPanel />, { unsent: [refused] })
    expect(words()).toContain('Edit again')
    await press('Offer a case')
    await type('Missed two visits', 'problem')
    expect(words()).not.toContain('Edit again')

    await show(null)
    await show(<CasesPanel />)
    expect((await area('problem')).value).toBe('Missed two visits')
    await press('Cancel')
    await show(null)
    await show(<CasesPanel />)
    expect(words()).toContain('Offer a case')
  })

  it('goes with whoever signs out', async () => {
    await opened(<CasesPanel />)
    await press('Offer a case')
    await type('Missed two visits', 'problem')
    expect(sessionStorage.length).toBe(1)
    clearTab('u1')
    expect(sessionStorage.length).toBe(0)
  })
})

describe('words for the room', () => {
  let answer: (came: ActAnswer) => void
  const sent: string[] = []
  const form = (onClose?: () => void, text = '') => (
    <SaidForm
      label="Your question"
      submit="Ask"
      lang="en"
      initial={{ text }}
      keptAs="draft u1 w1 question"
      send={({ text }) => {
        sent.push(text)
        return new Promise((come) => {
          answer = come
        })
      }}
      {...(onClose && { onClose })}
    />
  )

  it('stay in their field where they were written on while they were on their way', async () => {
    await opened(form())
    await type('Who pays')
    await press('Ask')
    await type('Who pays? And who drives?')
    await act(async () => answer({ ok: null }))
    expect((await area()).value).toBe('Who pays? And who drives?')
    await press('Ask')
    await act(async () => answer({ ok: null }))
    expect([sent, (await area()).value]).toEqual([['Who pays', 'Who pays? And who drives?'], ''])
    expect(sessionStorage.length).toBe(0)
    await type('What of Jane?')
    await press('Ask')
    await type('Next')
    await act(async () => answer({ refused: 'patient_data' }))
    expect((await area()).value).toBe('What of Jane?\nNext')
  })

  it('are asked for where there are none', async () => {
    await opened(form())
    await press('Ask')
    const described = document.getElementById((await area()).getAttribute('aria-describedby') ?? '')
    expect(described?.textContent).toBe('Write something first.')
    await type('Now')
    expect((await area()).getAttribute('aria-describedby')).toBeNull()
  })

  it('are not thrown away by a key, and are one’s own whatever a colleague saves meanwhile', async () => {
    const closed: true[] = []
    const close = () => void closed.push(true)
    await opened(form(close, 'Before'))
    const field = await area()
    const key = () => new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
    const pressEscape = () => act(async () => field.dispatchEvent(key()))
    await type('A long answer')
    await pressEscape()
    expect([closed.length, field.value]).toEqual([0, 'A long answer'])
    await show(form(close, 'Of a colleague'))
    await type('Before')
    await pressEscape()
    expect([closed.length, sessionStorage.length]).toEqual([1, 0])
  })
})

describe('slides of who presents', () => {
  const deck = (id: string) =>
    ({ id, title: { en: id }, lang: 'en', state: 'ready', pages: 8 }) as unknown as DeckView
  const slides = [3, 4, 7].map((page) => {
    const words = { lang: 'en', text: '', written: null, translation: null }
    return { deckId: 'd1', page, src: `/${page}`, rev: 1, ...words } as unknown as SlideView
  })
  const shown: unknown[] = []
  const room = (page: number) => ({
    ...{ me: { id: 'place', userId: 'u1' }, workshop: { id: 'w1' }, status: 'live' },
    may: { present: true, facilitate: true, translate: true },
    stage: { slide: { deckId: 'd1', page, pages: 8 }, presenter: null },
    async showSlide(slide: unknown): Promise<ActAnswer> {
      shown.push(slide)
      return 'unreachable'
    },
  })
  /** The room's page, and where the reader began. */
  const at = (page: number, asked: { deckId: string; page: number } | null) => (
    <RoomContext.Provider value={room(page) as never}>
      <Stage decks={['d1', 'd2'].map(deck)} slides={slides} asked={asked} />
    </RoomContext.Provider>
  )

  it('turn for oneself alone where one is somewhere else than the room', async () => {
    await opened(at(7, { deckId: 'd1', page: 3 }))
    await press('Next')
    expect(shown).toEqual([])
    expect(box.textContent).toContain('You are looking at page 4. The presenter is at page 7.')
  })

  it('say that others could not be shown, over those that still are', async () => {
    await opened(at(7, { deckId: 'd2', page: 2 }))
    await press('Show this page to everybody')
    expect(shown.splice(0)).toEqual([{ deckId: 'd2', page: 2, pages: 8 }])
    expect(box.textContent).toContain('Page 7 of 8')
    expect(box.querySelector('[role=alert]')).not.toBeNull()
  })

  it('hold nobody by what was written another time, but by what is written now', async () => {
    sessionStorage.setItem('draft u1 w1 slide d1 3 ru', 'Дозы')
    await opened(at(3, null))
    expect((await area()).value).toBe('Дозы')
    await show(at(4, null))
    expect(box.textContent).toContain('Page 4 of 8')
    await show(at(3, null))
    await type('Дозы на неделю')
    await show(at(4, null))
    expect((await area()).value).toBe('Дозы на неделю')
  })
})
