import { tbScreening } from './protocols/tb-screening'
import { resources } from './resources/orenburg-new-york-city'
import { threads } from './threads/orenburg-new-york-city'
import { cyrillicName, type DemoPartnership, latinName } from './types'
import { WORKSHOPS } from './workshops/orenburg-new-york-city'

const orenburg = { en: 'Orenburg', ru: 'Оренбург' }
const newYork = { en: 'New York City', ru: 'Нью-Йорк' }
const russian = { city: orenburg, country: 'RU', timeZone: 'Asia/Yekaterinburg' } as const
const american = { city: newYork, country: 'US', timeZone: 'America/New_York' } as const

/** The institutions are illustrative. */
export const orenburgNewYorkCity: DemoPartnership = {
  slug: 'orenburg-new-york-city',
  name: { en: 'Orenburg / New York City', ru: 'Оренбург / Нью-Йорк' },
  focus: {
    en: 'HIV and TB detection and treatment',
    ru: 'Выявление и лечение ВИЧ-инфекции и туберкулёза',
  },
  startedOn: '2004-11-15',
  sides: {
    a: {
      place: orenburg,
      institutions: [
        { name: { en: 'Regional AIDS Centre', ru: 'Областной центр СПИД' }, ...russian },
        {
          name: { en: 'TB Dispensary', ru: 'Противотуберкулёзный диспансер' },
          ...russian,
        },
        {
          name: { en: 'AIDS Centre, Orsk branch', ru: 'Центр СПИД, Орский филиал' },
          city: { en: 'Orsk', ru: 'Орск' },
          country: 'RU',
          timeZone: 'Asia/Yekaterinburg',
        },
      ],
    },
    b: {
      place: newYork,
      institutions: [
        {
          name: { en: 'Metropolitan Hospital HIV Clinic', ru: 'Клиника ВИЧ городской больницы' },
          ...american,
        },
        {
          name: {
            en: 'Community Adherence Program',
            ru: 'Общественная программа поддержки приверженности',
          },
          ...american,
        },
        { name: { en: 'TB Control Unit', ru: 'Отдел борьбы с туберкулёзом' }, ...american },
      ],
    },
  },
  phases: {
    initiate: 'met_gate',
    plan: 'met_gate',
    implement: 'active',
    monitor: 'active',
    evaluate: 'not_started',
    disseminate: 'not_started',
  },
  members: [
    {
      key: 'galiyev',
      side: 'a',
      role: 'coordinator',
      cadre: 'physician',
      languages: ['ru'],
      name: cyrillicName('Галиев', 'Рустам', 'Ильдарович', 'Rustam Galiyev'),
    },
    {
      key: 'ortega',
      side: 'b',
      role: 'coordinator',
      cadre: 'physician',
      languages: ['en'],
      name: latinName('Miguel', 'Ortega', 'Мигель Ортега'),
    },
    {
      key: 'chernova',
      side: 'a',
      role: 'editor',
      cadre: 'nurse',
      languages: ['ru'],
      name: cyrillicName('Чернова', 'Светлана', 'Петровна', 'Svetlana Chernova'),
    },
    {
      key: 'safina',
      side: 'a',
      role: 'editor',
      cadre: 'psychologist',
      languages: ['ru', 'en'],
      name: cyrillicName('Сафина', 'Айгуль', undefined, 'Aygul Safina'),
    },
    {
      key: 'carter',
      side: 'b',
      role: 'viewer',
      cadre: 'peer',
      languages: ['en'],
      name: latinName('Denise', 'Carter', 'Дениз Картер'),
    },
    {
      key: 'feldman',
      side: 'b',
      role: 'editor',
      cadre: 'pharmacist',
      languages: ['en'],
      name: latinName('Sam', 'Feldman', 'Сэм Фельдман'),
    },
    {
      key: 'nurieva',
      side: 'a',
      role: 'reviewer',
      cadre: 'translator',
      languages: ['ru', 'en'],
      name: cyrillicName('Нуриева', 'Лилия', 'Маратовна', 'Liliya Nuriyeva'),
    },
    {
      key: 'kostin',
      side: 'a',
      role: 'viewer',
      cadre: 'laboratory',
      languages: ['ru'],
      name: cyrillicName('Костин', 'Игорь', 'Львович', 'Igor Kostin'),
    },
  ],
  protocols: [tbScreening],
  threads,
  resources,
  workshops: WORKSHOPS,
}
