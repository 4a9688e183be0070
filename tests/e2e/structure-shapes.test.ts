import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callout, h, list, p, table } from '../fixtures/bilingual'
import { type Colleagues, meetColleagues } from '../setup/colleagues'
import type { ProtocolPage } from '../setup/protocol-page'

let colleagues: Colleagues

beforeAll(async () => {
  colleagues = await meetColleagues()
})
afterAll(() => colleagues?.leave())

/** An English text whose Russian side lacks what stands between its first and last paragraph. */
const lacking = (middle: Parameters<typeof list>[0], ru: typeof middle = []) =>
  colleagues.open({
    en: [p('a', 'Before'), ...middle, p('z', 'After')],
    ru: [p('a', 'Прежде', 'ra'), ...ru, p('z', 'Затем', 'rz')],
  })

describe('"Translate into Russian" makes the same kind of block with the same unit', () => {
  const offers = [
    { what: 'a paragraph', en: [p('m', 'Middle')], at: 'm', ru: ['p *1/m '] },
    { what: 'a heading', en: [h('m', 'Middle', 3)], at: 'm', ru: ['h3 *1/m '] },
    {
      what: 'a callout',
      en: [callout('contraindication', p('m', 'Never'), p('n', 'Ever'))],
      at: 'm',
      ru: ['aside p *1/m '],
    },
    {
      what: 'a list',
      en: [list([p('m', 'One')], [p('n', 'Two')])],
      at: 'm',
      ru: ['ul li1 p *1/m '],
    },
    {
      what: 'a table',
      en: [table([p('m', 'Dose'), p('n', 'Time')], [p('o', '2'), p('q', 'noon')])],
      at: 'm',
      ru: [
        'table tr1 td1 p *1/m ',
        'table tr1 td2 p *2/n ',
        'table tr2 td1 p *3/o ',
        'table tr2 td2 p *4/q ',
      ],
    },
  ]
  for (const { what, en, at, ru } of offers) {
    it(`for ${what}, and puts the caret there`, async () => {
      const shared = await lacking(en)
      const { us, settled } = shared
      await translate(us, at)
      expect((await settled()).ru.slice(1, 1 + ru.length)).toEqual(ru)

      await us.page.keyboard.type('Слово')
      const { ru: written, states } = await settled()
      expect(written[1]).toBe(`${ru[0]}Слово`)
      expect(states[at]).toBe('draft')
      expect([written[0], written.at(-1)]).toEqual(['p ra/a Прежде', 'p rz/z Затем'])
    })
  }

  it('for one item of a list that is there, in its place', async () => {
    const { us, settled } = await lacking(
      [list([p('m', 'One')], [p('n', 'Two')], [p('o', 'Three')])],
      [list([p('m', 'Раз', 'rm')], [p('o', 'Три', 'ro')])],
    )
    await translate(us, 'n')
    expect((await settled()).ru.slice(1, -1)).toEqual([
      'ul li1 p rm/m Раз',
      'ul li2 p *1/n ',
      'ul li3 p ro/o Три',
    ])
  })

  async function translate({ page }: ProtocolPage, unit: string) {
    const offer = page.locator(`[data-slot="${unit}"] .row-ghost`)
    await offer.getByRole('button', { name: 'Translate into Russian' }).click()
    await page.locator('.live-column[data-lang=ru] .ProseMirror:focus').waitFor()
  }
})

describe('a table', () => {
  const dosing = () =>
    colleagues.open(
      {
        en: [table([p('t', 'Dose'), p('u', 'Time')], [p('v', '2 tablets'), p('w', 'noon')])],
        ru: [
          table(
            [p('t', 'Доза', 'rt'), p('u', 'Время', 'ru')],
            [p('v', '2 таблетки', 'rv'), p('w', 'полдень', 'rw')],
          ),
        ],
      },
      { inSync: ['t', 'u', 'v', 'w'] },
    )

  it('drifts as one row when something is typed in a cell, and says which words', async () => {
    const { us, ru, settled } = await dosing()
    expect((await settled()).faces).toEqual({ t: 'in-sync' })
    await us.caret('en', 'v', 0)
    await us.press('Delete')
    await us.page.keyboard.type('3')

    await expect.poll(() => ru.faces()).toEqual({ t: 'drifted' })
    const { en, states } = await settled()
    expect(en[2]).toBe('table tr2 td1 p v/v 3 tablets')
    expect(states).toEqual({ t: 'in-sync', u: 'in-sync', v: 'source-changed', w: 'in-sync' })
    await ru.page.locator('.row-below[data-below=ru] ins', { hasText: '3' }).waitFor()

    await us.press('Control+z')
    await expect.poll(() => ru.faces()).toEqual({ t: 'in-sync' })
    expect((await settled()).en[2]).toBe('table tr2 td1 p v/v 2 tablets')
  })

  it('gives a new row cells of their own, and undo takes them away', async () => {
    const { us, settled } = await dosing()
    const before = await settled()
    await us.caret('en', 'w', 'end')
    await us.press('Tab')
    await us.page.keyboard.type('1 tablet')
    const { en, states } = await settled()
    expect(en.slice(0, 4)).toEqual(before.en)
    expect(en.slice(4)).toEqual(['table tr3 td1 p *1/*2 1 tablet', 'table tr3 td2 p *3/*4 '])
    expect(states['*2']).toBe('missing')

    await us.press('Control+z', 'Control+z')
    expect(await settled()).toEqual(before)
  })
})

