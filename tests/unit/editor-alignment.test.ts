import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  countUnits,
  deriveUnits,
  pageRows,
  suspectedDoubling,
  type UnitStatus,
} from '../../shared/editor/alignment'
import { createBlockReader, readBlocks, readContent, readLedger } from '../../shared/editor/blocks'
import type { DocJson, Ledger, LedgerEntry } from '../../shared/editor/content'
import { ledgerKey, writeMark } from '../../shared/editor/ledger'
import { unitNumbers } from '../../shared/editor/page-rows'
import { unitHash } from '../../shared/editor/unit-hash'
import { isAppError } from '../../shared/errors'
import { LANGUAGES, type Language, otherLanguage } from '../../shared/languages'
import { bilingual, blocksOf, callout, h, list, p, table } from '../fixtures/bilingual'

const AT = '2008-04-01T09:00:00.000Z'

function entry(src: string, tgt: string, state: LedgerEntry['state'] = 'translated'): LedgerEntry {
  return {
    src: unitHash([src]),
    tgt: unitHash([tgt]),
    srcText: src,
    tgtText: tgt,
    state,
    by: 'u',
    at: AT,
  }
}

function derive(en: DocJson[], ru: DocJson[], ledger: Ledger = {}): UnitStatus[] {
  return deriveUnits(blocksOf(bilingual(en, ru)), ledger)
}

