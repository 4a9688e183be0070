import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../shared/languages'
import { p } from '../fixtures/bilingual'
import { type Colleagues, meetColleagues } from '../setup/colleagues'
import type { ProtocolPage } from '../setup/protocol-page'

let colleagues: Colleagues

beforeAll(async () => {
  colleagues = await meetColleagues()
})
afterAll(() => colleagues?.leave())

/** Two paragraphs in both languages, marked in sync. */
const twoInSync = (en = ['Take two tablets', 'Call the clinic']) =>
  colleagues.open(
    {
      en: [p('a', en[0], 'e1'), p('b', en[1], 'e2')],
      ru: [p('a', 'Примите две таблетки', 'r1'), p('b', 'Позвоните в клинику', 'r2')],
    },
    { inSync: ['a', 'b'] },
  )
const RU = ['p r1/a Примите две таблетки', 'p r2/b Позвоните в клинику']
/** How far apart the two languages of a unit begin, in CSS pixels. */
async function offset(page: ProtocolPage, unit: string): Promise<number> {
  const top = async (lang: Language) =>
    (await page.unit(lang, unit).first().boundingBox())?.y ?? Number.NaN
  return Math.abs((await top('en')) - (await top('ru')))
}

describe('a split', () => {
  it('in mid-text inherits the unit: the row stays one, aligned and in sync', async () => {
    const { us, ru, settled } = await twoInSync()
    await us.caret('en', 'e1', 5)
    await us.press('Enter')

    expect(await settled()).toEqual({
      en: ['p e1/a Take ', 'p *1/a two tablets', 'p e2/b Call the clinic'],
      ru: RU,
      states: { a: 'in-sync', b: 'in-sync' },
      faces: { a: 'in-sync', b: 'in-sync' },
    })
    for (const page of [us, ru]) {
      await expect.poll(() => offset(page, 'a')).toBeLessThan(1.5)
      await expect.poll(() => offset(page, 'b')).toBeLessThan(1.5)
    }
  })

  it('at the end begins a new unit, shown as not translated once it says something', async () => {
    const { us, ru, settled } = await twoInSync()
    await us.caret('en', 'e1', 'end')
    await us.press('Enter')
    await us.page.keyboard.type('With water')

    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tablets', 'p *1/*2 With water', 'p e2/b Call the clinic'],
      ru: RU,
      states: { a: 'in-sync', '*2': 'missing', b: 'in-sync' },
    })
    await us.page.getByText('Not translated yet').first().waitFor()
    await ru.page.getByText('Ещё не переведено').first().waitFor()
  })

  it('at the beginning leaves the text its ids and puts a new unit before it', async () => {
    const { us, settled } = await twoInSync()
    await us.caret('en', 'e2', 0)
    await us.press('Enter')

    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tablets', 'p *1/*2 ', 'p e2/b Call the clinic'],
      ru: RU,
      states: { a: 'in-sync', b: 'in-sync' },
    })
  })

  it('at the end of the document is undone without falling out of step', async () => {
    const { us, settled } = await twoInSync()
    await us.caret('en', 'e2', 'end')
    await us.press('!')
    await us.pause()
    await us.press('Enter', 'Control+z')
    expect((await settled()).en).toEqual(['p e1/a Take two tablets', 'p e2/b Call the clinic!'])

    await us.press('Control+z')
    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tablets', 'p e2/b Call the clinic'],
      states: { a: 'in-sync', b: 'in-sync' },
    })
  })
})

describe('a join', () => {
  it('keeps the block in front, leaves the other translation, and undo restores both ids', async () => {
    const { us, settled } = await twoInSync()
    await us.caret('en', 'e2', 0)
    await us.press('Backspace')
    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tabletsCall the clinic'],
      ru: RU,
      states: { a: 'source-changed', b: 'extra' },
    })

    await us.press('Control+z')
    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tablets', 'p e2/b Call the clinic'],
      ru: RU,
      states: { a: 'in-sync', b: 'in-sync' },
    })
  })
})

describe('a copy', () => {
  it('pasted into the same text gets ids of its own', async () => {
    const { us, settled } = await twoInSync()
    await copyBoth(us, 'en', 'e1')
    await pasteAtEnd(us, 'e2')

    expect(await settled()).toMatchObject({
      en: [
        'p e1/a Take two tablets',
        'p e2/b Call the clinic',
        'p *1/*2 Take two tablets',
        'p *3/*4 Call the clinic',
      ],
      ru: RU,
      states: { a: 'in-sync', b: 'in-sync', '*2': 'missing', '*4': 'missing' },
    })
  })

  it('pasted from the other language is paired with nothing', async () => {
    const { us, settled } = await twoInSync()
    await copyBoth(us, 'ru', 'r1')
    await pasteAtEnd(us, 'e2')

    const { en, ru, states } = await settled()
    expect(en.slice(2)).toEqual(['p *1/*2 Примите две таблетки', 'p *3/*4 Позвоните в клинику'])
    expect(ru).toEqual(RU)
    expect(states).toEqual({ a: 'in-sync', b: 'in-sync', '*2': 'missing', '*4': 'missing' })
  })

  it('pasted by the colleague, in another window, is new as well', async () => {
    const { us, ru, settled } = await twoInSync()
    await copyBoth(us, 'en', 'e1')
    await pasteAtEnd(ru, 'e2')

    const { en } = await settled()
    expect(en.slice(2)).toEqual(['p *1/*2 Take two tablets', 'p *3/*4 Call the clinic'])
  })

  /** Selects two paragraphs from the beginning of the first, as a person does. */
  async function copyBoth(page: ProtocolPage, lang: Language, first: string) {
    await page.caret(lang, first, 0)
    await page.press('Shift+End', 'Shift+ArrowDown', 'Shift+End', 'Control+c')
  }

  async function pasteAtEnd(page: ProtocolPage, last: string) {
    await page.caret('en', last, 'end')
    await page.press('Enter', 'Control+v')
  }
})

describe('a deletion', () => {
  it('of a source never takes its translation along', async () => {
    const { us, ru, settled } = await twoInSync()
    await us.caret('en', 'e2', 0)
    await us.press('Shift+End', 'Backspace', 'Backspace')

    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tablets'],
      ru: RU,
      states: { a: 'in-sync', b: 'extra' },
    })
    await ru.page.locator('[data-slot=b] .seam-button').click()
    await ru.page.getByRole('dialog').getByText('Английский текст удалён').waitFor()
  })

  it('of a whole line leaves the next paragraph its ids', async () => {
    const { us, settled } = await twoInSync()
    await us.caret('en', 'e1', 0)
    await us.press('Shift+ArrowDown', 'Delete')

    expect(await settled()).toMatchObject({
      en: ['p e2/b Call the clinic'],
      ru: RU,
      states: { a: 'extra', b: 'in-sync' },
    })
  })

  it('by cutting takes the ids along: a paragraph pasted elsewhere is the same one', async () => {
    const { us, settled } = await colleagues.open(
      {
        en: [p('a', 'First', 'e1'), p('b', 'Second', 'e2'), p('c', 'Third', 'e3')],
        ru: [p('a', 'Раз', 'r1'), p('b', 'Два', 'r2'), p('c', 'Три', 'r3')],
      },
      { inSync: ['a', 'b', 'c'] },
    )
    await us.caret('en', 'e1', 0)
    await us.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+x')
    expect((await settled()).en).toEqual(['p e3/c Third'])
    await us.caret('en', 'e3', 'end')
    await us.press('Enter', 'Control+v')

    const { en, ru } = await settled()
    // the first of them is taken up by the empty paragraph that was made for it
    expect(en.slice(0, 3)).toEqual(['p e3/c Third', 'p *1/*2 First', 'p e2/b Second'])
    expect(ru).toEqual(['p r1/a Раз', 'p r2/b Два', 'p r3/c Три'])
  })

  it('of everything in one language leaves the other whole, and undo brings all of it back', async () => {
    const { us, settled } = await twoInSync()
    await us.caret('en', 'e1', 0)
    await us.press('Control+a', 'Backspace')
    expect(await settled()).toMatchObject({ ru: RU, states: { a: 'extra', b: 'extra' } })

    await us.press('Control+z')
    expect(await settled()).toMatchObject({
      en: ['p e1/a Take two tablets', 'p e2/b Call the clinic'],
      states: { a: 'in-sync', b: 'in-sync' },
    })
  })
})

