import { describe, expect, it } from 'vitest'
import { findProviders } from '../../app/features/afterwards/find-providers'
import type { ProviderView } from '../../shared/after-views'

const person = (given: string, family: string, institution: ProviderView['institution']) => ({
  ...{ key: family, name: { given, family }, lang: null, cadre: null, institution },
  ...{ workshops: [], hours: 1 },
})
const people = [
  person('Наталья', 'Белозёрова', { en: 'City AIDS Centre', ru: 'Городской центр СПИД' }),
  person('Thomas', 'Okafor', { en: 'New Haven HIV programme' }),
  person('Вера', 'Гостева', null),
]
const found = (typed: string) => findProviders(typed, people).map(({ key }) => key)

describe('looking for somebody trained', () => {
  it('finds a name by its beginning, in either script', () => {
    expect(found('белоз')).toEqual(['Белозёрова'])
    expect(found('Belozerova')).toEqual(['Белозёрова'])
    expect(found('окаф')).toEqual(['Okafor'])
  })

  it('finds an institution by words of its name, in either language', () => {
    expect(found('центр спид')).toEqual(['Белозёрова'])
    expect(found('haven hiv')).toEqual(['Okafor'])
    expect(found('nowhere')).toEqual([])
  })

  it('finds everybody, in their order, when nothing was typed', () => {
    expect(found(' ')).toEqual(['Белозёрова', 'Okafor', 'Гостева'])
  })
})
