import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentNow, spentSince } from '../../server/collab/heavy-clock'
import { rankNames } from '../../shared/name-search'

const cyrillic = (given: string, family: string, patronymic?: string) => ({
  name: { given, family, patronymic },
})
const natalya = cyrillic('Наталья', 'Белозёрова', 'Юрьевна')
const ivanova = cyrillic('Мария', 'Иванова')
const okafor = { name: { given: 'Thomas', family: 'Okafor' } }
const raman = { name: { given: 'Priya', family: 'Raman' } }
const shcherbakov = cyrillic('Юрий', 'Щербаков')
const alexey = cyrillic('Алексей', 'Жуков')
const khan = { name: { given: 'Michael', family: 'Whitfield' } }

/** Does the query find this one person? */
const matchesName = (query: string, person: Parameters<typeof rankNames>[1][number]) =>
  rankNames(query, [person]).length === 1

describe('finding one person', () => {
  it.each([
    ['bel', natalya],
    ['belozerova', natalya],
    ['belozyorova', natalya],
    ['belozy', natalya],
    ['Belozorova', natalya],
    ['Белозерова', natalya],
    ['белозё', natalya],
    ['natalia', natalya],
    ['Natalya', natalya],
    ['юрьевна', natalya],
    ['наталья бел', natalya],
    ['бел нат', natalya],
    ['natalya belo', natalya],
    ['ivanova', ivanova],
    ['iv', ivanova],
    ['maria', ivanova],
    ['mariya', ivanova],
    ['okaf', okafor],
    ['окаф', okafor],
    ['Томас', okafor],
    ['том', okafor],
    ['раман', raman],
    ['прия', raman],
    ['shcherbakov', shcherbakov],
    ['scherb', shcherbakov],
    ['sh', shcherbakov],
    ['yuri', shcherbakov],
    ['iurii', shcherbakov],
    ['yury', shcherbakov],
    ['zhukov', alexey],
    ['alexei', alexey],
    ['aleksey', alexey],
    ['майкл', khan],
    ['уит', khan],
    ['bdfyjdf', ivanova],
    ['шмфтщмф', ivanova],
    [',tkjp', natalya],
    ['щлфащк', okafor],
    ['jrfa', okafor],
    ['', natalya],
    ['  ', natalya],
  ])('finds by “%s”', (query, person) => {
    expect(matchesName(query, person)).toBe(true)
  })

  it.each([
    ['ova', ivanova],
    ['петр', ivanova],
    ['petr', ivanova],
    ['иванова иванова', ivanova],
    ['okafor okafor', okafor],
    ['x', natalya],
    ['!', natalya],
    ['ивановаа', ivanova],
    ['окофон', okafor],
  ])('does not find by “%s”', (query, person) => {
    expect(matchesName(query, person)).toBe(false)
  })

  it('never throws and stays quick, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (query) => {
        matchesName(query, natalya)
        matchesName(query, okafor)
      }),
    )
    const started = momentNow()
    for (let n = 0; n < 50; n++) {
      matchesName('s'.repeat(500), { name: { given: 'с'.repeat(80), family: 'щ'.repeat(80) } })
    }
    expect(spentSince(started)).toBeLessThan(1_000)
  })

  it('finds a person by every beginning of every word of the name', () => {
    const letters = fc.constantFrom(
      ...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz',
    )
    const word = fc.array(letters, { minLength: 1, maxLength: 10 }).map((all) => all.join(''))
    fc.assert(
      fc.property(word, word, fc.nat(), (given, family, cut) => {
        const person = { name: { given, family } }
        for (const each of [given, family]) {
          const query = each.slice(0, 1 + (cut % each.length))
          expect(matchesName(query, person)).toBe(true)
          expect(matchesName(query.toUpperCase(), person)).toBe(true)
        }
      }),
    )
  })
})

describe('rankNames', () => {
  it('puts what is written before what sounds alike, and that before what was mistyped', () => {
    const marina = { name: { given: 'Marina', family: 'Ivers' } }
    expect(rankNames('iv', [ivanova, okafor, marina])).toEqual([marina, ivanova])
  })

  it('puts family and given names before patronymics, equals by name', () => {
    const yuriev = cyrillic('Олег', 'Юрьев')
    const yurieva = cyrillic('Анна', 'Юрьев')
    expect(rankNames('юрьев', [natalya, yuriev, yurieva])).toEqual([yurieva, yuriev, natalya])
  })

  it('offers everybody before anything is typed', () => {
    expect(rankNames('', [okafor, natalya])).toHaveLength(2)
  })
})
