import { EditorState } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import { deriveUnits } from '../../shared/editor/alignment'
import type { DocJson, Ledger } from '../../shared/editor/content'
import { applyMerge, joinOffer, planMerge } from '../../shared/editor/join-offer'
import { protocolSchema } from '../../shared/editor/schema'
import { unitHash } from '../../shared/editor/unit-hash'
import { bilingual, blocksOf, body, callout, list, p, table } from '../fixtures/bilingual'

const mark = (srcText: string, tgtText: string): Ledger[string] => ({
  src: unitHash([srcText]),
  tgt: unitHash([tgtText]),
  srcText,
  tgtText,
  state: 'translated',
  by: 'u1',
  at: '2026-01-01T00:00:00.000Z',
})
const LEDGER: Ledger = {
  'a|en>ru': mark('Take two.', 'Примите две.'),
  'b|en>ru': mark('Then call.', 'Затем позвоните.'),
}
const RU = [p('a', 'Примите две.', 'r-a'), p('b', 'Затем позвоните.', 'r-b')]

function offer(en: DocJson[], ru: DocJson[], extra: string, ledger = LEDGER) {
  const blocks = blocksOf(bilingual(en, ru))
  const has = deriveUnits(blocks, ledger).find(({ unit }) => unit === extra)?.missingIn
  const order = blocks[has === 'en' ? 'ru' : 'en'].map(({ unit }) => unit)
  return joinOffer(deriveUnits(blocks, ledger), order, extra)
}

describe('joinOffer', () => {
  it('knows a join with a space between the texts, and without', () => {
    const found = { lang: 'ru', survivor: 'a', extra: 'b' }
    expect(offer([p('a', 'Take two. Then call.')], RU, 'b')).toEqual(found)
    expect(offer([p('a', 'Take two.Then call.')], RU, 'b')).toEqual(found)
  })

  it('knows a join in the language that was translated into', () => {
    const en = [p('a', 'Take two.', 'e-a'), p('b', 'Then call.', 'e-b')]
    expect(offer(en, [p('a', 'Примите две. Затем позвоните.')], 'b')).toEqual({
      lang: 'en',
      survivor: 'a',
      extra: 'b',
    })
  })

  it('offers nothing once the joined text says something else', () => {
    expect(offer([p('a', 'Take two. Then phone.')], RU, 'b')).toBeNull()
    expect(offer([p('a', 'Then call. Take two.')], RU, 'b')).toBeNull()
  })

  it('offers nothing for a paragraph that was deleted', () => {
    expect(offer([p('a', 'Take two.')], RU, 'b')).toBeNull()
  })

  it('offers nothing where something stands between the two', () => {
    const ru = [RU[0] ?? p('a'), p('c', 'Между ними.'), RU[1] ?? p('b')]
    expect(offer([p('a', 'Take two. Then call.')], ru, 'b')).toBeNull()
  })

  it('offers nothing for what was never marked', () => {
    expect(offer([p('a', 'Take two. Then call.')], RU, 'b', {})).toBeNull()
  })
})

describe('planMerge', () => {
  const OFFER = { lang: 'ru', survivor: 'a', extra: 'b' } as const
  const merged = (...content: DocJson[]): unknown => {
    const doc = protocolSchema.nodeFromJSON(body(...content))
    const plan = planMerge(doc, OFFER)
    if (!plan) return null
    const after = applyMerge(EditorState.create({ doc }), plan).doc
    after.check()
    return after.toJSON().content
  }
  const JOINED = protocolSchema
    .nodeFromJSON(body(p('a', 'Примите две. Затем позвоните.', 'r-a')))
    .toJSON().content

  it('appends the words with a space and takes the empty paragraph away', () => {
    expect(merged(...RU)).toEqual(JOINED)
    expect(merged(p('a', 'Примите две. ', 'r-a'), ...RU.slice(1))).toEqual(JOINED)
  })

  it('keeps bold and links of the words that move', () => {
    const bold = { type: 'text', text: 'Сразу', marks: [{ type: 'bold' }] }
    const out = merged(p('a', 'Раз', 'r-a'), { ...p('b', '', 'r-b'), content: [bold] })
    expect(out).toMatchObject([{ content: [{ text: 'Раз ' }, bold] }])
  })

  it('takes an item or a box that holds nothing else along', () => {
    expect(merged(list(...RU.map((each) => [each])))).toMatchObject([
      { type: 'bulletList', content: [{ content: JOINED }] },
    ])
    expect(merged(RU[0] ?? p('a'), callout('note', RU[1] ?? p('b')))).toEqual(JOINED)
  })

  it('leaves cells, and items that others hang on, as they are', () => {
    expect(merged(table(RU))).toBeNull()
    expect(merged(list([RU[0] ?? p('a')], [RU[1] ?? p('b'), list([p('c', 'x')])]))).toBeNull()
  })
})
