import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Email } from '../../shared/schemas/email'
import { readInvitees } from '../../shared/schemas/invitations'

const addresses = (text: string) =>
  readInvitees(text).map((each) => ('email' in each ? each.email : each.problem))

describe('a pasted list', () => {
  it.each([
    ['one a line', 'a@b.org\r\n\r\n c@d.org ', ['a@b.org', 'c@d.org']],
    ['names with brackets', 'Анна Кузнецова <Anna@B.org>', ['anna@b.org']],
    ['names in quotes', '"Park, Ann" <ann@b.org>', ['ann@b.org']],
    [
      'several on a line, as mail programs have them',
      'Ann <a@b.org>; Bob <b@b.org>',
      ['a@b.org', 'b@b.org'],
    ],
    ['commas', 'a@b.org, b@b.org', ['a@b.org', 'b@b.org']],
    ['rows of a table', 'Кузнецова\tАнна\ta@b.org\tмедсестра', ['a@b.org']],
    ['a name before the address', 'Anna Kuznetsova a@b.org', ['a@b.org']],
    ['links', 'mailto:a@b.org', ['a@b.org']],
    ['a line without an address', 'Кузнецова Анна', ['no_address']],
    ['an address that is none', 'anna@hospital', ['bad_address']],
    ['a letter of another script', 'аnna@b.org', ['bad_address']],
    ['the same twice', 'a@b.org\nA@B.org', ['a@b.org', 'twice']],
    ['a heading before it', 'Email\na@b.org', ['no_address', 'a@b.org']],
  ])('is read: %s', (_what, text, expected) => {
    expect(addresses(text)).toEqual(expected)
  })

  it('gives back what it could not read, to be mended in place', () => {
    expect(readInvitees('ok@b.org\n  bad@  \n')).toEqual([
      { line: 'ok@b.org', email: 'ok@b.org' },
      { line: 'bad@', problem: 'bad_address' },
    ])
  })

  it('has only real addresses, each once, whatever was pasted', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a@b.org',
        'C@D.ru',
        '<',
        '>',
        '"',
        ',',
        ';',
        '\t',
        '\r\n',
        '\n',
        '@',
        'Анна',
        ' ',
        '\u202e',
        '@@',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const found = readInvitees(pieces.join('')).flatMap((each) =>
          'email' in each ? each.email : [],
        )
        expect(new Set(found).size).toBe(found.length)
        for (const email of found) expect(Email.parse(email)).toBe(email)
      }),
    )
  })

  it('of the largest size is read at once', () => {
    for (const text of [
      '@'.repeat(20_000),
      '<'.repeat(20_000),
      ' @'.repeat(10_000),
      `${'"'.repeat(19_000)}@`,
    ]) {
      expect(readInvitees(text).every((each) => 'problem' in each)).toBe(true)
    }
  })
})
