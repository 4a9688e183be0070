// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import {
  createMemoryRouter,
  RouterProvider,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router-dom'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AttendancePage } from '../../app/features/afterwards/attendance-page'
import type { Refusal } from '../../app/lib/refusal'
import { loadWords } from '../../server/services/words'
import common from '../../shared/locales/en/common.json'
import errors from '../../shared/locales/en/errors.json'
import people from '../../shared/locales/en/people.json'
import privacy from '../../shared/locales/en/privacy.json'
import after from '../../shared/locales/en/workshop-after.json'
import { AttendanceChange } from '../../shared/schemas/afterwards'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

let root: Root
let box: HTMLElement
let sent: Record<string, string>[]
/** What the server has stored, and what it answers forms with. */
let stored: {
  rows: object[]
  unseen: object[]
  unlisted: object[]
  clientKey: string
  issued: number | null
}
let answer: (form: Record<string, string>) => Refusal | null
let reread: () => Promise<void>

const attendee = (id: string, family: string) => ({ id, name: { given: 'Anna', family } })
const rowOf = (id: string, family: string, fields: object = {}) => ({
  ...{ attendee: attendee(id, family), cadre: 'nurse', institution: null, guest: false },
  ...{ runs: false, minutes: 40, measured: 40, correction: null, from: null, to: null },
  ...{ enough: true, due: true, certificate: null, ...fields },
})
const unseenOf = (id: string, family: string) => ({
  ...{ attendee: attendee(id, family), cadre: null, institution: null, guest: false },
})
const FACTS = {
  ...{ planned: 60, enough: 42, overrun: null, people: 1, byCadre: [], byInstitution: [] },
  ...{ isOver: true, hasBegun: true, whole: 60 },
}

function Route() {
  const refusal = useActionData() as Refusal | undefined
  const { rows, unseen, unlisted, ...page } = useLoaderData() as typeof stored
  const attendance = { ...FACTS, rows, unseen, unlisted } as never
  return (
    <AttendancePage {...page} attendance={attendance} workshopId="w" refusal={refusal ?? null} />
  )
}

const settled = () => act(async () => new Promise((done) => setTimeout(done, 20)))

beforeEach(async () => {
  sent = []
  answer = () => null
  stored = {
    ...{ rows: [rowOf('1', 'One')], unseen: [], unlisted: [] },
    ...{ clientKey: 'first', issued: null },
  }
  const words = { common, errors, people, privacy, 'workshop-after': after }
  const i18n = loadWords({ en: words, ru: words }, 'common')
  await i18n.changeLanguage('en')
  const router = createMemoryRouter([
    {
      id: 'root',
      path: '/',
      element: <Route />,
      loader: () => ({ lang: 'en', timeZone: 'UTC', ...stored }),
      action: async ({ request }) => {
        const form = Object.fromEntries(await request.formData()) as Record<string, string>
        sent.push(form)
        return answer(form) ?? redirect('/')
      },
    },
  ])
  reread = async () => {
    await act(async () => router.revalidate())
    await settled()
  }
  box = document.body.appendChild(document.createElement('main'))
  root = createRoot(box)
  await act(async () =>
    root.render(
      <I18nextProvider i18n={i18n}>
        <RouterProvider router={router} />
      </I18nextProvider>,
    ),
  )
  await settled()
})
afterEach(async () => {
  await act(async () => root.unmount())
  box.remove()
})

