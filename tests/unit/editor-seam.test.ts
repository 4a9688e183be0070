import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { needsWork, viewRows } from '../../app/features/editor/seam/row-view'
import { align, type Slot, type SlotSize, slotsOf } from '../../app/features/editor/seam/slots'
import { PieceOfText } from '../../app/features/reading/doc-node'
import { toReading } from '../../app/features/reading/reading-rows'
import { deriveUnits, pageRows } from '../../shared/editor/alignment'
import type { Block, DocJson, Ledger, LiveContent } from '../../shared/editor/content'
import { unitHash } from '../../shared/editor/unit-hash'

function block(unit: string, text: string, lang: 'en' | 'ru', more: Partial<Block> = {}): Block {
  return { uid: `${lang}-${unit}`, unit, kind: 'paragraph', text, within: 'body', ...more }
}

function marked(src: string, tgt: string): Ledger[string] {
  return {
    src: unitHash([src]),
    tgt: unitHash([tgt]),
    srcText: src,
    tgtText: tgt,
    state: 'translated',
    by: 'u1',
    at: '2026-01-01T00:00:00.000Z',
  }
}

function view(
  en: Block[],
  ru: Block[],
  ledger: Ledger = {},
  before?: Parameters<typeof viewRows>[2],
) {
  const blocks = { en, ru }
  return viewRows(pageRows(blocks), deriveUnits(blocks, ledger), before)
}

describe('rows of the seam', () => {
  it('shows what changed under the other language, and nothing under the changed one', () => {
    const ledger = { 'a|en>ru': marked('Review at 4 weeks', 'Осмотр через 4 недели') }
    const en = [block('a', 'Review at 2 weeks', 'en')]
    const ru = [block('a', 'Осмотр через 4 недели', 'ru')]

    const [row] = view(en, ru, ledger)

    expect(row?.face).toBe('drifted')
    expect(row?.notes.en).toEqual([])
    const words = row?.notes.ru[0]?.parts.filter((part) => part.change !== 'same')
    expect(words?.map((part) => [part.change, part.text.trim()])).toEqual([
      ['removed', '4'],
      ['added', '2'],
    ])
  })

  it('takes the state of a row from its most urgent unit', () => {
    const cell = { within: 'table', table: 'a' } as const
    const ledger = { 'a|en>ru': marked('Dose', 'Доза'), 'b|en>ru': marked('50 mg', '50 мг') }
    const en = [block('a', 'Dose', 'en', cell), block('b', '5 mg', 'en', cell)]
    const ru = [block('a', 'Доза', 'ru', cell), block('b', '50 мг', 'ru', cell)]

    const rows = view(en, ru, ledger)

    expect(rows).toHaveLength(1)
    expect(rows[0]?.state).toBe('source-changed')
  })

  it('asks for a translation where one language has no text', () => {
    const [row] = view([block('a', 'Offer help.', 'en')], [])

    expect(row?.missingIn).toBe('ru')
    expect(row && needsWork(row)).toBe(true)
  })

  it('has no state for a row without text', () => {
    const [row] = view([block('a', '', 'en')], [block('a', ' ', 'ru')])

    expect(row?.face).toBeNull()
  })

  it('keeps the row that looks as before, so that a keystroke draws one row', () => {
    const ru = [block('a', 'Один', 'ru'), block('b', 'Два', 'ru')]
    const first = view([block('a', 'One', 'en'), block('b', 'Two', 'en')], ru)
    const known = new Map(first.map((row) => [row.key, row]))

    const second = view([block('a', 'One', 'en'), block('b', 'Two!', 'en')], ru, {}, known)

    expect(second[0]).toBe(first[0])
    expect(second[1]).not.toBe(first[1])
  })
})

describe('slots', () => {
  it('give a Russian paragraph that stands elsewhere a place of its own, in its own order', () => {
    const en = [block('a', 'A', 'en'), block('b', 'B', 'en'), block('c', 'C', 'en')]
    const ru = [block('b', 'Б', 'ru'), block('c', 'В', 'ru'), block('a', 'А', 'ru')]

    const slots = slotsOf(view(en, ru), ru)

    expect(slots.map((slot) => slot.key)).toEqual(['a', 'b', 'c', 'a~ru'])
    expect(slots.flatMap((slot) => slot.ru)).toEqual(ru.map((each) => each.uid))
    expect(slots.flatMap((slot) => slot.en)).toEqual(en.map((each) => each.uid))
  })
})

