import { describe, expect, it } from 'vitest'
import { shownText } from '../../app/features/discussions/shown-text'
import {
  mentionQueryAt,
  mismatchOf,
  withAt,
  withMention,
} from '../../app/features/discussions/writing'

describe('mismatchOf', () => {
  it.each([
    ['Кто звонит пациенту после пропуска?', 'en', 'ru'],
    ['Кто звонит пациенту после пропуска?', 'ru', null],
    ['Who calls the patient after a missed visit?', 'ru', 'en'],
    ['Начните TDF/3TC/DTG 50 mg, затем проверьте', 'ru', null],
    ['да', 'en', null],
    ['960 mg', 'ru', null],
    ['', 'en', null],
  ] as const)('of “%s” marked as %s offers %s', (text, chosen, offer) => {
    expect(mismatchOf(text, chosen, ['en', 'ru'])).toBe(offer)
  })

  it('offers no language that the person does not write', () => {
    expect(mismatchOf('Кто звонит пациенту?', 'en', ['en'])).toBeNull()
  })
})

describe('mentionQueryAt', () => {
  it.each([
    ['@', 1, { query: '', from: 0 }],
    ['Thank you @oka', 14, { query: 'oka', from: 10 }],
    ['(@Бел', 5, { query: 'Бел', from: 1 }],
    ['@Наталья Бел', 12, { query: 'Наталья Бел', from: 0 }],
    ["@O'Neil", 7, { query: "O'Neil", from: 0 }],
    ['line\n@x', 7, { query: 'x', from: 5 }],
  ])('finds the name being typed in “%s” at %i', (text, caret, found) => {
    expect(mentionQueryAt(text, caret)).toEqual(found)
  })

  it.each([
    ['mail a@b', 8],
    ['@one two three four', 19],
    ['@Okafor, thank', 14],
    ['no one', 6],
    ['@x\ny', 4],
  ])('finds none in “%s” at %i', (text, caret) => {
    expect(mentionQueryAt(text, caret)).toBeNull()
  })
})

describe('a chosen name', () => {
  it('takes the place of what was typed, with a space after it', () => {
    const query = { query: 'oka', from: 3 }
    expect(withMention('Hi @oka', query, '@Thomas Okafor')).toEqual({
      text: 'Hi @Thomas Okafor ',
      caret: 18,
    })
    expect(withMention('Hi @oka, see', query, '@Thomas Okafor').text).toBe('Hi @Thomas Okafor, see')
  })

  it('gets its @ from the button, apart from the word before', () => {
    expect(withAt('Спросите', 8)).toEqual({ text: 'Спросите @', caret: 10 })
    expect(withAt('', 0)).toEqual({ text: '@', caret: 1 })
    expect(withAt('a  b', 2)).toEqual({ text: 'a @ b', caret: 3 })
  })
})

describe('shownText', () => {
  const by = { id: 'x', name: { given: 'Анна', family: 'Левит' }, tone: 'a' as const }
  const translation = { lang: 'ru' as const, text: 'перевод', by, at: '', outdated: true }

  it('shows a reader the translation into their language, the original a click away', () => {
    const shown = shownText({ text: 'original', lang: 'en', translation }, 'ru')
    expect(shown.main).toEqual({ text: 'перевод', lang: 'ru' })
    expect(shown.translated).toEqual({ by, outdated: true })
    expect(shown.other).toMatchObject({ kind: 'original', text: 'original', lang: 'en' })
  })

  it('shows the original to whoever reads it, the translation a click away', () => {
    const shown = shownText({ text: 'original', lang: 'en', translation }, 'en')
    expect([shown.main.text, shown.translated]).toEqual(['original', null])
    expect(shown.other).toMatchObject({ kind: 'translation', text: 'перевод', by })
  })

  it('shows what there is when nobody has translated it', () => {
    const shown = shownText({ text: 'original', lang: 'en', translation: null }, 'ru')
    expect(shown).toMatchObject({ main: { lang: 'en' }, translated: null, other: null })
  })
})
