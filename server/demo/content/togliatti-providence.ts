import { pmtct } from './protocols/pmtct'
import { resources } from './resources/togliatti-providence'
import { threads } from './threads/togliatti-providence'
import { cyrillicName, type DemoPartnership, latinName } from './types'
import { WORKSHOPS } from './workshops/togliatti-providence'

const togliatti = { en: 'Togliatti', ru: 'Тольятти' }
const providence = { en: 'Providence', ru: 'Провиденс' }
const russian = { city: togliatti, country: 'RU', timeZone: 'Europe/Samara' } as const
const american = { city: providence, country: 'US', timeZone: 'America/New_York' } as const

/** Its memorandum was signed on 4 November 2004; most of its institutions are publicly documented. */
export const togliattiProvidence: DemoPartnership = {
  slug: 'togliatti-providence',
  name: { en: 'Togliatti / Providence', ru: 'Тольятти / Провиденс' },
  focus: {
    en: 'Access, retention and prevention of mother-to-child transmission',
    ru: 'Доступность помощи, удержание в наблюдении и профилактика передачи ВИЧ от матери ребёнку',
  },
  startedOn: '2004-11-04',
  sides: {
    a: {
      place: togliatti,
      institutions: [
        { name: { en: 'City AIDS Centre', ru: 'Городской центр СПИД' }, ...russian },
        {
          name: { en: 'City Health Department', ru: 'Городской департамент здравоохранения' },
          ...russian,
        },
        {
          name: { en: "Women's Consultation No. 3", ru: 'Женская консультация № 3' },
          ...russian,
        },
        {
          name: {
            en: 'Samara Region Ministry of Health',
            ru: 'Министерство здравоохранения Самарской области',
          },
          city: { en: 'Samara', ru: 'Самара' },
          country: 'RU',
          timeZone: 'Europe/Samara',
        },
      ],
    },
    b: {
      place: providence,
      institutions: [
        {
          name: {
            en: 'National Perinatal Information Center',
            ru: 'Национальный перинатальный информационный центр',
          },
          ...american,
        },
        {
          name: { en: 'Care New England', ru: 'Система здравоохранения Care New England' },
          ...american,
        },
        {
          name: {
            en: 'Rhode Island Department of Health',
            ru: 'Департамент здравоохранения штата Род-Айленд',
          },
          ...american,
        },
      ],
    },
  },
  phases: {
    initiate: 'met_gate',
    plan: 'met_gate',
    implement: 'reopened',
    monitor: 'active',
    evaluate: 'active',
    disseminate: 'not_started',
  },
  members: [
    {
      key: 'maslova',
      side: 'a',
      role: 'coordinator',
      cadre: 'physician',
      languages: ['ru'],
      name: cyrillicName('Маслова', 'Ирина', 'Олеговна', 'Irina Maslova'),
    },
    {
      key: 'dubois',
      side: 'b',
      role: 'coordinator',
      cadre: 'physician',
      languages: ['en'],
      name: latinName('Claire', 'Dubois', 'Клэр Дюбуа'),
    },
    {
      key: 'gordeyev',
      side: 'a',
      role: 'editor',
      cadre: 'physician',
      languages: ['ru'],
      name: cyrillicName('Гордеев', 'Павел', 'Николаевич', 'Pavel Gordeyev'),
    },
    {
      key: 'kim',
      side: 'a',
      role: 'editor',
      cadre: 'social_worker',
      languages: ['ru'],
      name: cyrillicName('Ким', 'Жанна', undefined, 'Zhanna Kim'),
    },
    {
      key: 'almeida',
      side: 'b',
      role: 'editor',
      cadre: 'case_manager',
      languages: ['en'],
      name: latinName('Rosa', 'Almeida', 'Роза Алмейда'),
    },
    {
      key: 'platt',
      side: 'b',
      role: 'viewer',
      cadre: 'manager',
      languages: ['en'],
      name: latinName('Henry', 'Platt', 'Генри Платт'),
    },
    {
      key: 'savelyeva',
      side: 'a',
      role: 'reviewer',
      cadre: 'translator',
      languages: ['ru', 'en'],
      name: cyrillicName('Савельева', 'Юлия', 'Романовна', 'Yuliya Savelyeva'),
    },
    {
      key: 'whitman',
      side: 'b',
      role: 'editor',
      cadre: 'nurse',
      languages: ['en'],
      name: latinName('Joan', 'Whitman', 'Джоан Уитмен'),
    },
  ],
  protocols: [pmtct],
  threads,
  resources,
  workshops: WORKSHOPS,
}
