import { describe, expect, it } from 'vitest'
import { PARTNERSHIPS } from '../../server/demo/content'

/** Everything Russian that the demonstration says, with where it stands. */
const TEXTS = PARTNERSHIPS.flatMap(({ slug, threads, resources, protocols }) => [
  ...threads.flatMap(({ key, title, posts }) => [
    [`${key} title`, title.ru] as const,
    ...posts.flatMap((post, index): (readonly [string, string])[] => {
      const at = `${slug} ${key} ${index + 1}`
      const { text, translation } = post
      return isRussian(text) ? [[at, text]] : [[at, translation?.text ?? '']]
    }),
  ]),
  ...resources.flatMap(({ key, title, about, renditions, requests = [] }) => [
    [`${key} title`, title.ru ?? ''] as const,
    [`${key} about`, about.ru ?? ''] as const,
    ...renditions.map((each) => [`${key} file`, 'name' in each ? each.name : ''] as const),
    ...requests.map(({ note = '' }) => [`${key} note`, isRussian(note) ? note : ''] as const),
  ]),
  ...protocols.flatMap(({ key, lines }) =>
    lines.map(([, , ru], index) => [`${key} ${index + 1}`, ru ?? ''] as const),
  ),
])

/** Common words that are written with ё, as they look without it. */
const WITHOUT_YO =
  /(?<![а-яё])(?:еще|ее|свое|твое|мое|идет|дает|ведет|берет|зовет|живет|найдет|придет|пройдет|начнет|поймет|прием(?:а|у|ом|е|ы|ов)?|учет(?:а|у|ом|е)?|отчет(?:а|у|ом|е|ы|ов)?|расчет(?:а|у|ом|е|ы)?|счет(?:а|у|ом|е)?|туберкулез(?:а|у|ом|е|ный|ная|ное|ного|ной)?|ребенок|ребенк(?:а|у|ом|е)|новорожденн(?:ый|ая|ое|ого|ому|ым|ых)|тяжел(?:ый|ая|ое|ые|ой|ого)|легк(?:ий|ая|ое|ие|ого|ой)|черн(?:ый|ая|ое|ые|ой|ого)|желт(?:ый|ая|ое|ые)|партнер(?:а|у|ом|е|ы|ов|ство|ства|стве)?|определенн(?:ый|ая|ое|ые|ого|ой)|трех|четырех|вдвоем|втроем|причем|моем|твоем|своем|объем(?:а|у|ом|е)?|надежн(?:ый|ая|ое|ые|ого)|серьезн(?:ый|ая|ое|ые|ого|ой)|перекрестн(?:ый|ая|ое|ые|ой)|печеночн(?:ый|ая|ое|ые|ой)|днем|самолет(?:а|у|ом|е|ы)?)(?![а-яё])/i

describe('the Russian of the demonstration', () => {
  it('is there', () => {
    expect(TEXTS.filter(([, text]) => isRussian(text)).length).toBeGreaterThan(250)
  })

  it.each([
    ['has no straight or English quotation marks', /["“”]/],
    ['has no Latin letter within a Cyrillic word', /[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]/],
    ['keeps ё', WITHOUT_YO],
    ['has no hyphen or double hyphen for a dash', /\s-{1,2}\s/],
    ['has no two spaces, and none before a comma', / {2}| [,.;:!?]/],
    [
      'groups thousands with a space, and decimals with a comma',
      /\d,\d{3}(?!\d)|\d\.\d+\s?(?:мг|%|кл)/,
    ],
    ['writes a percent sign after a space', /\d%/],
  ])('%s', (_, wrong) => {
    const found = TEXTS.flatMap(([at, text]) => {
      const match = wrong.exec(text.replace(/@\{[^}]+\}/g, '@Имя').replace(/\]\([^)]+\)/g, ']'))
      return match ? [`${at}: ${match[0]}`] : []
    })
    expect(found).toEqual([])
  })

  it('opens and closes «…» in pairs', () => {
    const count = (text: string, mark: string) => text.split(mark).length
    const wrong = TEXTS.filter(([, text]) => count(text, '«') !== count(text, '»'))
    expect(wrong).toEqual([])
  })
})

function isRussian(text: string): boolean {
  const cyrillic = text.match(/[А-Яа-яЁё]/g)?.length ?? 0
  return cyrillic > (text.match(/[A-Za-z]/g)?.length ?? 0)
}
