import type { DemoResource } from '../types'

export const resources: readonly DemoResource[] = [
  {
    key: 'sar-visit-checklist',
    kind: 'form',
    title: { en: 'Visiting a client: checklist', ru: 'Выезд к клиенту: список' },
    about: {
      en: 'One page for one trip. The last line is the most useful one.',
      ru: 'Одна страница на одну поездку. Последняя строка самая полезная.',
    },
    by: 'akhmetov',
    at: '-1 10:40',
    renditions: [
      {
        lang: 'ru',
        status: 'original',
        by: 'akhmetov',
        at: '-1 10:42',
        file: 'visit-checklist.ru.pdf',
        name: 'Выезд к клиенту.pdf',
      },
      {
        lang: 'en',
        status: 'translated',
        by: 'akhmetov',
        at: '-1 11:10',
        file: 'visit-checklist.en.pdf',
        name: 'Visiting a client.pdf',
      },
    ],
  },
  {
    key: 'sar-referral-card',
    kind: 'form',
    title: {
      en: 'Referral between the AIDS centre and narcology',
      ru: 'Направление между центром СПИД и наркологом',
    },
    about: { ru: 'Передаётся только с согласия клиента.' },
    by: 'lapteva',
    at: '2007-06-18 12:00',
    renditions: [
      {
        lang: 'ru',
        status: 'original',
        by: 'lapteva',
        at: '2007-06-18 12:05',
        file: 'referral-card.ru.docx',
        name: 'Направление к наркологу.docx',
      },
    ],
    requests: [{ to: 'en', by: 'stranger', at: '-4 10:30' }],
  },
  {
    key: 'sar-lessons',
    kind: 'article',
    title: { en: 'Lessons learned: case management in narcology' },
    about: { en: 'Half a page for the next site: ask for the post first, train afterwards.' },
    by: 'lindqvist',
    at: '2007-12-03 10:00',
    renditions: [
      {
        lang: 'en',
        status: 'original',
        by: 'lindqvist',
        at: '2007-12-03 10:05',
        file: 'lessons.en.txt',
        name: 'Lessons learned.txt',
      },
    ],
  },
]