describe('alignment of slots', () => {
  const slot = (key: string, en: boolean, ru: boolean): Slot => ({
    key,
    en: en ? [`en-${key}`] : [],
    ru: ru ? [`ru-${key}`] : [],
  })
  const size = (en: number, ru: number, below: Partial<SlotSize['below']> = {}): SlotSize => ({
    text: { en, ru },
    below: { en: 0, ru: 0, ...below },
    least: 0,
  })

  it('gives the shorter text the room that the longer one takes, notes included', () => {
    const slots = [slot('a', true, true), slot('b', true, true)]
    const { tops, room } = align(slots, [size(30, 60, { ru: 40 }), size(50, 20)], ['en', 'ru'])

    expect(tops).toEqual([0, 100])
    expect([...room.en]).toEqual([['en-a', 70]])
    expect([...room.ru]).toEqual([
      ['ru-a', 40],
      ['ru-b', 30],
    ])
  })

  it('gives a language that has nothing in a slot its room after the block before', () => {
    const slots = [slot('a', true, true), slot('b', true, false), slot('c', true, true)]
    const sizes = [size(30, 30), size(44, 0), size(30, 30)]

    expect([...align(slots, sizes, ['en', 'ru']).room.ru]).toEqual([['ru-a', 44]])
  })

  it('gives it at the head where there is no block before', () => {
    const slots = [slot('a', true, false), slot('b', true, true)]

    expect(align(slots, [size(44, 0), size(30, 30)], ['en', 'ru']).lead).toEqual({ en: 0, ru: 44 })
  })

  it('leaves no gap on a phone for what only the other language has', () => {
    const slots = [slot('a', true, true), slot('b', false, true), slot('c', true, true)]
    const { tops, room } = align(slots, [size(30, 0), size(0, 0), size(30, 0)], ['en'])

    expect(tops).toEqual([0, 30, 30])
    expect(room.en.size).toBe(0)
  })
})

describe('reading view', () => {
  const text = (words: string, marks?: DocJson['marks']): DocJson => ({
    type: 'text',
    text: words,
    ...(marks && { marks }),
  })
  const paragraph = (uid: string, ...content: DocJson[]): DocJson => ({
    type: 'paragraph',
    attrs: { uid, unit: uid.slice(1) },
    content,
  })
  const html = (node: DocJson) =>
    renderToStaticMarkup(createElement(PieceOfText, { piece: { node } }))

  it('shows a table once, though each of its cells is a unit', () => {
    const cell = (uid: string) => ({ type: 'tableCell', content: [paragraph(uid, text(uid))] })
    const table = {
      type: 'table',
      content: [{ type: 'tableRow', content: [cell('e1'), cell('e2')] }],
    }
    const inTable = (unit: string): Block => ({
      ...block(unit, `e${unit}`, 'en', { within: 'table', table: '1' }),
      uid: `e${unit}`,
    })
    const content: LiveContent = {
      body: { en: { type: 'doc', content: [table] }, ru: { type: 'doc', content: [] } },
      blocks: { en: [inTable('1'), inTable('2')], ru: [] },
      ledger: {},
    }

    const { rows } = toReading(content)

    expect(rows).toHaveLength(1)
    expect(rows[0]?.text.en.map((piece) => piece.node.type)).toEqual(['table'])
  })

  it('links only where a protocol may link to', () => {
    const link = (href: string) =>
      html(paragraph('e1', text('here', [{ type: 'link', attrs: { href } }])))

    expect(link('https://who.int')).toContain('href="https://who.int"')
    expect(link('javascript:alert(1)')).toBe('<p>here</p>')
  })

  it('shows text as text', () => {
    expect(html(paragraph('e1', text('<b>5 < 6</b>')))).toBe('<p>&lt;b&gt;5 &lt; 6&lt;/b&gt;</p>')
  })
})