describe('deriveUnits', () => {
  const enRu = { 'a|en>ru': entry('One', 'Раз') }
  const ruEn = { 'a|ru>en': entry('Раз', 'One') }
  const reviewed = { 'a|en>ru': entry('One', 'Раз', 'reviewed') }
  const cases: readonly {
    title: string
    en: string | null
    ru: string | null
    ledger: Ledger
    expected: Partial<UnitStatus>
  }[] = [
    {
      title: 'missing where only EN has it',
      en: 'One',
      ru: null,
      ledger: {},
      expected: { state: 'missing', missingIn: 'ru', needsAttention: ['ru'] },
    },
    {
      title: 'missing where only RU has it',
      en: null,
      ru: 'Раз',
      ledger: {},
      expected: { state: 'missing', missingIn: 'en', needsAttention: ['en'] },
    },
    {
      title: 'missing while the counterpart is empty',
      en: 'One',
      ru: '',
      ledger: {},
      expected: { state: 'missing', missingIn: 'ru', hash: { en: unitHash(['One']), ru: null } },
    },
    {
      title: 'draft before it is first marked',
      en: 'One',
      ru: 'Раз',
      ledger: {},
      expected: { state: 'draft', needsAttention: [] },
    },
    {
      title: 'in-sync while both are as marked',
      en: 'One',
      ru: 'Раз',
      ledger: enRu,
      expected: { state: 'in-sync', from: 'en', to: 'ru', needsAttention: [] },
    },
    {
      title: 'reviewed while both are as reviewed',
      en: 'One',
      ru: 'Раз',
      ledger: reviewed,
      expected: { state: 'reviewed', needsAttention: [] },
    },
    {
      title: 'in-sync when only typography differs',
      en: ' One\u00a0',
      ru: 'Раз',
      ledger: enRu,
      expected: { state: 'in-sync' },
    },
    {
      title: 'source-changed, shown in the target',
      en: 'One!',
      ru: 'Раз',
      ledger: enRu,
      expected: { state: 'source-changed', needsAttention: ['ru'] },
    },
    {
      title: 'target-changed, shown in the source',
      en: 'One',
      ru: 'Раз!',
      ledger: enRu,
      expected: { state: 'target-changed', needsAttention: ['en'] },
    },
    {
      title: 'source-changed of RU, shown in EN',
      en: 'One',
      ru: 'Раз!',
      ledger: ruEn,
      expected: { state: 'source-changed', from: 'ru', to: 'en', needsAttention: ['en'] },
    },
    {
      title: 'both-changed',
      en: 'One!',
      ru: 'Раз!',
      ledger: enRu,
      expected: { state: 'both-changed', needsAttention: ['en', 'ru'] },
    },
    {
      title: 'extra when the marked target is gone',
      en: 'One',
      ru: null,
      ledger: enRu,
      expected: { state: 'extra', missingIn: 'ru', needsAttention: ['en'] },
    },
    {
      title: 'extra when the marked source is emptied',
      en: '',
      ru: 'Раз',
      ledger: reviewed,
      expected: { state: 'extra', missingIn: 'en', needsAttention: ['ru'] },
    },
  ]
  for (const { title, en, ru, ledger, expected } of cases) {
    it(`says ${title}`, () => {
      const units = derive(
        [...(en === null ? [] : [p('a', en)]), p('z', 'End')],
        [...(ru === null ? [] : [p('a', ru, 'ra')]), p('z', 'Конец', 'rz')],
        ledger,
      )
      expect(units.find(({ unit }) => unit === 'a')).toMatchObject(expected)
    })
  }

  it('flags only what moved when the order differs, and content before order', () => {
    const en = ['a', 'b', 'c', 'd', 'e'].map((unit) => p(unit, `EN ${unit}`))
    const ru = ['a', 'c', 'd', 'b', 'e'].map((unit) => p(unit, `RU ${unit}`))
    const marked = { 'b|en>ru': entry('EN b', 'RU b') }

    expect(derive(en, ru, marked).map(({ unit, state }) => `${unit} ${state}`)).toEqual([
      'a draft',
      'b order-differs',
      'c draft',
      'd draft',
      'e draft',
    ])
    const changed = derive(en, ru, { 'b|en>ru': entry('EN before', 'RU b') })[1]
    expect(changed).toMatchObject({ state: 'source-changed', moved: true })
  })

  it('sees a doubled text in one language, but not a unit of two different paragraphs', () => {
    const doubled = derive(
      [p('a', 'Same words', 'a1'), p('b', 'Two'), p('a', 'Same  words', 'a2')],
      [p('a', 'Слова'), p('b', 'Два')],
    )
    expect(doubled[0]).toMatchObject({ state: 'duplicate', needsAttention: ['en'] })
    const split = derive([p('a', 'One', 'a1'), p('a', 'two', 'a2')], [p('a', 'Раз два')], {
      'a|en>ru': entry('One two', 'Раз два'),
    })
    expect(split).toMatchObject([{ state: 'in-sync', text: { en: 'One two' } }])
  })

  it('clears a drift when the edit is undone', () => {
    const doc = bilingual([p('a', 'One')], [p('a', 'Раз')])
    const body = doc.getXmlFragment('body:en')
    const undo = new Y.UndoManager(body)
    const state = () => deriveUnits(blocksOf(doc), enRu)[0]?.state
    const paragraph = body.get(0)
    if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText('Not ')])
    expect(state()).toBe('source-changed')

    undo.undo()

    expect(state()).toBe('in-sync')
  })

  const UNITS = ['a', 'b', 'c', 'd', 'e']
  const texts = fc.record({
    unit: fc.constantFrom(...UNITS),
    text: fc.constantFrom('', 'x', 'y y'),
  })
  const bodies = fc.record({
    en: fc.array(texts, { maxLength: 7 }),
    ru: fc.array(texts, { maxLength: 7 }),
  })
  const marks = fc.dictionary(
    fc.constantFrom(...UNITS.flatMap((unit) => [`${unit}|en>ru`, `${unit}|ru>en`])),
    fc.record({
      src: fc.constantFrom('x', 'y y').map((text) => unitHash([text])),
      tgt: fc.constantFrom('x', 'y y').map((text) => unitHash([text])),
      srcText: fc.constant(''),
      tgtText: fc.constant(''),
      state: fc.constantFrom('translated' as const, 'reviewed' as const),
      by: fc.constant('u'),
      at: fc.constantFrom(AT, '2008-05-01T09:00:00.000Z'),
    }),
  )
  type Bodies = Record<Language, { unit: string; text: string }[]>
  const toBlocks = (input: Bodies) => {
    const side = (lang: Language) =>
      input[lang].map(({ unit, text }, index) => ({
        uid: `${lang}${index}`,
        unit,
        text,
        kind: 'paragraph' as const,
        within: 'body' as const,
      }))
    return { en: side('en'), ru: side('ru') }
  }

  it('is pure and does not depend on the order of the ledger', () => {
    fc.assert(
      fc.property(bodies, marks, (input, ledger) => {
        const blocks = toBlocks(input)
        const once = deriveUnits(blocks, ledger)
        const reversed = Object.fromEntries(Object.entries(ledger).reverse())
        expect(deriveUnits(structuredClone(blocks), reversed)).toEqual(once)
        expect(new Set(once.map(({ unit }) => unit)).size).toBe(once.length)
      }),
    )
  })

  it('says the mirror image when the languages change places', () => {
    const swapKey = (key: string) => {
      const [unit, from] = key.split(/[|>]/)
      return from === 'en' ? `${unit}|ru>en` : `${unit}|en>ru`
    }
    const both = (unit: string, ledger: Ledger) =>
      LANGUAGES.every((lang) => ledger[ledgerKey(unit, lang, otherLanguage(lang))])
    fc.assert(
      fc.property(bodies, marks, (input, ledger) => {
        const swapped = Object.fromEntries(Object.entries(ledger).map(([k, v]) => [swapKey(k), v]))
        const here = deriveUnits(toBlocks(input), ledger)
        const there = new Map(
          deriveUnits(toBlocks({ en: input.ru, ru: input.en }), swapped).map((u) => [u.unit, u]),
        )
        expect(there.size).toBe(here.length)
        for (const unit of here) {
          const mirror = there.get(unit.unit)
          expect(mirror?.hash).toEqual({ en: unit.hash.ru, ru: unit.hash.en })
          // Which of two exchanged units "moved", and two marks of one second, are a matter of choice.
          if (unit.moved || mirror?.moved || both(unit.unit, ledger)) continue
          expect(mirror?.state).toBe(unit.state)
          expect(mirror?.missingIn).toBe(unit.missingIn && otherLanguage(unit.missingIn))
          expect([...(mirror?.needsAttention ?? [])].sort()).toEqual(
            unit.needsAttention.map(otherLanguage).sort(),
          )
        }
        expect(here.filter(({ moved }) => moved)).toHaveLength(
          [...there.values()].filter(({ moved }) => moved).length,
        )
      }),
    )
  })

  it('counts every unit with text exactly once', () => {
    fc.assert(
      fc.property(bodies, marks, (input, ledger) => {
        const units = deriveUnits(toBlocks(input), ledger)
        const counts = countUnits(units)
        expect(counts.inSync + counts.drifted + counts.missing + counts.draft).toBe(counts.units)
        expect(counts.reviewed).toBeLessThanOrEqual(counts.inSync)
        expect(counts.units).toBe(units.filter(({ hash }) => hash.en ?? hash.ru).length)
      }),
    )
  })
})

