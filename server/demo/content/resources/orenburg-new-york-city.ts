import type { DemoResource } from '../types'

export const resources: readonly DemoResource[] = [
  {
    key: 'orb-four-questions',
    kind: 'poster',
    title: { en: 'Four questions about TB', ru: 'Четыре вопроса о туберкулёзе' },
    about: {
      en: 'For the nurse’s room: asked at every visit, before the physician.',
      ru: 'Для кабинета медсестры: на каждом визите, до осмотра врача.',
    },
    by: 'chernova',
    at: '-21 10:00',
    renditions: [
      {
        lang: 'ru',
        status: 'original',
        by: 'chernova',
        at: '-21 10:05',
        file: 'four-questions.ru.pdf',
        name: 'Четыре вопроса о туберкулёзе.pdf',
      },
      {
        lang: 'en',
        status: 'translated',
        by: 'nurieva',
        at: '-19 13:20',
        file: 'four-questions.en.pdf',
        name: 'Four questions about TB.pdf',
      },
    ],
  },
  {
    key: 'orb-waiting-list',
    kind: 'tool',
    title: { en: 'Waiting list for isoniazid', ru: 'Лист ожидания изониазида' },
    about: {
      en: 'An example with invented rows: numbers only, no names.',
      ru: 'Образец с вымышленными строками: только номера, без имён.',
    },
    by: 'chernova',
    at: '-5 11:00',
    renditions: [
      {
        lang: 'ru',
        status: 'original',
        by: 'chernova',
        at: '-5 11:03',
        file: 'waiting-list.ru.csv',
        name: 'Лист ожидания, образец.csv',
      },
    ],
  },
  {
    key: 'orb-who-tb',
    kind: 'guideline',
    title: { en: 'WHO on tuberculosis', ru: 'ВОЗ о туберкулёзе' },
    about: {
      en: 'Current guidance and figures.',
      ru: 'Действующие рекомендации и цифры.',
    },
    by: 'ortega',
    at: '-50 09:00',
    renditions: [
      {
        lang: 'en',
        status: 'original',
        by: 'ortega',
        at: '-50 09:02',
        url: 'https://www.who.int/health-topics/tuberculosis',
      },
      {
        lang: 'ru',
        status: 'translated',
        by: 'nurieva',
        at: '-48 11:00',
        url: 'https://www.who.int/ru/health-topics/tuberculosis',
      },
    ],
  },
]
