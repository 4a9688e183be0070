import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentNow, spentSince } from '../../server/collab/heavy-clock'
import { findCalled, findMentions, MENTIONS_MAX, mentionText } from '../../shared/mentions'
import { nameForms } from '../../shared/name-forms'

const natalya = {
  id: 'natalya',
  name: {
    given: 'Наталья',
    patronymic: 'Юрьевна',
    family: 'Белозёрова',
    latin: 'Natalya Belozyorova',
  },
}
const thomas = {
  id: 'thomas',
  name: { given: 'Thomas', family: 'Okafor', cyrillic: 'Томас Окафор' },
}
const ann = { id: 'ann', name: { given: 'Ann', family: 'Lee' } }
const annLong = { id: 'annLong', name: { given: 'Ann', family: 'Lee Chen' } }
const people = [natalya, thomas, ann, annLong]

/** The texts called, with whom they call. */
function called(text: string) {
  return findMentions(text, people).map(({ userId, from, length }) => [
    userId,
    text.slice(from, from + length),
  ])
}

describe('findMentions', () => {
  it.each([
    ['@Наталья Белозёрова, посмотрите', '@Наталья Белозёрова'],
    ['Прошу @Белозёрова Наталья', '@Белозёрова Наталья'],
    ['@Наталья Юрьевна Белозёрова!', '@Наталья Юрьевна Белозёрова'],
    ['@Белозёрова Наталья Юрьевна', '@Белозёрова Наталья Юрьевна'],
    ['@наталья белозерова', '@наталья белозерова'],
    ['@НАТАЛЬЯ БЕЛОЗЕРОВА', '@НАТАЛЬЯ БЕЛОЗЕРОВА'],
    ['@Наталья\u00a0Белозёрова', '@Наталья\u00a0Белозёрова'],
    ['(@Наталья   Белозёрова)', '@Наталья   Белозёрова'],
    ['Ask @Natalya Belozyorova.', '@Natalya Belozyorova'],
    ['@Belozyorova Natalya', '@Belozyorova Natalya'],
    ['Согласен.@Наталья Белозёрова', '@Наталья Белозёрова'],
  ])('finds her in “%s”', (text, name) => {
    expect(called(text)).toEqual([['natalya', name]])
  })

  it.each([
    ['@Томас Окафор', 'thomas', '@Томас Окафор'],
    ['@Окафор Томас, да', 'thomas', '@Окафор Томас'],
    ['@Thomas Okafor’s note', 'thomas', '@Thomas Okafor'],
    ["@Thomas Okafor's note", 'thomas', '@Thomas Okafor'],
    ['@Ann Lee Chen', 'annLong', '@Ann Lee Chen'],
    ['@Ann Lee, hello', 'ann', '@Ann Lee'],
    ['@Ann Lee chen', 'annLong', '@Ann Lee chen'],
  ])('finds in “%s” %s', (text, userId, name) => {
    expect(called(text)).toEqual([[userId, name]])
  })

  it.each([
    'Наталья Белозёрова',
    'mail@Наталья Белозёрова',
    'thomas@Thomas Okafor',
    'a1@Ann Lee',
    '@Наталья',
    '@Наталья\nБелозёрова',
    '@НатальяБелозёрова',
    '@Наталья Белозёровая',
    '@Ann Leeward',
    '@Ann Lee-Hooper',
    '@ Ann Lee',
    '@',
    '@@@@',
    '',
  ])('finds nobody in “%s”', (text) => {
    expect(called(text)).toEqual([])
  })

  it('finds several, in the order of the text, each where it stands', () => {
    expect(called('@Thomas Okafor и @Наталья Белозёрова, и ещё @Томас Окафор')).toEqual([
      ['thomas', '@Thomas Okafor'],
      ['natalya', '@Наталья Белозёрова'],
      ['thomas', '@Томас Окафор'],
    ])
  })

  it('calls no more than the most, however many are named', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      id: `person-${n}`,
      name: { given: 'Person', family: `Number${n}` },
    }))
    const text = many.map((each) => mentionText(each, 'en')).join(', ')
    expect(findCalled(text, many)).toHaveLength(MENTIONS_MAX)
    expect(new Set(findMentions(text, many).map(({ userId }) => userId)).size).toBe(MENTIONS_MAX)
  })

  it('shows one of two namesakes and lets both hear of it', () => {
    const twins = [
      { ...ann, id: 'one' },
      { ...ann, id: 'two' },
    ]
    expect(findMentions('@Ann Lee', twins)).toEqual([{ userId: 'one', from: 0, length: 8 }])
    expect(findCalled('@Ann Lee', twins)).toEqual(['one', 'two'])
  })

  it('keeps its places when letters grow with their case', () => {
    const text = 'İİİ @Ann Lee'
    expect(findMentions(text, people)).toEqual([{ userId: 'ann', from: 4, length: 8 }])
  })

  it('stays quick on a hostile text', () => {
    const started = momentNow()
    findMentions('@Ann '.repeat(4_000), people)
    findMentions(`@Ann${' '.repeat(19_000)}`, people)
    findMentions('@'.repeat(20_000), people)
    expect(spentSince(started)).toBeLessThan(1_000)
  })
})

const letters = fc.constantFrom(...'аеёйлнорстяюьъabcdelnorsty')
const word = fc
  .array(letters, { minLength: 2, maxLength: 8 })
  .map((all) => all.join('').replace(/^./, (first) => first.toUpperCase()))
const person = fc.record({
  id: fc.uuid(),
  name: fc.record(
    {
      given: word,
      family: word,
      patronymic: word,
      latin: fc.tuple(word, word).map((w) => w.join(' ')),
    },
    { requiredKeys: ['given', 'family'] },
  ),
})

describe('whatever the names and the text', () => {
  it('finds a person by every form of the name, in any case, wherever it stands', () => {
    fc.assert(
      fc.property(
        person,
        fc.constantFrom('', 'Да, ', '«', 'см. ', '\n'),
        fc.constantFrom('', ', да', '.', '»', '\n', '?'),
        fc.boolean(),
        (each, before, after, upper) => {
          for (const form of [
            ...nameForms(each.name),
            mentionText(each, 'ru').slice(1),
            mentionText(each, 'en').slice(1),
          ]) {
            const name = `@${upper ? form.toUpperCase() : form}`
            expect(findMentions(`${before}${name}${after}`, [each])).toEqual([
              { userId: each.id, from: before.length, length: name.length },
            ])
          }
        },
      ),
    )
  })

  it('gives places within the text that begin with @ and never overlap', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('@Ann Lee', '@', ' ', '@Томас Окафор', '@Ann Lee Chen'),
        ),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (each) => {
        let end = 0
        for (const { from, length } of findMentions(each, people)) {
          expect(each[from]).toBe('@')
          expect(from).toBeGreaterThanOrEqual(end)
          end = from + length
          expect(end).toBeLessThanOrEqual(each.length)
        }
      }),
    )
  })
})

describe('mentionText', () => {
  it('writes the name in the author’s script where it has one', () => {
    expect(mentionText(natalya, 'ru')).toBe('@Наталья Белозёрова')
    expect(mentionText(natalya, 'en')).toBe('@Natalya Belozyorova')
    expect(mentionText(thomas, 'ru')).toBe('@Томас Окафор')
    expect(mentionText(thomas, 'en')).toBe('@Thomas Okafor')
    expect(mentionText(ann, 'ru')).toBe('@Ann Lee')
  })
})
