// @vitest-environment jsdom
import type { ReactNode } from 'react'
import { act } from 'react'
import type { Root } from 'react-dom/client'
import { createMemoryRouter, redirect, useActionData, useLoaderData } from 'react-router-dom'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReportForm } from '../../app/features/afterwards/report-form'
import { TestForm } from '../../app/features/learning/test-form'
import { keyed } from '../../app/features/learning/voices'
import { OutcomesPage } from '../../app/features/outcomes/outcomes-page'
import { useDone } from '../../app/features/workshops/use-done'
import type { Refusal } from '../../app/lib/refusal'
import { loadWords } from '../../server/services/words'
import common from '../../shared/locales/en/common.json'
import errors from '../../shared/locales/en/errors.json'
import learning from '../../shared/locales/en/learning.json'
import outcomes from '../../shared/locales/en/outcomes.json'
import privacy from '../../shared/locales/en/privacy.json'
import after from '../../shared/locales/en/workshop-after.json'
import { showRouter } from '../setup/shown-router'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

let root: Root | null = null
let box: HTMLElement
let sent: Record<string, string>[]
/** What the server has stored, which the page is read from. */
let stored: unknown

beforeEach(() => {
  sent = []
  HTMLDialogElement.prototype.close ??= () => {}
})
afterEach(async () => {
  await act(async () => root?.unmount())
  box?.remove()
})

/** A page on a real router: read again whenever it is asked to, its forms answered by `answer`. */
async function opened(
  Page: (props: { data: never; refusal: Refusal | null }) => ReactNode,
  answer: (form: Record<string, string>) => Refusal | null,
) {
  const words = { common, errors, learning, outcomes, privacy, 'workshop-after': after }
  const i18n = loadWords({ en: words, ru: words }, 'common')
  await i18n.changeLanguage('en')
  const Route = () => {
    const refusal = useActionData() as Refusal | undefined
    return <Page data={useLoaderData() as never} refusal={refusal ?? null} />
  }
  const router = createMemoryRouter([
    {
      id: 'root',
      path: '/',
      element: <Route />,
      loader: () => Object.assign({ lang: 'en', timeZone: 'UTC' }, stored),
      action: async ({ request }) => {
        const form = Object.fromEntries(await request.formData()) as Record<string, string>
        sent.push(form)
        return answer(form) ?? redirect('/')
      },
    },
  ])
  ;({ box, root } = await showRouter(i18n, router))
  await settled()
  return {
    reread: async () => {
      await act(async () => router.revalidate())
      await settled()
    },
  }
}

const settled = () => act(async () => new Promise((done) => setTimeout(done, 20)))

