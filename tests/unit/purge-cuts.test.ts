import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutOut, cutOutBoth, cutOutShortened } from '../../shared/patient-data/cut-out'
import { REMOVED, removedName } from '../../shared/patient-data/removed'
import { PurgeAt, PurgeWhat } from '../../shared/schemas/purges'

const R = REMOVED.en

describe('cutting passages out of a text', () => {
  it.each([
    ['Seen: John Smith, 1980. Fine.', ['John Smith, 1980'], `Seen: ${R}. Fine.`, 1],
    ['John Smith and John  Smith', ['John Smith'], `${R} and ${R}`, 2],
    ['one line\nJohn\nSmith', ['John Smith'], `one line\n${R}`, 1],
    // the longest first: nothing of it is left by the shorter one
    ['John Smith of Boston', ['John', 'John Smith of Boston'], R, 1],
    ['nothing here', ['John'], 'nothing here', 0],
    // none is found in the mark of another, nor of an earlier time
    ['patient John, data', ['John', 'patient', 'data'], `${R} ${R}, ${R}`, 3],
    [`Seen: ${R}.`, ['removed', 'patient data'], `Seen: ${R}.`, 0],
    // where they overlap, nothing is left of either
    ['seen John Smith of Boston', ['John Smith', 'Smith of Boston'], `seen ${R}`, 1],
    // one that is so short is no part of other words
    ['Ann is on Annual leave, Ann.', ['Ann'], `${R} is on Annual leave, ${R}.`, 2],
    ['Ким из Кимовска, (Ким)', ['Ким'], `${R} из Кимовска, (${R})`, 2],
    ['Кимовск, ПолКим', ['Ким'], 'Кимовск, ПолКим', 0],
  ])('%j without %j', (text, passages, left, count) => {
    expect(cutOut(text, passages, 'en')).toEqual({ text: left, count })
  })

  it('leaves none of them, whatever the text', () => {
    const words = fc.array(fc.constantFrom('Anna', ' ', 'B.', '12', '-', '\n', 'ё'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(words, words, (text, passage) => {
        const wanted = passage.join('').trim()
        fc.pre(wanted.length >= 3)
        const { text: left } = cutOut(text.join(''), [wanted], 'ru')
        expect(cutOut(left, [wanted], 'ru').count).toBe(0)
      }),
    )
  })

  it('takes all of what has no passages, each language for itself', () => {
    expect(cutOutBoth({ en: 'A', ru: 'Б' }, null)).toEqual({ text: REMOVED, count: 2 })
    expect(cutOutBoth({ ru: REMOVED.ru }, null)).toEqual({ text: { ru: REMOVED.ru }, count: 0 })
    expect(cutOutBoth({ en: 'Case of Anna' }, ['Anna'])).toEqual({
      text: { en: `Case of ${R}` },
      count: 1,
    })
  })

  it.each([
    ['Seen on Monday: John Smi…', 'John Smith, 1980', `Seen on Monday: ${R}`],
    ['…mith, 1980. Then home.', 'John Smith, 1980', `${R}. Then home.`],
    ['…hn Smith, 19…', 'John Smith, 1980', R],
    ['John Smith, 1980, seen…', 'John Smith, 1980', `${R}, seen…`],
    ['Nothing of that…', 'John Smith, 1980', 'Nothing of that…'],
    // not shortened: what looks like a beginning is another text
    ['Ask John', 'John Smith, 1980', 'Ask John'],
  ])('knows what the cut ends of %j show of %j', (kept, passage, left) => {
    expect(cutOutShortened(kept, [passage], 'en').text).toBe(left)
  })

  it('leaves a file its ending', () => {
    expect(removedName('Ivanov 1980.PDF')).toBe('patient-data-removed.pdf')
    expect(removedName('Ivanov')).toBe('patient-data-removed')
  })
})

describe('what is asked of a purge', () => {
  const id = 'a'.repeat(24)

  it('is a place by ids', () => {
    expect(PurgeAt.safeParse({ what: 'post', thread: id, reply: id }).success).toBe(true)
    for (const at of [{ what: 'post', thread: id }, { what: 'user', user: id }, { what: 'text' }]) {
      expect(PurgeAt.safeParse(at).success).toBe(false)
    }
  })

  it('is passages of three characters at least, one a line and each once', () => {
    const read = (passages: string) => PurgeWhat.safeParse({ scope: 'passages', passages })
    expect(read(' John Smith \r\n\nJohn Smith\nMRN 12 ').data).toEqual({
      scope: 'passages',
      passages: ['John Smith', 'MRN 12'],
      step: 'look',
    })
    for (const wrong of ['', 'ab', 'John\nx', 'line\n'.repeat(2_000), 'x'.repeat(4_001)]) {
      expect(read(wrong).success, wrong.slice(0, 20)).toBe(false)
    }
  })
})
