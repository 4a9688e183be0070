import { caseManagement } from './protocols/case-management'
import { resources } from './resources/saratov-bemidji'
import { threads } from './threads/saratov-bemidji'
import { cyrillicName, type DemoPartnership, latinName } from './types'
import { WORKSHOPS } from './workshops/saratov-bemidji'

const saratov = { en: 'Saratov', ru: 'Саратов' }
const bemidji = { en: 'Bemidji', ru: 'Бемиджи' }
const russian = { city: saratov, country: 'RU', timeZone: 'Europe/Saratov' } as const
const american = { city: bemidji, country: 'US', timeZone: 'America/Chicago' } as const

/** Graduated, and active without a donor. The institutions are illustrative. */
export const saratovBemidji: DemoPartnership = {
  slug: 'saratov-bemidji',
  name: { en: 'Saratov / Bemidji', ru: 'Саратов / Бемиджи' },
  focus: {
    en: 'Care coordination and case management',
    ru: 'Координация помощи и ведение случая',
  },
  startedOn: '2004-10-11',
  sides: {
    a: {
      place: saratov,
      institutions: [
        { name: { en: 'Regional AIDS Centre', ru: 'Областной центр СПИД' }, ...russian },
        {
          name: { en: 'City Narcology Dispensary', ru: 'Городской наркологический диспансер' },
          ...russian,
        },
        {
          name: { en: 'Engels District Hospital', ru: 'Энгельсская районная больница' },
          city: { en: 'Engels', ru: 'Энгельс' },
          country: 'RU',
          timeZone: 'Europe/Saratov',
        },
      ],
    },
    b: {
      place: bemidji,
      institutions: [
        {
          name: { en: 'North Country Health Consortium', ru: 'Консорциум здоровья Северного края' },
          ...american,
        },
        { name: { en: 'Tribal Health Clinic', ru: 'Клиника коренных народов' }, ...american },
        { name: { en: 'County Social Services', ru: 'Социальная служба округа' }, ...american },
      ],
    },
  },
  phases: {
    initiate: 'met_gate',
    plan: 'met_gate',
    implement: 'met_gate',
    monitor: 'met_gate',
    evaluate: 'met_gate',
    disseminate: 'active',
  },
  members: [
    {
      key: 'stranger',
      tour: 9,
      side: 'b',
      role: 'editor',
      cadre: 'social_worker',
      languages: ['en'],
      name: latinName('Joseph', 'Whitefeather', 'Джозеф Уайтфезер'),
    },
    {
      key: 'zhuravlyova',
      side: 'a',
      role: 'coordinator',
      cadre: 'physician',
      languages: ['ru'],
      name: cyrillicName('Журавлёва', 'Елена', 'Викторовна', 'Yelena Zhuravlyova'),
    },
    {
      key: 'lindqvist',
      side: 'b',
      role: 'coordinator',
      cadre: 'nurse',
      languages: ['en'],
      name: latinName('Karen', 'Lindqvist', 'Карен Линдквист'),
    },
    {
      key: 'akhmetov',
      side: 'a',
      role: 'editor',
      cadre: 'case_manager',
      languages: ['ru', 'en'],
      name: cyrillicName('Ахметов', 'Тимур', undefined, 'Timur Akhmetov'),
    },
    {
      key: 'lapteva',
      side: 'a',
      role: 'editor',
      cadre: 'physician',
      languages: ['ru'],
      name: cyrillicName('Лаптева', 'Ольга', 'Сергеевна', 'Olga Lapteva'),
    },
    {
      key: 'birch',
      side: 'b',
      role: 'editor',
      cadre: 'physician',
      languages: ['en'],
      name: latinName('Alan', 'Birch', 'Алан Бёрч'),
    },
    {
      key: 'yermolina',
      side: 'a',
      role: 'reviewer',
      cadre: 'translator',
      languages: ['ru', 'en'],
      name: cyrillicName('Ермолина', 'Вера', 'Павловна', 'Vera Yermolina'),
    },
    {
      key: 'sundberg',
      side: 'b',
      role: 'viewer',
      cadre: 'manager',
      languages: ['en'],
      name: latinName('Nora', 'Sundberg', 'Нора Сундберг'),
    },
  ],
  protocols: [caseManagement],
  threads,
  resources,
  workshops: WORKSHOPS,
}
