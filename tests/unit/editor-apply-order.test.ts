import { EditorState } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import { applyOrder, planOrder, stretchOf } from '../../shared/editor/apply-order'
import type { DocJson } from '../../shared/editor/content'
import { placedBlocks } from '../../shared/editor/identity-rules'
import { protocolSchema } from '../../shared/editor/schema'
import type { Language } from '../../shared/languages'
import { body, callout, list, p, table } from '../fixtures/bilingual'

const toNode = (content: DocJson[]) => protocolSchema.nodeFromJSON(body(...content))

/** Ids in the order that a language has after its move; null where there is none. */
function orderAfter(
  texts: Record<Language, DocJson[]>,
  unit: string,
  side: Language,
): string | null {
  const docs = { en: toNode(texts.en), ru: toNode(texts.ru) }
  const plan = planOrder(docs, unit, side)
  if (!plan) return null
  const { doc } = applyOrder(EditorState.create({ doc: docs[side] }), plan)
  doc.check()
  return placedBlocks(doc)
    .map(({ uid }) => uid)
    .join(' ')
}

const text = (lang: string, units: string) =>
  [...units].map((unit) => p(unit, `text of ${unit}`, `${lang}-${unit}`))
const both = (en: string, ru: string) => ({ en: text('e', en), ru: text('r', ru) })

describe('planOrder', () => {
  it('puts a paragraph after the counterpart of the one before it, in either language', () => {
    expect(orderAfter(both('acb', 'abc'), 'c', 'ru')).toBe('r-a r-c r-b')
    expect(orderAfter(both('acb', 'abc'), 'c', 'en')).toBe('e-a e-b e-c')
  })

  it('puts one that is first at the beginning', () => {
    expect(orderAfter(both('dabc', 'abcd'), 'd', 'ru')).toBe('r-d r-a r-b r-c')
  })

  it('does nothing for what stands in the same order, or is in one language only', () => {
    expect(orderAfter(both('abc', 'abc'), 'b', 'ru')).toBeNull()
    expect(orderAfter(both('acb', 'abc'), 'a', 'ru')).toBeNull()
    expect(orderAfter(both('abx', 'ab'), 'x', 'ru')).toBeNull()
  })

  it('takes all blocks of a split paragraph along', () => {
    const texts = both('adbc', 'abcd')
    texts.ru.push(p('d', 'second half', 'r-d2'))
    expect(orderAfter(texts, 'd', 'ru')).toBe('r-a r-d r-d2 r-b r-c')
  })

  it('passes over what is not in the other language when it looks for the one before', () => {
    expect(orderAfter(both('axdbc', 'abcd'), 'd', 'ru')).toBe('r-a r-d r-b r-c')
  })

  it('moves a list item within its list', () => {
    const items = (lang: string, units: string) => list(...text(lang, units).map((one) => [one]))
    const texts = {
      en: [p('h', 'Head', 'e-h'), items('e', 'cab')],
      ru: [p('h', 'Head', 'r-h'), items('r', 'abc')],
    }
    expect(orderAfter(texts, 'c', 'ru')).toBe('r-h r-c r-a r-b')
    const docs = { en: toNode(texts.en), ru: toNode(texts.ru) }
    const plan = planOrder(docs, 'c', 'ru')
    expect(plan && docs.ru.resolve(plan.insertAt).parent.type.name).toBe('bulletList')
  })

  it('moves a list, a callout and a table whole when they stand elsewhere', () => {
    const boxes = [
      (lang: string) => list([p('x', 'X', `${lang}-x`)]),
      (lang: string) => callout('note', p('x', 'X', `${lang}-x`)),
      (lang: string) => table([p('x', 'X', `${lang}-x`)]),
    ]
    for (const box of boxes) {
      const texts = { en: [box('e'), ...text('e', 'abc')], ru: [...text('r', 'abc'), box('r')] }
      expect(orderAfter(texts, 'x', 'ru')).toBe('r-x r-a r-b r-c')
    }
  })

  it('leaves cells of a table where they are', () => {
    const row = (lang: string, units: string) => table(text(lang, units))
    expect(orderAfter({ en: [row('e', 'cab')], ru: [row('r', 'abc')] }, 'c', 'ru')).toBeNull()
  })

  it('comes to the same order whichever of several is moved first', () => {
    for (const units of ['xy', 'yx']) {
      let ru = 'abcyx'
      for (const unit of units) {
        const order = orderAfter(both('axybc', ru), unit, 'ru')
        if (order) ru = order.replaceAll('r-', '').replaceAll(' ', '')
      }
      expect(ru).toBe('axybc')
    }
  })
})

describe('stretchOf', () => {
  it('holds all blocks that change places, for the move guard', () => {
    const docs = { en: toNode(text('e', 'adbc')), ru: toNode(text('r', 'abcd')) }
    const plan = planOrder(docs, 'd', 'ru')
    expect(plan && stretchOf(docs.ru, plan).uids).toEqual(['r-b', 'r-c', 'r-d'])
  })
})
