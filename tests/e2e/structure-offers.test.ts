import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { list, p } from '../fixtures/bilingual'
import { type Colleagues, meetColleagues } from '../setup/colleagues'
import { openProtocol, type ProtocolPage } from '../setup/protocol-page'

let colleagues: Colleagues

beforeAll(async () => {
  colleagues = await meetColleagues()
})
afterAll(() => colleagues?.leave())

const EN = ['p e-a/a One red', 'p e-b/b Two blue', 'p e-c/c Three white']
const RU = ['p r-a/a Одна красная', 'p r-b/b Две синие', 'p r-c/c Три белые']
const UNITS = ['a', 'b', 'c']
const ALL_IN_SYNC = { a: 'in-sync', b: 'in-sync', c: 'in-sync' }

const three = () =>
  colleagues.open(
    {
      en: [p('a', 'One red', 'e-a'), p('b', 'Two blue', 'e-b'), p('c', 'Three white', 'e-c')],
      ru: [p('a', 'Одна красная', 'r-a'), p('b', 'Две синие', 'r-b'), p('c', 'Три белые', 'r-c')],
    },
    { inSync: UNITS },
  )

/** Open the popover of a unit's row and press the button with that name in it. */
async function choose(protocol: ProtocolPage, unit: string, name: string) {
  await protocol.page.locator(`[data-slot="${unit}"] .seam-button`).click()
  await protocol.page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
}

describe('the order of one language', () => {
  it('is given to the other by one click, and one undo takes it back', async () => {
    const { us, ru, settled } = await three()
    await us.caret('en', 'e-c', 3)
    await us.press('Alt+ArrowUp')
    const { states, en } = await settled()
    expect(en).toEqual([EN[0], EN[2], EN[1]])
    const moved = UNITS.find((unit) => states[unit] === 'order-differs') ?? ''

    await choose(ru, moved, 'Поставить русский абзац на то же место')
    expect(await settled()).toMatchObject({
      en,
      ru: [RU[0], RU[2], RU[1]],
      states: ALL_IN_SYNC,
    })

    await ru.text('ru').focus()
    await ru.press('Control+z')
    expect(await settled()).toMatchObject({ en, ru: RU, states })
  })

  it('goes back to what the other has, by the button for this language', async () => {
    const { us, settled } = await three()
    await us.caret('en', 'e-a', 3)
    await us.press('Alt+ArrowDown')
    const { states } = await settled()
    const moved = UNITS.find((unit) => states[unit] === 'order-differs') ?? ''

    await choose(us, moved, 'Put the English paragraph in the same place')
    expect(await settled()).toMatchObject({ en: EN, ru: RU, states: ALL_IN_SYNC })
  })

  it('is not given while a colleague’s caret is in what would move, and says who', async () => {
    const { us, ru, settled } = await three()
    await us.caret('en', 'e-c', 3)
    await us.press('Alt+ArrowUp')
    const { states } = await settled()
    const moved = UNITS.find((unit) => states[unit] === 'order-differs') ?? ''
    await ru.caret('ru', 'r-b', 'end')
    await us.block('ru', 'r-b').locator('.peer-caret').waitFor({ state: 'attached' })

    await choose(us, moved, 'Put the Russian paragraph in the same place')
    await us.said.getByText(/(Корсаков|Korsakov) is writing in one of these/).waitFor()
    expect((await settled()).ru).toEqual(RU)
  })

  it('is given to items within their list, ids and all', async () => {
    const items = (lang: string) =>
      list(...UNITS.map((unit) => [p(unit, `${lang} ${unit}`, `${lang}-${unit}`)]))
    const { us, ru, settled } = await colleagues.open(
      { en: [items('e')], ru: [items('r')] },
      { inSync: UNITS },
    )
    await us.caret('en', 'e-a', 1)
    await us.press('Alt+ArrowDown', 'Alt+ArrowDown')
    expect((await settled()).states.a).toBe('order-differs')

    await choose(ru, 'a', 'Поставить русский абзац на то же место')
    expect(await settled()).toMatchObject({
      en: ['ul li1 p e-b/b e b', 'ul li2 p e-c/c e c', 'ul li3 p e-a/a e a'],
      ru: ['ul li1 p r-b/b r b', 'ul li2 p r-c/c r c', 'ul li3 p r-a/a r a'],
      states: ALL_IN_SYNC,
    })
  })

  it('is not offered to somebody who may not write', async () => {
    const { us, path, settled } = await three()
    await us.caret('en', 'e-a', 1)
    await us.press('Alt+ArrowDown', 'Alt+ArrowDown')
    expect((await settled()).states.a).toBe('order-differs')

    const viewer = await colleagues.joinedBy('viewer')
    const { page } = await openProtocol(viewer, path)
    await page.locator('[data-slot="a"] .seam-button').click()
    const popover = page.getByRole('dialog')
    await popover.getByText('The paragraph stands at another place').waitFor()
    await expect.poll(() => popover.getByRole('button', { name: /same place/ }).count()).toBe(0)
  })
})

describe('a join in one language', () => {
  it('is offered to the other, and undone by one step', async () => {
    const { us, ru, settled } = await three()
    await us.caret('en', 'e-b', 0)
    await us.press('Backspace')
    const joined = await settled()
    expect(joined.states).toEqual({ a: 'source-changed', b: 'extra', c: 'in-sync' })
    const row = ru.page.locator('[data-slot="b"]')
    await row.getByText('Английский текст удалён').waitFor()
    await expect.poll(() => row.getByText('Ещё не переведено').count()).toBe(0)
    await expect
      .poll(() => row.getByRole('button').first().getAttribute('aria-label'))
      .toContain('Удалён английский текст')

    await choose(ru, 'b', 'Объединить и русские абзацы')
    expect(await settled()).toMatchObject({
      en: joined.en,
      ru: ['p r-a/a Одна красная Две синие', RU[2]],
      states: { a: 'both-changed', c: 'in-sync' },
    })

    await ru.text('ru').focus()
    await ru.press('Control+z')
    expect(await settled()).toEqual(joined)
  })

  it('is not carried over without a line, and says that it waits for one', async () => {
    const { us, settled } = await three()
    await us.caret('en', 'e-b', 0)
    await us.press('Backspace')
    await settled()
    await colleagues.us.context.setOffline(true)
    try {
      await us.page.locator('[role=status][data-sync=offline]').waitFor({ timeout: 45_000 })
      await choose(us, 'b', 'Merge the Russian paragraphs too')
      await us.said.getByText('Merging waits until the page is connected').waitFor()
    } finally {
      await colleagues.us.context.setOffline(false)
    }
    await us.page.locator('[role=status][data-sync=saved]').waitFor({ timeout: 45_000 })
    expect((await settled()).ru).toEqual(RU)
  })

  it('is not offered for a paragraph that was deleted', async () => {
    const { us, ru, settled } = await three()
    await us.caret('en', 'e-b', 0)
    await us.press('Shift+End', 'Backspace', 'Backspace')
    expect((await settled()).states.b).toBe('extra')

    await ru.page.locator('[data-slot="b"] .seam-button').click()
    const popover = ru.page.getByRole('dialog')
    await popover.getByRole('button', { name: 'Перевести на английский' }).waitFor()
    await expect.poll(() => popover.getByRole('button', { name: /Объединить/ }).count()).toBe(0)
  })
})
