import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PARTNERSHIPS } from '../../server/demo/content'
import { deIdentify, findPatientData, kindsOf } from '../../shared/patient-data'
import { BIRTH, DATES } from '../../shared/patient-data/dates'
import { WORD } from '../../shared/patient-data/names'
import { isLuhn, isSnils, NUMBERS } from '../../shared/patient-data/numbers'
import { PHONES } from '../../shared/patient-data/phones'
import { NEGATIVES, POSITIVES } from '../fixtures/patient-data'

const found = (text: string) =>
  findPatientData(text).map(({ kind, from, to }) => `${kind}: ${text.slice(from, to)}`)

describe('the detector of patient data', () => {
  it('is tried on sixty texts of each kind at least', () => {
    expect(POSITIVES.length).toBeGreaterThanOrEqual(60)
    expect(NEGATIVES.length).toBeGreaterThanOrEqual(60)
  })

  it.each(POSITIVES)('finds %s in: %s', (kind, text) => {
    expect(kindsOf(findPatientData(text))).toContain(kind)
  })

  it.each(POSITIVES)('finds %s within other words too: %s', (kind, text) => {
    const around = `Коллеги, вот случай.\n${text}\nWhat would you change?`
    expect(kindsOf(findPatientData(around))).toContain(kind)
  })

  it.each(NEGATIVES)('finds nothing in: %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('finds nothing in all that the demonstration says', () => {
    const texts = stringsOf(PARTNERSHIPS)
    expect(texts.length).toBeGreaterThan(1_000)
    expect(texts.flatMap(found)).toEqual([])
    expect(found(texts.join(' '))).toEqual([])
  })

  it('knows the sums of a SNILS and of a policy', () => {
    expect(isSnils('123-456-789 64')).toBe(true)
    expect(isSnils('112-233-445 95')).toBe(true)
    expect(isSnils('112-233-445 96')).toBe(false)
    // sums of 100 and 101 count as 0
    expect(['001-019-989 00', '001-019-998 00'].map(isSnils)).toEqual([true, true])
    expect(isLuhn('4539 1488 0343 6467')).toBe(true)
    expect(isLuhn('4539 1488 0343 6468')).toBe(false)
  })

  it('says where each piece stands', () => {
    const text = 'Ждём: пациент Иванов И.И., 01.02.1980 г.р., СНИЛС 112-233-445 95.'
    const pieces = findPatientData(text).flatMap(({ kind, pieces }) =>
      pieces.map(({ what, from, to }) => [kind, what, text.slice(from, to)]),
    )
    expect(pieces).toEqual([
      ['name-born', 'name', 'Иванов И.И.'],
      ['name-born', 'born', '01.02.1980 г.р.'],
      ['snils', 'name', 'Иванов И.И.'],
      ['snils', 'number', '112-233-445 95'],
    ])
  })
})

/** Every quantifier without an upper bound, outside of a class of characters. */
const UNBOUNDED = /(?<!\\)[*+]|\{\d+,\}/

describe('the work of the detector', () => {
  it('is bounded at every place of a text: no expression repeats without end', () => {
    for (const { source } of [...NUMBERS, ...DATES, ...BIRTH, ...PHONES, WORD]) {
      const outside = source.replace(/\[(?:\\.|[^\]\\])*\]/g, 'C')
      expect(outside).not.toMatch(UNBOUNDED)
    }
    expect('a+').toMatch(UNBOUNDED)
  })

  const SIZE = 100_000
  const fill = (part: string) => part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE)
  it.each([
    ['digits', '1'],
    ['groups of digits', '123-456-789 '],
    ['capitals', 'А'],
    ['names without end', 'Иван '],
    ['initials', 'И.'],
    ['names and dates', 'Иванов И.И. 01.02.1980 г.р. '],
    ['birth words', 'дата рождения '],
    ['spaces', ' '],
    ['card words', 'история болезни № '],
    ['passport words', 'паспорт серия '],
    ['marks', 'а\u0301'],
    ['telephones', '+7 (912) 345-67-89 Мария '],
    ['brackets', '(((('],
  ])('takes a text of hostile %s about as long as plain words', (_name, part) => {
    const plain = fill('Give 300 mg once daily, затем контроль через 3 месяца. ')
    const usual = quickest(() => findPatientData(plain))
    const text = fill(part)
    // eleven times at most on an idle machine; quadratic work would take thousands of times as long
    expect(quickest(() => findPatientData(text)) / usual).toBeLessThan(300)
  })

  it('holds for whatever is made of such parts, and every piece lies within the text', () => {
    const part = fc.constantFrom(
      ...['Иванов', 'И.', ' ', '01.02.1980', 'г.р.', '8', '+7', '912', '-', 'MRN', '№', 'паспорт'],
      ...['СНИЛС', 'John', 'Smith', 'born', '\n', '(', '1980', 'полис', '4510 123456', '\ud83d'],
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        const all = findPatientData(text)
        for (const { from, to, pieces } of all) {
          expect(0 <= from && from < to && to <= text.length).toBe(true)
          for (const piece of pieces) expect(piece.from >= from && piece.to <= to).toBe(true)
        }
        deIdentify(text, all, { lang: 'ru', year: 2026 })
      }),
    )
  })
})

describe('de-identifying', () => {
  const clear = (text: string, lang: 'en' | 'ru') =>
    deIdentify(text, findPatientData(text), { lang, year: 2026 })

  it.each([
    ['ru', 'Иванов И.И., 01.02.1980 г.р.', 'пациент А, 45–49 лет'],
    ['ru', 'Пациент Иванов И.И., СНИЛС 112-233-445 95', 'Пациент А, СНИЛС […]'],
    ['en', 'John Smith, DOB 02/01/1980, MRN 123456', 'patient A, aged 45–49, MRN […]'],
    ['en', 'Patient John Smith, born 1/2/1930', 'Patient A, aged 90 or over'],
    [
      'ru',
      'Иванов И.И., 1980 г.р. и Петрова А.А., 1990 г.р. Иванов И.И. согласен.',
      'пациент А, 45–49 лет и пациент Б, 35–39 лет пациент А согласен.',
    ],
    ['en', 'Call Maria Lopez at 203-555-0142', 'Call patient A at […]'],
  ] as const)('takes out who it is (%s): %s', (lang, text, cleared) => {
    expect(clear(text, lang)).toBe(cleared)
  })

  it.each(POSITIVES)('leaves nothing to be found of %s: %s', (_kind, text) => {
    expect(found(clear(text, /[а-я]/i.test(text) ? 'ru' : 'en'))).toEqual([])
  })
})

/** Milliseconds of the quickest of several runs: what the work takes, whatever else the machine does. */
function quickest(work: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...runs)
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsOf)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}