describe('a list', () => {
  const steps = () =>
    colleagues.open(
      {
        en: [list([p('l', 'Weigh daily')], [p('m', 'Write it down')]), p('z', 'Done')],
        ru: [
          list([p('l', 'Вес ежедневно', 'rl')], [p('m', 'Запишите', 'rm')]),
          p('z', 'Всё', 'rz'),
        ],
      },
      { inSync: ['l', 'm', 'z'] },
    )
  const IN_SYNC = { l: 'in-sync', m: 'in-sync', z: 'in-sync' }

  it('splits an item within its unit, and begins a new unit at its end', async () => {
    const { us, settled } = await steps()
    await us.caret('en', 'l', 6)
    await us.press('Enter')
    await us.caret('en', 'm', 'end')
    await us.press('Enter')
    await us.page.keyboard.type('Call')

    expect(await settled()).toMatchObject({
      en: [
        'ul li1 p l/l Weigh ',
        'ul li2 p *1/l daily',
        'ul li3 p m/m Write it down',
        'ul li4 p *2/*3 Call',
        'p z/z Done',
      ],
      states: { ...IN_SYNC, '*3': 'missing' },
    })
  })

  it('keeps ids when items are indented, taken out and made a list again', async () => {
    const { us, settled } = await steps()
    await us.caret('en', 'm', 2)
    await us.press('Tab')
    expect((await settled()).en[1]).toBe('ul li1 ul li1 p m/m Write it down')
    await us.press('Shift+Tab', 'Shift+Tab')
    expect((await settled()).en[1]).toBe('p m/m Write it down')
    await choose(us, 'List', 'Numbered list')
    const { en, states } = await settled()
    expect(en[1]).toBe('ol li1 p m/m Write it down')
    expect(states).toEqual(IN_SYNC)
  })

  it('moves an item, ids and all', async () => {
    const { us, settled } = await steps()
    await us.caret('en', 'm', 2)
    await choose(us, 'Move', /^Move up/)
    const { en, states } = await settled()
    expect(en.slice(0, 2)).toEqual(['ul li1 p m/m Write it down', 'ul li2 p l/l Weigh daily'])
    expect(Object.values(states).filter((state) => state === 'order-differs')).toHaveLength(1)
  })
})

describe('a callout', () => {
  const warned = () =>
    colleagues.open(
      {
        en: [callout('warning', p('c', 'Stop at rash'), p('d', 'Call at once')), p('z', 'Done')],
        ru: [
          callout('warning', p('c', 'Стоп при сыпи', 'rc'), p('d', 'Звоните сразу', 'rd')),
          p('z', 'Всё', 'rz'),
        ],
      },
      { inSync: ['c', 'd', 'z'] },
    )

  it('splits within its unit and keeps ids when it changes its kind or is taken off', async () => {
    const { us, settled } = await warned()
    await us.caret('en', 'c', 5)
    await us.press('Enter')
    const split = ['aside p c/c Stop ', 'aside p *1/c at rash', 'aside p d/d Call at once']
    const states = { c: 'in-sync', d: 'in-sync', z: 'in-sync' }
    expect(await settled()).toMatchObject({ en: [...split, 'p z/z Done'], states })

    await choose(us, 'Callout', 'Note')
    await us.text('en').locator('aside[data-callout=note]').waitFor()
    expect(await settled()).toMatchObject({ en: [...split, 'p z/z Done'], states })

    await choose(us, 'Callout', 'Plain paragraph')
    const { en, states: after } = await settled()
    expect(en.map((line) => line.replace('aside ', ''))).toEqual([
      ...split.map((line) => line.replace('aside ', '')),
      'p z/z Done',
    ])
    expect(after).toEqual(states)
  })
})

/** A choice from one of the toolbar's menus. */
async function choose({ page }: ProtocolPage, menu: string, entry: string | RegExp) {
  await page.getByRole('toolbar').getByRole('button', { name: menu }).click()
  await page.getByRole('menu').getByText(entry).click()
}
