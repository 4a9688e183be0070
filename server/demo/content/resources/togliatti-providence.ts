import type { DemoResource } from '../types'

export const resources: readonly DemoResource[] = [
  {
    key: 'tlt-pathway',
    kind: 'poster',
    title: { en: 'The pathway of a pregnant woman', ru: 'Маршрут беременной женщины' },
    about: {
      en: 'Four stations on one page, for staff.',
      ru: 'Четыре шага на одной странице, для сотрудников.',
    },
    by: 'maslova',
    at: '-2 12:00',
    renditions: [
      {
        lang: 'ru',
        status: 'original',
        by: 'maslova',
        at: '-2 12:05',
        file: 'pathway.ru.pdf',
        name: 'Маршрут беременной женщины.pdf',
      },
      {
        lang: 'en',
        status: 'reviewed',
        by: 'savelyeva',
        at: '-1 13:30',
        file: 'pathway.en.pdf',
        name: 'Pathway of a pregnant woman.pdf',
      },
    ],
  },
  {
    key: 'tlt-formula',
    kind: 'leaflet',
    title: { en: 'Preparing formula', ru: 'Как готовить молочную смесь' },
    about: { en: 'For mothers, one small page, to be shown and not only handed out.' },
    by: 'whitman',
    at: '-30 10:00',
    renditions: [
      {
        lang: 'en',
        status: 'original',
        by: 'whitman',
        at: '-30 10:05',
        file: 'formula.en.pdf',
        name: 'Preparing formula.pdf',
      },
    ],
    requests: [{ to: 'ru', by: 'kim', at: '-6 11:15', note: 'Нужна в отделении до конца месяца.' }],
  },
  {
    key: 'tlt-night-book',
    kind: 'form',
    title: { en: 'Night book: rapid HIV test', ru: 'Ночной журнал: экспресс-тест на ВИЧ' },
    about: {
      en: 'Who reads the result at night, and who signs.',
      ru: 'Кто ночью смотрит результат и кто расписывается.',
    },
    by: 'maslova',
    at: '-15 10:40',
    renditions: [
      {
        lang: 'ru',
        status: 'original',
        by: 'maslova',
        at: '-15 10:45',
        file: 'night-book.ru.docx',
        name: 'Ночной журнал.docx',
      },
    ],
  },
]
