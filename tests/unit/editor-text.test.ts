import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { blockIdsFrom, newBlockId } from '../../shared/editor/block-id'
import { readContent } from '../../shared/editor/blocks'
import { changedWords, excerpt } from '../../shared/editor/drift'
import { emptyBodies, emptyContent, encodeFirstContent } from '../../shared/editor/first-content'
import { CHILDREN_OF, isTextblock } from '../../shared/editor/grammar-shape'
import { protocolSchema } from '../../shared/editor/schema'
import { normaliseUnitText, unitHash } from '../../shared/editor/unit-hash'
import { body, callout, h, list, p, table } from '../fixtures/bilingual'

describe('unitHash', () => {
  it('is the SHA-256 of the normalised text', () => {
    expect(unitHash(['  Доза\u00a05\u202fмг: «да» '])).toBe(
      createHash('sha256').update('Доза 5 мг: "да"').digest('hex'),
    )
  })

  it('does not change when a paragraph is split between words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat(), (words, at) => {
        const cut = at % (words.length + 1)
        const halves = [words.slice(0, cut).join(' '), words.slice(cut).join(' ')]
        expect(unitHash(halves)).toBe(unitHash([words.join(' ')]))
      }),
    )
  })

  it('stays right when more texts were hashed than are remembered', () => {
    const first = unitHash(['text 0'])
    for (let index = 0; index < 20_000; index++) unitHash([`text ${index}`])
    expect(unitHash(['text 0'])).toBe(first)
  })

  it('takes composed and decomposed letters for the same, letters and digits for different', () => {
    expect(normaliseUnitText('и\u0306')).toBe('й')
    expect(unitHash(['5 mg'])).not.toBe(unitHash(['50 mg']))
    expect(unitHash(['No'])).not.toBe(unitHash(['no']))
  })
})

describe('changedWords', () => {
  it('compares Russian in whole words', () => {
    expect(
      changedWords(
        'Осмотрите через 4 недели, далее ежемесячно.',
        'Осмотрите через 14 недель, далее ежемесячно.',
        'ru',
      ),
    ).toEqual([
      { text: 'Осмотрите через ', change: 'same' },
      { text: '4 недели', change: 'removed' },
      { text: '14 недель', change: 'added' },
      { text: ', далее ежемесячно.', change: 'same' },
    ])
  })

  it('takes typography for no change', () => {
    expect(changedWords('a "b" c', 'a\u00a0«b» c', 'en')).toEqual([
      { text: 'a\u00a0«b» c', change: 'same' },
    ])
  })

  it('adds up to the later text without what was removed', () => {
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (before, after) => {
        const parts = changedWords(before, after, 'en')
        const join = (drop: string) =>
          parts.flatMap(({ text, change }) => (change === drop ? [] : text)).join('')
        expect(join('removed')).toBe(after)
        expect(normaliseUnitText(join('added'))).toBe(normaliseUnitText(before))
      }),
    )
  })

  it('works in a browser without Intl.Segmenter', () => {
    const { Segmenter } = Intl
    Reflect.deleteProperty(Intl, 'Segmenter')
    try {
      expect(changedWords('доза 2,5 мг', 'доза 5 мг', 'ru')).toEqual([
        { text: 'доза ', change: 'same' },
        { text: '2,5 ', change: 'removed' },
        { text: '5 ', change: 'added' },
        { text: 'мг', change: 'same' },
      ])
    } finally {
      Object.defineProperty(Intl, 'Segmenter', {
        value: Segmenter,
        configurable: true,
        writable: true,
      })
    }
  })
})

describe('excerpt', () => {
  it('keeps changes and what surrounds them, cut between words', () => {
    const before =
      'If two or more doses were missed in a week, call within 48 hours and review at 4 weeks, then every month until the next visit.'
    const parts = changedWords(before, before.replace('4 weeks', '2 weeks'), 'en')
    expect(excerpt(parts, 16)).toEqual([
      { text: '… and review at ', change: 'same' },
      { text: '4 ', change: 'removed' },
      { text: '2 ', change: 'added' },
      { text: 'weeks, then …', change: 'same' },
    ])
  })

  it('leaves a short text whole', () => {
    const parts = changedWords('one two three', 'one 2 three', 'en')
    expect(excerpt(parts)).toEqual(parts)
  })
})

