import { describe, expect, it } from 'vitest'
import { allOf, lookedAt, pagesOf, versionOf } from '../../app/features/room/deck-pages'
import type { DeckView } from '../../shared/workshop-views'

const deck = (id: string, part: Partial<DeckView>): DeckView => ({
  ...{ id, title: { en: id }, lang: 'en', pairId: null, state: 'ready', failure: null },
  ...{ failureDetail: {}, pages: 3, total: 3, bytes: 1, resourceId: null },
  ...part,
})
const english = deck('en', { pairId: 'ru' })
const russian = deck('ru', { lang: 'ru', pairId: 'en', pages: 5 })
const alone = deck('alone', {})
const decks = [english, russian, alone, deck('made', { state: 'making' })]

describe('slides in both languages', () => {
  const looked = lookedAt(decks, 'en')
  if (!looked) throw new Error('no deck')

  it('are seen in the language that is wanted, beyond its end in the other', () => {
    expect(versionOf(looked, 3, 'ru')).toEqual({ deck: russian, other: true })
    expect(versionOf(looked, 3, 'en')).toEqual({ deck: english, other: true })
    expect(versionOf(looked, 4, 'en')).toEqual({ deck: russian, other: false })
    expect(pagesOf(looked)).toBe(5)
  })

  it('are one entry of the list, in the reader’s language', () => {
    const ids = (reader: 'en' | 'ru', without: string | null) =>
      allOf(decks, reader, without).map(({ id }) => id)
    expect(ids('ru', null)).toEqual(['ru', 'alone'])
    expect(ids('en', null)).toEqual(['en', 'alone'])
    expect(ids('ru', 'en')).toEqual(['alone'])
  })

  it('are what there is while the other half is not ready', () => {
    const unready = [english, deck('ru', { lang: 'ru', pairId: 'en', state: 'making' })]
    expect(lookedAt(unready, 'en')).toEqual({ deck: english, pair: null })
    expect(allOf(unready, 'ru', null)).toEqual([english])
  })
})
