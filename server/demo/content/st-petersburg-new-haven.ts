import { adherence } from './protocols/adherence'
import { firstLine } from './protocols/first-line'
import { palliative } from './protocols/palliative'
import { resources } from './resources/st-petersburg-new-haven'
import { threads } from './threads/st-petersburg-new-haven'
import { cyrillicName, type DemoPartnership, latinName } from './types'
import { WORKSHOPS } from './workshops/st-petersburg-new-haven'

const spb = { en: 'St Petersburg', ru: 'Санкт-Петербург' }
const newHaven = { en: 'New Haven', ru: 'Нью-Хейвен' }
const russian = { city: spb, country: 'RU', timeZone: 'Europe/Moscow' } as const
const american = { city: newHaven, country: 'US', timeZone: 'America/New_York' } as const

/** Launched in September 2004; the first institutions of both sides are publicly documented partners. */
export const stPetersburgNewHaven: DemoPartnership = {
  slug: 'st-petersburg-new-haven',
  name: { en: 'St Petersburg / New Haven', ru: 'Санкт-Петербург / Нью-Хейвен' },
  focus: {
    en: 'Patient management and adherence',
    ru: 'Ведение пациентов и приверженность лечению',
  },
  startedOn: '2004-09-20',
  sides: {
    a: {
      place: spb,
      institutions: [
        { name: { en: 'City AIDS Centre', ru: 'Городской центр СПИД' }, ...russian },
        {
          name: { en: 'Infectious Diseases Hospital', ru: 'Инфекционная больница' },
          ...russian,
        },
        {
          name: { en: 'District Polyclinic No. 12', ru: 'Районная поликлиника № 12' },
          ...russian,
        },
        {
          name: { en: 'City Health Committee', ru: 'Городской комитет по здравоохранению' },
          ...russian,
        },
      ],
    },
    b: {
      place: newHaven,
      institutions: [
        { name: { en: 'Yale AIDS Program', ru: 'Йельская программа по СПИДу' }, ...american },
        {
          name: {
            en: 'Connecticut Department of Public Health',
            ru: 'Департамент общественного здравоохранения штата Коннектикут',
          },
          city: { en: 'Hartford', ru: 'Хартфорд' },
          country: 'US',
          timeZone: 'America/New_York',
        },
        { name: { en: 'Nathan Smith Clinic', ru: 'Клиника имени Натана Смита' }, ...american },
      ],
    },
  },
  phases: {
    initiate: 'met_gate',
    plan: 'met_gate',
    implement: 'met_gate',
    monitor: 'met_gate',
    evaluate: 'active',
    disseminate: 'active',
  },
  members: [
    {
      key: 'physician.ru',
      tour: 1,
      side: 'a',
      role: 'editor',
      cadre: 'physician',
      languages: ['ru'],
      name: cyrillicName('Корсаков', 'Дмитрий', 'Андреевич', 'Dmitriy Korsakov'),
    },
    {
      key: 'physician.us',
      tour: 2,
      side: 'b',
      role: 'editor',
      cadre: 'physician',
      languages: ['en'],
      name: latinName('Priya', 'Raman', 'Прия Раман'),
    },
    {
      key: 'reviewer',
      tour: 3,
      side: 'a',
      role: 'reviewer',
      cadre: 'translator',
      languages: ['ru', 'en'],
      name: cyrillicName('Левит', 'Анна', 'Борисовна', 'Anna Levit'),
    },
    {
      key: 'coordinator.ru',
      tour: 4,
      side: 'a',
      role: 'coordinator',
      cadre: 'nurse',
      languages: ['ru'],
      name: cyrillicName('Белозёрова', 'Наталья', 'Юрьевна', 'Natalya Belozyorova'),
    },
    {
      key: 'coordinator.us',
      tour: 5,
      side: 'b',
      role: 'coordinator',
      cadre: 'case_manager',
      languages: ['en'],
      name: latinName('Thomas', 'Okafor', 'Томас Окафор'),
    },
    {
      key: 'viewer',
      tour: 6,
      side: 'b',
      role: 'viewer',
      cadre: 'manager',
      languages: ['en'],
      name: latinName('Ellen', 'Marsh', 'Эллен Марш'),
    },
    {
      key: 'observer',
      tour: 7,
      side: 'a',
      role: 'observer',
      cadre: 'official',
      languages: ['ru'],
      name: cyrillicName('Тихомирова', 'Галина', 'Сергеевна', 'Galina Tikhomirova'),
    },
    {
      key: 'shcheglova',
      side: 'a',
      role: 'editor',
      cadre: 'librarian',
      languages: ['ru'],
      name: cyrillicName('Щеглова', 'Марина', 'Викторовна', 'Marina Shcheglova'),
    },
    {
      key: 'ryabinin',
      side: 'a',
      role: 'reviewer',
      cadre: 'peer',
      languages: ['ru'],
      name: cyrillicName('Рябинин', 'Олег', undefined, 'Oleg Ryabinin'),
    },
    {
      key: 'hallett',
      side: 'b',
      role: 'editor',
      cadre: 'pharmacist',
      languages: ['en'],
      name: latinName('Grace', 'Hallett', 'Грейс Халлет'),
    },
  ],
  protocols: [adherence, firstLine, palliative],
  threads,
  resources,
  workshops: WORKSHOPS,
}
