import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContent } from '../../shared/editor/blocks'
import type { DocJson } from '../../shared/editor/content'
import { findPassage } from '../../shared/editor/passage'
import { type RedactedPassage, redactContent } from '../../shared/editor/redact'
import { unitHash } from '../../shared/editor/unit-hash'
import { bilingual, h, list, p, table } from '../fixtures/bilingual'

const found = (text: string, passage: string) =>
  findPassage(text, passage).map(({ start, end }) => text.slice(start, end))

function redact(en: DocJson[], ...passages: RedactedPassage[]) {
  return redactContent(readContent(bilingual(en)), passages)
}

const inside = (...content: DocJson[]): DocJson => ({
  type: 'paragraph',
  attrs: { uid: 'u', unit: 'u' },
  content,
})
const text = (words: string, ...marks: NonNullable<DocJson['marks']>): DocJson => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 && { marks }),
})

describe('findPassage', () => {
  it('finds it however it is spaced, quoted and encoded', () => {
    expect(found('a Ann  Lee\u00a0b', ' Ann Lee ')).toEqual(['Ann  Lee'])
    expect(found('«Ann» and “Ann”', '"Ann"')).toEqual(['«Ann»', '“Ann”'])
    expect(found('Пе\u0306тр', 'Пӗтр')).toEqual(['Пе\u0306тр'])
    expect(found('Ann\nLee', 'Ann Lee')).toEqual(['Ann\nLee'])
  })

  it('finds each place once, nothing in nothing, and no other word', () => {
    expect(findPassage('aaaaaaaa', 'aaaa')).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 8 },
    ])
    expect(findPassage('', 'a')).toEqual([])
    expect(findPassage('a b', '  ')).toEqual([])
    expect(findPassage('a […] b', '[…]')).toEqual([])
    expect(found('ann', 'Ann')).toEqual([])
  })

  it('leaves no place behind, whatever the texts', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '«', '"', 'е', '\u0308') })
    fc.assert(
      fc.property(words, words, (whole, passage) => {
        let rest = ''
        let at = 0
        for (const { start, end } of findPassage(whole, passage)) {
          expect(start).toBeGreaterThanOrEqual(at)
          rest += `${whole.slice(at, start)}#`
          at = end
        }
        rest += whole.slice(at)
        expect(findPassage(rest, passage)).toEqual([])
      }),
    )
  })
})

describe('redactContent', () => {
  it('puts a mark in each place, in lists and tables too', () => {
    const { body, removed } = redact(
      [h('h', 'Ann'), list([p('l', 'see Ann, Ann')]), table([p('t', 'x Ann y')])],
      { lang: 'en', text: 'Ann' },
    )
    expect(removed).toBe(4)
    const texts = JSON.stringify(body.en).match(/"text":"[^"]*"/g)
    expect(texts).toEqual(['"text":"[…]"', '"text":"see […], […]"', '"text":"x […] y"'])
  })

  it('keeps what stands beside it as it looks, and the mark looks as the passage began', () => {
    const bold = { type: 'bold' }
    const { body } = redact(
      [
        inside(
          text('to An', bold),
          text('n'),
          { type: 'hardBreak' },
          text('Lee '),
          text('x', bold),
        ),
      ],
      { lang: 'en', text: 'Ann Lee' },
    )
    expect(body.en.content?.[0]?.content).toEqual([
      text('to […]', bold),
      text(' '),
      text('x', bold),
    ])
  })

  it('makes no link of an address that holds it', () => {
    const link = (href: string) => ({ type: 'link', attrs: { href } })
    const { body, removed } = redact(
      [
        inside(
          text('here', link('https://x.example/?name=Ann%20Lee')),
          text(' '),
          text('there', link('https://x.example/')),
        ),
      ],
      { lang: 'en', text: 'Ann Lee' },
    )
    expect(removed).toBe(1)
    expect(JSON.stringify(body.en)).not.toContain('Ann')
    expect(JSON.stringify(body.en)).toContain('"href":"https://x.example/"')
  })

  it('looks only where it is meant to: language, unit, block', () => {
    const en = [p('a', 'Ann'), p('b', 'Ann', 'b1'), p('b', 'Ann', 'b2')]
    const left = (passage: RedactedPassage) =>
      (redact(en, passage).body.en.content ?? []).map((node) => node.content?.[0]?.text)
    expect(left({ lang: 'ru', text: 'Ann' })).toEqual(['Ann', 'Ann', 'Ann'])
    expect(left({ lang: 'en', unit: 'b', text: 'Ann' })).toEqual(['Ann', '[…]', '[…]'])
    expect(left({ lang: 'en', uid: 'b2', text: 'Ann' })).toEqual(['Ann', 'Ann', '[…]'])
    expect(left({ lang: 'en', uid: 'gone', text: 'Ann' })).toEqual(['Ann', 'Ann', 'Ann'])
  })

  it('takes it out of what the ledger remembers, with its hash, in that language alone', () => {
    const entry = {
      src: unitHash(['Ann here']),
      tgt: unitHash(['Ann здесь']),
      srcText: 'Ann here',
      tgtText: 'Ann здесь',
      state: 'translated' as const,
      by: 'b',
      at: '2026-01-01T00:00:00.000Z',
    }
    const content = {
      ...readContent(bilingual([p('a', 'Ann here')])),
      ledger: { 'a|en>ru': entry },
    }
    const { ledger, removed } = redactContent(content, [{ lang: 'en', unit: 'a', text: 'Ann' }])
    expect(removed).toBe(2)
    expect(ledger['a|en>ru']).toEqual({
      ...entry,
      srcText: '[…] here',
      src: unitHash(['[…] here']),
    })
    const elsewhere = redactContent(content, [{ lang: 'en', unit: 'other', text: 'Ann' }])
    expect(elsewhere.ledger['a|en>ru']).toBe(entry)
  })
})
