import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NameProblem, nameProblem, skeletonOf, tidyName } from '../../shared/display-name'
import { toLatin } from '../../shared/name-forms'
import { SaveProfile, toPersonName } from '../../shared/schemas/profiles'

const problem = (text: string) => nameProblem(tidyName(text), 60)

describe('row 154: a display name', () => {
  it.each([
    'Анна',
    'Петрова-Водкина',
    'Ёлкина',
    'О’Коннор',
    'Oʻlmas',
    "O'Brien",
    'Nguyễn',
    'García Márquez',
    'de la Cruz',
    'Jr.',
    'Þórsdóttir',
    'Әлия',
    'Қайрат',
    'Ілля',
    'მარიამ',
    '山田',
    'Root',
    // two people of the same name are no trick
    'Сосо',
  ])('that is one, such as %s, is taken as it is written', (name) => {
    expect(problem(name)).toBeNull()
  })

  it.each<[string, string, NameProblem]>([
    ['Latin letters in a Cyrillic word', 'Aннa', 'name_mixed'],
    ['one Cyrillic letter in a Latin word', 'Nаtalya', 'name_mixed'],
    ['a Greek letter in a Latin word', 'Αnna', 'name_mixed'],
    ['two scripts around a hyphen', 'Smith-Иванова', 'name_mixed'],
    ['a zero-width space', 'Ан\u200bна', 'name_hidden'],
    ['a zero-width joiner', 'Ann\u200da', 'name_hidden'],
    ['a soft hyphen', 'Ann\u00ada', 'name_hidden'],
    ['a Hangul filler', 'Anna\u3164', 'name_hidden'],
    ['an override of direction', '\u202eannA', 'name_hidden'],
    ['an isolate', '\u2066Anna\u2069', 'name_hidden'],
    ['a control character', 'Anna\u0007', 'name_hidden'],
    ['a line break', 'Anna\nBelova', 'name_hidden'],
    ['a tag character', 'Anna\u{e0041}', 'name_hidden'],
    ['nothing but an emoji', '😀', 'name_characters'],
    ['an emoji beside it', 'Anna 💉', 'name_characters'],
    ['digits', 'Anna2', 'name_characters'],
    ['markup', '<b>Anna</b>', 'name_characters'],
    ['mathematical letters', '𝐀𝐧𝐧𝐚', 'name_characters'],
    ['full-width letters', 'Ａnna', 'name_characters'],
    ['small capitals', 'ᴀnna', 'name_characters'],
    ['a pile of marks', 'A\u0317\u0318\u0319\u031cnna', 'name_characters'],
    ['only a full stop', '.', 'name_characters'],
    ['nothing', ' \u00a0 ', 'name_needed'],
    ['too much', 'А'.repeat(61), 'name_long'],
    ['the house’s own name', 'Twinward', 'name_reserved'],
    ['a reserved word', 'Administrator', 'name_reserved'],
    ['a reserved word in capitals with stops', 'A.D.M.I.N.', 'name_reserved'],
    ['a reserved Russian word', 'Администратор', 'name_reserved'],
    ['a reserved word with another', 'Поддержка Анна', 'name_reserved'],
  ])('with %s is refused, and why', (_what, name, why) => {
    expect(problem(name)).toBe(why)
  })

  it('that is taken has letters of one script in each word and nothing that cannot be seen', () => {
    const some = fc.constantFrom(...'aаeеoоpрcсxхАAВBΑ\u200b\u202e\u0301-’ .1😀ßйñ山')
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: some, maxLength: 12 }),
    )
    fc.assert(
      fc.property(text, (raw) => {
        const name = tidyName(raw)
        if (nameProblem(name, 60) !== null) return
        expect(name).toBe(name.normalize('NFKC'))
        expect(name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Emoji_Presentation}]/u)
        for (const word of name.split(' ')) {
          expect(/\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word)).toBe(false)
        }
        expect(problem(name)).toBeNull()
      }),
    )
  })

  it('looks the same as the one it imitates', () => {
    expect(skeletonOf('Аnnа')).toBe(skeletonOf('Anna'))
    expect(skeletonOf('ТOМ')).toBe(skeletonOf('tom'))
  })
})

describe('the Latin form that is offered', () => {
  it.each([
    ['Анна', 'Кузнецова', 'Anna Kuznetsova'],
    ['Юлия', 'Щукина', 'Iuliia Shchukina'],
    ['ЩУКА', 'ЖЕНЯ', 'SHCHUKA ZHENIA'],
    ['Пётр', 'Подъячев', 'Petr Podieiachev'],
    ['Айгүл', 'Қасымова', 'Aigul Kasymova'],
  ])('of %s %s is %s', (given, family, latin) => {
    expect(toLatin({ given, family })).toBe(latin)
  })

  it('is none for a name that is Latin already', () => {
    expect(toLatin({ given: 'Ann', family: 'Park' })).toBeUndefined()
  })

  it('never has a Cyrillic letter left in it', () => {
    const letter = fc.constantFrom(...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБЩЪЬҚѢӂ')
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 1 }), (given) => {
        expect(toLatin({ given, family: '' }) ?? '').not.toMatch(/\p{Script=Cyrillic}/u)
      }),
    )
  })
})

describe('a whole name', () => {
  const form = {
    family: 'Кузнецова',
    given: 'Анна',
    patronymic: 'Петровна',
    latin: '',
    cyrillic: '',
    address: '',
    readsRu: 'on',
    lang: 'ru',
    timeZone: 'Europe/Moscow',
    rev: '0'.repeat(16),
  }
  const wrong = (fields: object) =>
    SaveProfile.safeParse({ ...form, ...fields }).error?.issues.map(
      ({ path, message }) => `${path.join('.')} ${message}`,
    )

  it('has its parts in one script', () => {
    expect(wrong({ given: 'Anna' })).toEqual(['given name_mixed'])
    expect(wrong({ given: 'Ann', family: 'Рак', patronymic: '' })).toEqual(['given name_mixed'])
  })

  it('has each other form in its own script', () => {
    expect(wrong({ latin: 'Анна Кузнецова' })).toEqual(['latin name_latin'])
    expect(wrong({ cyrillic: 'Anna' })).toEqual(['cyrillic name_cyrillic'])
  })

  it('is reserved also when its parts make the word', () => {
    expect(wrong({ given: 'Twin', family: 'Ward', patronymic: '' })).toEqual([
      'family name_reserved',
    ])
  })

  it('has an address of one’s own choice', () => {
    expect(wrong({ address: 'Dr Raman (Priya)' })).toBeUndefined()
    expect(wrong({ address: 'Administrator' })).toEqual(['address name_reserved'])
    expect(wrong({ address: 'Dr Rаman' })).toEqual(['address name_mixed'])
  })

  it('gets the passport’s Latin form where none is given, and keeps the one that is', () => {
    const name = (fields: object) => toPersonName(SaveProfile.parse({ ...form, ...fields }))
    expect(name({}).latin).toBe('Anna Kuznetsova')
    expect(name({ latin: 'Anna Kouznetsova' }).latin).toBe('Anna Kouznetsova')
    expect(
      name({ family: 'Park', given: 'Ann', patronymic: '', latin: 'Ann Park' }).latin,
    ).toBeUndefined()
  })

  it('never breaks on whatever a form sends', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(form)), fc.anything()), (fields) => {
        expect(() => SaveProfile.safeParse({ ...form, ...fields })).not.toThrow()
      }),
    )
  })
})