describe('pageRows', () => {
  it('numbers clauses so that a number never means two places', () => {
    const rows = pageRows(
      blocksOf(
        bilingual(
          [
            p('pre', 'Preamble'),
            h('h1', 'Testing'),
            p('p1', 'First'),
            h('h2', 'Rapid tests', 3),
            p('p2', 'Second'),
            list([p('l1', 'One')], [p('l2', 'Two'), list([p('l3', 'Deep')])]),
            callout('warning', p('c1', 'Do not'), p('c2', 'Never')),
            table([p('t1', 'Drug'), p('t2', 'Dose')], [p('t3', 'DTG'), p('t4', '50 mg')]),
            p('empty'),
            h('h3', 'Treatment'),
            p('p3', 'Third'),
          ],
          [
            h('h1', 'Тестирование'),
            p('extra', 'Ещё'),
            table([p('t1', 'Препарат'), p('t2', 'Доза')]),
          ],
        ),
      ),
    )
    expect(rows.map(({ key, number }) => `${number ?? '-'} ${key}`)).toEqual([
      '- pre',
      '1 h1',
      '1.1 p1',
      '1.2 h2',
      '1.2.1 p2',
      '1.2.2 l1',
      '- l2',
      '- l3',
      '1.2.3 c1',
      '- c2',
      '1.2.4 extra',
      '1.2.5 t1',
      '- empty',
      '2 h3',
      '2.1 p3',
    ])
    expect(rows.find(({ key }) => key === 't1')?.units).toEqual(['t1', 't2', 't3', 't4'])
    const numbers = rows.flatMap(({ number }) => number ?? [])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('puts what moved where EN has it, and RU texts of their own between the rows they stand between', () => {
    const en = ['a', 'b', 'c', 'd'].map((unit) => p(unit, unit))
    const ru = ['x', 'b', 'a', 'y', 'd'].map((unit) => p(unit, unit))
    const rows = pageRows(blocksOf(bilingual(en, ru)))

    expect(rows.map(({ key }) => key)).toEqual(['a', 'x', 'b', 'c', 'y', 'd'])
    expect(rows.flatMap((row) => row.ru).length).toBe(5)
  })

  it('finds the counterpart of a table whose first cell was deleted', () => {
    const rows = pageRows(
      blocksOf(
        bilingual([table([p('t1', 'a'), p('t2', 'b')])], [table([p('t9', 'x'), p('t2', 'b')])]),
      ),
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.units).toEqual(['t1', 't9', 't2'])
  })

  it('has a number to cite every unit by: its row’s, or its list’s', () => {
    const blocks = blocksOf(
      bilingual(
        [
          p('pre', 'Preamble'),
          h('h1', 'Testing'),
          p('p1', 'First'),
          list([p('l1', 'One')], [p('l2', 'Two')]),
          table([p('t1', 'Drug'), p('t2', 'Dose')]),
          p('p1', 'Again', 'p1b'),
        ],
        [h('h1', 'Тестирование'), p('p1', 'Первое')],
      ),
    )
    expect([...unitNumbers(blocks)].map(([unit, number]) => `${number} ${unit}`)).toEqual([
      '1 h1',
      '1.1 p1',
      '1.2 l1',
      '1.2 l2',
      '1.3 t1',
      '1.3 t2',
    ])
  })

  it('gives a unit in two places two rows', () => {
    const rows = pageRows(
      blocksOf(bilingual([p('a', '1', 'a1'), p('b', '2'), p('a', '3', 'a2')], [p('a', '1')])),
    )
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'a~2'])
  })
})