describe('first content', () => {
  const en = body(h('a', 'Head'), p('b', 'Text'), callout('note', p('c', 'Note')))
  const ru = body(h('a', 'Заголовок'), list([p('l', 'Пункт')]), table([p('t', 'Ячейка')]))
  const entry = {
    src: 's',
    tgt: 't',
    srcText: '',
    tgtText: '',
    state: 'reviewed',
    by: 'u',
    at: '',
  } as const

  it('is the same bytes for the same input', () => {
    const once = encodeFirstContent({ en, ru }, { 'a|en>ru': entry, 'b|en>ru': entry }, 7)
    const again = encodeFirstContent({ en, ru }, { 'b|en>ru': entry, 'a|en>ru': entry }, 7)
    expect(again).toEqual(once)
    expect(emptyContent('0123456789abcdef01234567')).toEqual(
      emptyContent('0123456789abcdef01234567'),
    )
  })

  it('seeds a document that reads as it was given, once however often it is applied', () => {
    const doc = new Y.Doc()
    const bytes = encodeFirstContent({ en, ru }, { 'a|en>ru': entry })
    Y.applyUpdate(doc, bytes)
    Y.applyUpdate(doc, bytes)

    const content = readContent(doc)
    expect(content.ledger).toEqual({ 'a|en>ru': entry })
    expect(content.body.en).toEqual(protocolSchema.nodeFromJSON(en).toJSON())
    expect(content.body.ru).toEqual(protocolSchema.nodeFromJSON(ru).toJSON())
    expect(doc.getMap('meta').toJSON()).toEqual({ schemaVersion: 1, generation: 1 })
    expect([...doc.share.keys()].sort()).toEqual(['body:en', 'body:ru', 'ledger', 'meta'])
  })

  it('refuses what the grammar does not allow', () => {
    expect(() => encodeFirstContent({ en: body(callout('note')), ru })).toThrow(RangeError)
  })

  it('starts a new protocol with one aligned empty paragraph', () => {
    expect(emptyBodies('u', { en: 'e', ru: 'r' }).ru).toEqual(body(p('u', '', 'r')))
  })
})

describe('block ids', () => {
  it('are 16 characters that a unit may have, and differ', () => {
    const ids = Array.from({ length: 1_000 }, newBlockId)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{16}$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(1_000)
  })

  it('come from the bytes they are given', () => {
    expect(blockIdsFrom((bytes) => bytes.fill(63))()).toBe('-'.repeat(16))
  })
})

describe('the shape of the grammar', () => {
  it('is that of the schema', () => {
    const { nodes } = protocolSchema
    const known = Object.keys(nodes).filter((name) => name !== 'text' && name !== 'hardBreak')
    expect(known.sort()).toEqual(Object.keys(CHILDREN_OF).sort())
    for (const [parent, children] of Object.entries(CHILDREN_OF)) {
      const type = nodes[parent]
      const allowed = Object.values(nodes).filter(
        (child) => type && isAllowed(type.contentMatch, child.name),
      )
      expect(
        allowed
          .map(({ name }) => name)
          .filter((name) => name !== 'text')
          .sort(),
      ).toEqual([...children].sort())
      expect(type?.isTextblock).toBe(isTextblock(parent))
    }
  })
})

type Match = (typeof protocolSchema)['nodes'][string]['contentMatch']

/** At the beginning of a node, or after what must come first. */
function isAllowed(match: Match, name: string): boolean {
  const seen = new Set<Match>()
  const visit = (at: Match): boolean => {
    if (seen.has(at)) return false
    seen.add(at)
    for (let index = 0; index < at.edgeCount; index++) {
      const { type, next } = at.edge(index)
      if (type.name === name || visit(next)) return true
    }
    return false
  }
  return visit(match)
}
