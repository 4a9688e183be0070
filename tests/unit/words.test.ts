import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formsOf,
  isSamePhrase,
  marksOf,
  otherKeyboard,
  queryWords,
  termsOf,
  wordsOf,
} from '../../server/translation/words'
import { runs } from '../setup/runs'

/** Does a text with these words answer to that query, as the search asks it? */
function finds(text: string, query: string): boolean {
  const terms = new Set(termsOf(text))
  return queryWords(query).every((word) => formsOf(word).some((form) => terms.has(form)))
}

const PARADIGMS = [
  ['приверженность', 'приверженности', 'приверженностью'],
  ['пациент', 'пациента', 'пациенту', 'пациентом', 'пациенты', 'пациентов', 'пациентами'],
  ['нагрузка', 'нагрузки', 'нагрузке', 'нагрузкой', 'нагрузок', 'нагрузками'],
  ['приём', 'приёма', 'приёму', 'приёмом', 'приемов', 'приёмами'],
  ['доза', 'дозы', 'дозу', 'дозой', 'доз', 'дозами'],
  ['препарат', 'препараты', 'препаратов', 'препаратами'],
  ['лечение', 'лечения', 'лечению', 'лечением'],
  ['ребёнок', 'ребёнка', 'ребенку', 'ребёнком'],
  ['таблетка', 'таблетки', 'таблеток', 'таблетками'],
  ['dose', 'doses', 'dosing', 'dosed'],
  ['patient', 'patients', 'patient’s'],
  ['missed', 'miss', 'missing', 'misses'],
  ['clinic', 'clinics'],
] as const

describe('words', () => {
  it.each(PARADIGMS.map((forms) => [forms[0], forms] as const))(
    'finds every form of %s by every other',
    (_, forms) => {
      for (const stored of forms) {
        for (const asked of forms) {
          expect(finds(`x ${stored} y`, asked), `${asked} in ${stored}`).toBe(true)
          expect(finds(stored.toUpperCase(), asked)).toBe(true)
        }
      }
    },
  )

  it.each([
    ['Приём препаратов', 'прием', true],
    ['прием', 'ПРИЁМ', true],
    ['прие\u0308м', 'приём', true], // ё as two characters
    ['до\u0301за', 'доза', true], // with its stress marked
    ['уровень CD4 и ВИЧ', 'cd4 вич', true],
    ['уровень СD4', 'CD4', true], // the С is Cyrillic
    ['5 мг', '5мг', true],
    ['5мг', '5 мг', true],
    ['2,5 мг', '2.5', true],
    ['2,5 мг', '5', false],
    ['схема 3TC', '3tc', true],
    ['follow-up', 'followup', true],
    ['follow up', 'follow-up', true],
    ['ВИЧ-инфекция', 'инфекции', true],
    ['не принимать', 'не', true],
    ['принимать', 'не принимать', false],
    ['do not stop', 'not', true],
    ['adherence', 'приверженность', false],
    ['при лечении', 'приём', false], // a stem is no preposition
  ])('asks "%s" for "%s": %s', (text, query, found) => {
    expect(finds(text, query)).toBe(found)
  })

  it('leaves out words that find nothing, unless there is no other', () => {
    expect(queryWords('the dose and the patient')).toEqual(['dose', 'patient'])
    expect(queryWords('при')).toEqual(['при'])
    expect(queryWords(' ,;— ')).toEqual([])
  })

  it('takes ten words and cuts endless ones', () => {
    expect(queryWords(Array.from({ length: 50 }, (_, i) => `w${i}`).join(' '))).toHaveLength(10)
    expect(termsOf('я'.repeat(10_000)).every((term) => term.length <= 64)).toBe(true)
    expect(finds('я'.repeat(10_000), 'я'.repeat(10_000))).toBe(true)
  })

  it.each([
    ['ghbdth;tyyjcnm', 'приверженность'],
    ['Gfwbtyn', 'Пациент'],
    ['вщыу', 'dose'],
    ['ФВРУКУТСУ', 'ADHERENCE'],
  ])('reads "%s" as typed with the keyboard at the other language', (typed, meant) => {
    expect(otherKeyboard(typed)).toBe(meant)
  })

  it('marks the words that were meant, where they stand', () => {
    const text = 'Пропуск приёма: «приём» отложен, приверженность важна.'
    const shown = (query: string) =>
      marksOf(text, queryWords(query)).map(([from, length]) => text.slice(from, from + length))
    expect(shown('прием')).toEqual(['приёма', 'приём'])
    expect(shown('пропуски привер')).toEqual(['Пропуск', 'приверженность'])
    expect(shown('doses')).toEqual([])
  })

  it('knows a phrase whatever its endings', () => {
    expect(isSamePhrase('вирусной нагрузки', 'вирусная нагрузка')).toBe(true)
    expect(isSamePhrase('viral loads', 'Viral load')).toBe(true)
    expect(isSamePhrase('viral load test', 'viral load')).toBe(false)
    expect(isSamePhrase('', '')).toBe(false)
  })

  it('finds any word of any text by itself, and keeps every mark inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { from, length, word } of wordsOf(text)) {
          expect(length).toBeGreaterThan(0)
          expect(from + length).toBeLessThanOrEqual(text.length)
          const asked = queryWords(word)
          if (asked.some((each) => termsOf(each).length > 0)) expect(finds(text, word)).toBe(true)
        }
      }),
      runs(300),
    )
  })

  it('finds a Russian word by its upper case and without the dots of ё', () => {
    const letters = fc.constantFrom(...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя')
    fc.assert(
      fc.property(fc.array(letters, { minLength: 3, maxLength: 12 }), (array) => {
        const word = array.join('')
        if (termsOf(word).length === 0) return
        expect(finds(word, word.replace(/ё/g, 'е').toUpperCase())).toBe(true)
      }),
    )
  })
})