describe('reading a document', () => {
  it('reads text, place and identity of every kind of block', () => {
    const doc = bilingual([
      h('h', 'Head', 3),
      list([p('l', 'Item')]),
      callout('note', p('c', 'Note')),
    ])
    const body = doc.getXmlFragment('body:en')
    const heading = body.get(0)
    if (heading instanceof Y.XmlElement) {
      const bold = new Y.XmlText()
      bold.insert(0, ' bold', { bold: {} })
      heading.insert(1, [new Y.XmlElement('hardBreak'), bold])
    }
    expect(readBlocks(body)).toEqual([
      { uid: 'h', unit: 'h', kind: 'heading', level: 3, text: 'Head\n bold', within: 'body' },
      { uid: 'l', unit: 'l', kind: 'paragraph', text: 'Item', within: 'list', container: 'l' },
      { uid: 'c', unit: 'c', kind: 'paragraph', text: 'Note', within: 'callout', container: 'c' },
    ])
  })

  it('reads a damaged body as valid text', () => {
    const doc = new Y.Doc()
    const text = new Y.XmlText('Loose')
    const item = new Y.XmlElement('listItem')
    const sub = new Y.XmlElement('bulletList')
    doc
      .getXmlFragment('body:en')
      .insert(0, [
        new Y.XmlElement('callout'),
        new Y.XmlElement('script'),
        text,
        new Y.XmlElement('table'),
      ])
    doc.getXmlFragment('body:ru').insert(0, [sub])
    sub.insert(0, [item])
    doc.getMap('ledger').set('a|en>ru', { src: 1 })

    const content = readContent(doc)

    expect(content.body.en.content).toMatchObject([
      { type: 'paragraph', content: [{ type: 'text', text: 'Loose' }] },
    ])
    expect(content.body.ru.content).toMatchObject([{ type: 'paragraph' }])
    expect(content.ledger).toEqual({})
  })

  it('reads incrementally what it would read from the start', () => {
    const doc = bilingual([
      p('a', 'One'),
      list([p('l', 'Item')]),
      table([p('t', 'Cell')]),
      p('b', 'Two'),
    ])
    const body = doc.getXmlFragment('body:en')
    const reader = createBlockReader(body)
    const before = reader.read()
    expect(reader.read()).toBe(before)

    const listNode = body.get(1)
    if (listNode instanceof Y.XmlElement) {
      const paragraph = listNode.querySelector('paragraph')
      if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText('New ')])
    }
    body.delete(2, 1)

    expect(reader.read()).toEqual(readBlocks(body))
    expect(reader.read()[1]?.text).toBe('New Item')
    expect(reader.read()[0]).toBe(before[0])
    reader.destroy()
  })
})

describe('writeMark', () => {
  const mark = {
    unit: 'a',
    from: 'en',
    to: 'ru',
    state: 'translated',
    by: 'u',
    at: AT,
    expectedSrc: unitHash(['One']),
    expectedTgt: unitHash(['Раз']),
  } as const

  it('writes the texts that agree and removes the other direction', () => {
    const doc = bilingual([p('a', 'One')], [p('a', 'Раз')])
    writeMark(doc, {
      ...mark,
      from: 'ru',
      to: 'en',
      expectedSrc: mark.expectedTgt,
      expectedTgt: mark.expectedSrc,
    })
    writeMark(doc, mark)

    expect(readLedger(doc)).toEqual({ 'a|en>ru': entry('One', 'Раз') })
  })

  it('refuses when either text moved, and says what they are now', () => {
    const doc = bilingual([p('a', 'One more')], [p('a', 'Раз')])
    expect(refusal(() => writeMark(doc, mark))).toEqual([
      'text_moved',
      { unit: 'a', sourceHash: unitHash(['One more']), targetHash: unitHash(['Раз']) },
    ])
    expect(readLedger(doc)).toEqual({})
  })

  it('refuses a unit that one language has no text of', () => {
    const doc = bilingual([p('a', 'One')], [p('a')])
    expect(refusal(() => writeMark(doc, mark))?.[0]).toBe('not_found')
  })
})

describe('suspectedDoubling', () => {
  it('finds a tail that stands twice, and no short word', () => {
    const { en } = blocksOf(
      bilingual([
        p('a', 'Call within 48 hours and review'),
        p('b', 'hours and review'),
        p('c', 'Review'),
        p('d', 'review'),
      ]),
    )
    expect(suspectedDoubling(en).map(({ first, second }) => [first.uid, second.uid])).toEqual([
      ['a', 'b'],
    ])
  })
})

function refusal(act: () => void) {
  try {
    act()
    return undefined
  } catch (error) {
    if (!isAppError(error)) throw error
    return [error.code, error.detail]
  }
}