describe('undo', () => {
  it('in English touches neither the Russian text nor the marks', async () => {
    const { us, mark, settled } = await twoInSync()
    await us.write('en', 'a', ' daily')
    await us.write('ru', 'a', ' в день')
    await settled()
    await mark('a')
    expect((await settled()).states).toEqual({ a: 'in-sync', b: 'in-sync' })

    await us.caret('en', 'e1', 'end')
    await us.press('Control+z')
    const undone = await settled()
    expect(undone.en[0]).toBe('p e1/a Take two tablets')
    expect(undone.ru[0]).toBe('p r1/a Примите две таблетки в день')
    expect(undone.states).toEqual({ a: 'source-changed', b: 'in-sync' })

    await us.press('Control+Shift+z')
    expect((await settled()).states).toEqual({ a: 'in-sync', b: 'in-sync' })
  })

  it('takes back one’s own words, never a colleague’s', async () => {
    const { us, ru, settled } = await twoInSync()
    await us.write('en', 'a', ' daily')
    await ru.unit('en', 'a').getByText('daily').waitFor()
    await ru.write('en', 'a', ' at noon')
    await us.unit('en', 'a').getByText('at noon').waitFor()

    await us.press('Control+z')
    expect((await settled()).en[0]).toBe('p e1/a Take two tablets at noon')
    await us.press('Control+z')
    await ru.press('Control+z')
    expect((await settled()).en[0]).toBe('p e1/a Take two tablets')
  })
})