function field(name: string, within = '#add'): HTMLInputElement {
  const form = (box.querySelector(within)?.closest('section') ?? box) as HTMLElement
  const found = form.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

async function type(input: HTMLInputElement, text: string) {
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function press(words: string, times = 1) {
  const button = [...box.querySelectorAll('button')].find(
    ({ textContent }) => textContent === words,
  )
  if (!button) throw new Error(`no button ${words}`)
  button.focus()
  await act(async () => {
    for (let time = 0; time < times; time++) button.click()
  })
  await settled()
}

const refused = (form: Record<string, string>, detail: Record<string, string>): Refusal => ({
  refused: { code: 'invalid_input', detail },
  values: form,
})

describe('the attendance page', () => {
  it('keeps somebody who is being written down, and their key, until they are', async () => {
    await type(field('name'), 'Anna Brown')
    stored = { ...stored, clientKey: 'second' }
    await reread()
    expect([field('name').value, field('clientKey').value]).toEqual(['Anna Brown', 'first'])
    answer = (form) => refused(form, { minutes: 'invalid' })
    await press('Write down')
    expect(document.activeElement).toBe(field('minutes'))
    expect([field('name').value, field('clientKey').value]).toEqual(['Anna Brown', 'first'])
    answer = () => null
    await type(field('minutes'), '60')
    await press('Write down', 2)
    expect(sent.map(({ clientKey }) => clientKey)).toEqual(['first', 'first'])
    expect([field('name').value, field('clientKey').value]).toEqual(['', 'second'])
    expect(document.activeElement?.textContent).toBe('Anna Brown was written down.')
  })

  it('goes on to the next of those who were not seen, and says when all are done', async () => {
    stored = { ...stored, unseen: [unseenOf('7', 'Seven'), unseenOf('8', 'Eight')] }
    await reread()
    answer = () => {
      stored = { ...stored, unseen: [unseenOf('8', 'Eight')] }
      return null
    }
    await press('Was there Anna Seven')
    expect(sent).toEqual([{ intent: 'there', participants: '7' }])
    expect(document.activeElement?.textContent).toBe('Was there Anna Eight')
    stored = { ...stored, unseen: [unseenOf('8', 'Eight'), unseenOf('9', 'Nine')] }
    await reread()
    answer = () => {
      stored = { ...stored, unseen: [] }
      return null
    }
    await press('All of them were there (2)')
    expect(sent[1]).toEqual({ intent: 'there', participants: '8 9' })
    expect(document.activeElement?.textContent).toBe('2 people were written down.')
  })

  it('keeps a correction that is being typed, and shows what is stored after one’s own', async () => {
    const corrected = { correction: { note: 'Theirs', at: '2026-03-10T12:00:00.000Z' } }
    const mine = () => field('minutes', '#people')
    await type(mine(), '50')
    stored = { ...stored, rows: [rowOf('1', 'One', { ...corrected, minutes: 20 })] }
    await reread()
    expect(mine().value).toBe('50')
    answer = () => {
      stored = { ...stored, rows: [rowOf('1', 'One')] }
      return null
    }
    await press('Was not there after all Anna One')
    expect(sent).toMatchObject([{ intent: 'measured', participant: '1' }])
    expect(mine().value).toBe('40')
    expect(document.activeElement?.id).toBe('correct-1')
    expect(box.textContent).toContain('Anna One is not counted any more.')
  })

  it('issues once by two presses, says how many, and takes none back by one press', async () => {
    const certificate = { code: 'C', revoked: false, outdated: false }
    answer = () => {
      stored = { ...stored, rows: [rowOf('1', 'One', { due: false, certificate })], issued: 1 }
      return null
    }
    await press('Issue 1 certificate', 2)
    expect(sent).toHaveLength(1)
    expect(document.activeElement?.textContent).toBe('1 certificate was issued.')
    const buttons = [...box.querySelectorAll('button')].filter(({ value }) => value === 'revoke')
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Revoke it'])
    expect(buttons[0]?.closest('details')?.open).toBe(false)
  })

  it('writes a member down by name, and keeps what is typed about somebody else', async () => {
    const two = [
      { id: 'b', name: { given: 'Anna', family: 'Zorina' } },
      { id: 'a', name: { given: 'Anna', family: 'Adams' } },
    ]
    const unlisted = [{ place: { en: 'Bemidji' }, people: two }]
    stored = { ...stored, unlisted }
    await reread()
    const names = [...box.querySelectorAll('optgroup[label="Bemidji"] option')]
    expect(names.map(({ textContent }) => textContent)).toEqual(['Anna Adams', 'Anna Zorina'])
    await type(field('name'), 'Somebody Else')
    answer = (form) => (form.user ? null : refused(form, { user: 'invalid' }))
    await press('Write the member down')
    const choice = () => field('user') as unknown as HTMLSelectElement
    expect(document.activeElement).toBe(choice())
    choice().value = 'b'
    answer = () => {
      stored = { ...stored, unlisted: [] }
      return null
    }
    await press('Write the member down', 2)
    expect(sent[1]).toMatchObject({ intent: 'member', user: 'b', minutes: '60' })
    expect(sent).toHaveLength(2)
    expect(document.activeElement?.textContent).toBe('Anna Zorina was written down.')
    expect(field('name').value).toBe('Somebody Else')
  })

  it('asks for minutes, and takes nothing typed for none', () => {
    const clientKey = crypto.randomUUID()
    const add = { intent: 'add', name: 'Анна', cadre: 'nurse', lang: 'ru', clientKey }
    const taken = ['', '-1', '3001', '1.5', 'x', '0', ' 90 '].map(
      (minutes) => AttendanceChange.safeParse({ ...add, minutes }).success,
    )
    expect(taken).toEqual([false, false, false, false, false, true, true])
    const one = { intent: 'there', participants: 'nobody' }
    expect(AttendanceChange.safeParse(one).success).toBe(false)
  })
})