function field(name: string): HTMLInputElement {
  const found = box.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

async function type(name: string, text: string) {
  const area = field(name)
  const kind = area instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  await act(async () => {
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(area, text)
    area.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function press(words: string) {
  const button = [...box.querySelectorAll('button')].find(
    ({ textContent }) => textContent === words,
  )
  if (!button) throw new Error(`no button ${words}`)
  await act(async () => button.click())
  await settled()
}

const EMPTY = { notes: [], notesId: null, unanswered: [], people: [], protocolKey: 'p' }
const may = { add: true, discuss: false, draft: false }

describe('a form on a page that is read again', () => {
  it('keeps a decision that is being written and its key, and is empty after it was kept', async () => {
    stored = { addKey: 'first', outcomes: [], may, ...EMPTY }
    const { reread } = await opened(
      ({ data, refusal }) => <OutcomesPage page={data} refusal={refusal} />,
      () => null,
    )
    await type('textEn', 'One form.')
    await type('textRu', 'Одна форма.')
    stored = { addKey: 'second', outcomes: [], may, ...EMPTY }
    await reread()
    expect([field('textEn').value, field('textRu').value]).toEqual(['One form.', 'Одна форма.'])
    expect(field('clientKey').value).toBe('first')
    await press('Write it down')
    expect(sent).toMatchObject([{ clientKey: 'first', textEn: 'One form.' }])
    expect([field('textEn').value, field('clientKey').value]).toEqual(['', 'second'])
    expect(box.textContent).toContain('Written down.')
  })

  it('keeps what is chosen for a task, and tells who has given it meanwhile', async () => {
    const task = (rev: number, due: string) => {
      const own = { assign: true, settle: true, remove: true }
      const row = { id: 'o', kind: 'task', text: { en: 'Call' }, rev, due, may: own }
      const nobody = { unit: null, assignee: null, by: null, doneAt: null, at: '2030-01-01' }
      return { addKey: 'first', outcomes: [{ ...row, ...nobody }], may, ...EMPTY }
    }
    stored = task(1, '')
    const { reread } = await opened(
      ({ data, refusal }) => <OutcomesPage page={data} refusal={refusal} />,
      (values) =>
        values.base === '1' ? { refused: { code: 'conflict', detail: {} }, values } : null,
    )
    const details = box.querySelector('details') as HTMLDetailsElement
    await act(async () => {
      details.open = true
    })
    await settled()
    await type('due', '2030-05-01')
    stored = task(2, '2030-06-01')
    await reread()
    expect([field('due').value, field('base').value]).toEqual(['2030-05-01', '1'])
    await press('Save')
    expect(box.querySelector('section[aria-label="What they saved"]')?.textContent).toBe(
      'Nobody yet · until Jun 1, 2030',
    )
    await press('Save')
    expect(sent.map(({ base, due }) => [base, due])).toEqual([
      ['1', '2030-05-01'],
      ['2', '2030-05-01'],
    ])
    expect(box.querySelector('details')?.open).toBe(false)
    expect(box.textContent).toContain('Saved.')
  })

  it('keeps a report that is being written, and tells of a colleague’s on sending', async () => {
    const report = (rev: number, en: string, costs = {}) => {
      const nothing = { decisions: {}, press: {}, quotes: [], editedAt: null, saved: null }
      return { report: { rev, summary: { en }, costs, ...nothing } }
    }
    stored = report(1, 'Before')
    const { reread } = await opened(
      ({ data, refusal }) => <Report {...(data as object)} refusal={refusal} />,
      (values) => {
        const { rev } = (stored as ReturnType<typeof report>).report
        if (values.base !== String(rev))
          return { refused: { code: 'conflict', detail: {} }, values }
        stored = report(rev + 1, values.summaryEn ?? '')
        return null
      },
    )
    const mayLeave = () => dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(mayLeave()).toBe(true)
    await type('summaryEn', 'Mine')
    expect(mayLeave()).toBe(false)
    stored = report(2, 'Theirs', { en: 'Their costs' })
    await reread()
    expect([field('summaryEn').value, field('base').value]).toEqual(['Mine', '1'])
    await press('Save the report')
    expect(box.querySelector('[id="theirs.summaryEn"]')?.textContent).toContain('Theirs')
    // of what was not touched the newer words are in the form
    expect(field('costsEn').value).toBe('Their costs')
    expect(field('summaryEn').value).toBe('Mine')
    await press('Save the report')
    expect(sent.map(({ base }) => base)).toEqual(['1', '2'])
    expect([field('summaryEn').value, field('base').value]).toEqual(['Mine', '3'])
    expect(box.textContent).toContain('The report is saved.')
    expect(mayLeave()).toBe(true)
  })

  it('keeps a test that is being written, also when somebody answers it meanwhile', async () => {
    const test = (rev: number, en: string, locked = false) => {
      const options = [
        { id: 'o1', text: { en: 'Yes' } },
        { id: 'o2', text: { en: 'No' } },
      ]
      return { test: { rev, locked, items: [{ id: 'i1', prompt: { en }, options, right: 'o1' }] } }
    }
    stored = test(1, 'Before?')
    const { reread } = await opened(
      ({ data, refusal }) => <Test {...(data as object)} refusal={refusal} />,
      () => null,
    )
    await type('items.0.promptEn', 'Mine?')
    stored = test(2, 'Theirs?', true)
    await reread()
    expect([field('items.0.promptEn').value, field('base').value]).toEqual(['Mine?', '1'])
    expect(box.textContent).toContain('Somebody has answered')
  })
})

it('the text that is about to be removed stays the same one when others come before it', () => {
  const [one, two] = [
    { lang: 'en', text: 'Twice' },
    { lang: 'en', text: 'Once' },
  ] as const
  const keys = (voices: Parameters<typeof keyed>[0]) => keyed(voices).map(({ key }) => key)
  const [first, second, third] = keys([one, one, two])
  expect(new Set([first, second, third]).size).toBe(3)
  expect(keys([two, one, one])).toEqual([third, first, second])
})

function Report({ refusal, ...data }: { refusal: Refusal | null }) {
  const saving = useDone(refusal)
  return (
    <>
      <p role="status">{saving.done?.text}</p>
      <ReportForm
        key={saving.times}
        {...(data as { report: never })}
        decided={[]}
        refusal={refusal}
        saving={saving}
      />
    </>
  )
}

function Test({ refusal, ...data }: { refusal: Refusal | null }) {
  const saving = useDone(refusal)
  return (
    <TestForm key={saving.times} {...(data as { test: never })} refusal={refusal} saving={saving} />
  )
}
