import { describe, expect, it } from 'vitest'
import { addressName, fullName, initialsOf, shortName } from '../../app/lib/names'

const natalya = {
  given: 'Наталья',
  patronymic: 'Юрьевна',
  family: 'Белозёрова',
  latin: 'Natalya Belozyorova',
}
const thomas = { given: 'Thomas', family: 'Okafor', cyrillic: 'Томас Окафор' }
const ellen = { given: 'Ellen', family: 'Marsh' }

describe('fullName', () => {
  it('gives a Russian reader the patronymic, and the Latin form after it', () => {
    expect(fullName(natalya, 'ru')).toEqual({
      main: { text: 'Наталья Юрьевна Белозёрова', lang: 'ru' },
      other: { text: 'Natalya Belozyorova', lang: 'en' },
    })
  })

  it('gives an English reader the Latin form first, and the full Russian name after it', () => {
    expect(fullName(natalya, 'en')).toEqual({
      main: { text: 'Natalya Belozyorova', lang: 'en' },
      other: { text: 'Наталья Юрьевна Белозёрова', lang: 'ru' },
    })
  })

  it('gives a Russian reader an American name in Cyrillic first', () => {
    expect(fullName(thomas, 'ru').main).toEqual({ text: 'Томас Окафор', lang: 'ru' })
  })

  it('keeps the only form there is, in whichever script', () => {
    expect(fullName(ellen, 'ru')).toEqual({ main: { text: 'Ellen Marsh', lang: 'en' } })
  })
})

describe('shortName', () => {
  it('abbreviates name and patronymic and never breaks over a line', () => {
    expect(shortName(natalya, 'ru').text).toBe('Н.\u00a0Ю.\u00a0Белозёрова')
  })

  it('abbreviates the form that the reader reads', () => {
    expect(shortName(natalya, 'en')).toEqual({ text: 'N.\u00a0Belozyorova', lang: 'en' })
    expect(shortName(thomas, 'ru').text).toBe('Т.\u00a0Окафор')
  })
})

describe('addressName', () => {
  it('addresses by name and patronymic in Russian, by given name in English', () => {
    expect(addressName(natalya, 'ru').text).toBe('Наталья Юрьевна')
    expect(addressName(natalya, 'en').text).toBe('Natalya')
    expect(addressName(thomas, 'ru').text).toBe('Томас')
  })
})

describe('initialsOf', () => {
  it('takes the letters of the name itself, so that a face is the same for everybody', () => {
    expect(initialsOf(natalya)).toBe('НБ')
    expect(initialsOf(thomas)).toBe('TO')
  })
})
