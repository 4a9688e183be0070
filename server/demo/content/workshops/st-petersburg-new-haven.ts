import type { DemoWorkshop } from '../workshop-types'
import { CD4_ROOM } from './cd4-room'

const CONSENT = {
  en: 'Nothing is recorded. Notes are written together and stay in this workspace.',
  ru: 'Запись не ведётся. Заметки пишутся вместе и остаются в этом рабочем пространстве.',
}

/** One that is going on, one next week, one of the past. */
export const WORKSHOPS: readonly DemoWorkshop[] = [
  {
    key: 'cd4-clinic',
    title: {
      en: 'Reading CD4 and viral load together: an interpretation clinic',
      ru: 'Читаем CD4 и вирусную нагрузку вместе: клинический разбор',
    },
    objectives: {
      en: 'To read two results side by side and agree on the next step.\nTo tell a true rise of viral load from a blip.\nTo use one form of units on both sides.',
      ru: 'Научиться читать два результата рядом и договариваться о следующем шаге.\nОтличать истинный рост вирусной нагрузки от единичного всплеска.\nПользоваться одной формой записи единиц на обеих сторонах.',
    },
    mode: 'virtual',
    status: 'live',
    starts: 'now -25',
    zone: 'b',
    audience: ['physician', 'nurse', 'pharmacist', 'case_manager'],
    capacity: 60,
    agenda: [
      {
        minutes: 10,
        title: {
          en: 'Welcome and how this room works',
          ru: 'Приветствие и как устроена эта комната',
        },
        speaker: 'coordinator.us',
        spoken: 'both',
      },
      {
        minutes: 30,
        title: { en: 'Two numbers, one patient', ru: 'Два числа, один пациент' },
        speaker: 'physician.us',
        spoken: 'en',
        interpretation: true,
        resource: 'cd4-slides',
      },
      {
        minutes: 30,
        title: { en: 'Two cases from St Petersburg', ru: 'Два случая из Санкт-Петербурга' },
        speaker: 'physician.ru',
        spoken: 'ru',
        interpretation: true,
        resource: 'cd4-units',
      },
      {
        minutes: 20,
        title: { en: 'Questions and what we agree on', ru: 'Вопросы и о чём договорились' },
        speaker: 'coordinator.ru',
        spoken: 'both',
        interpretation: true,
      },
    ],
    facilitators: ['physician.us', 'physician.ru'],
    materials: ['cd4-slides', 'cd4-units'],
    consent: CONSENT,
    guests: true,
    createdBy: 'coordinator.us',
    members: {
      'coordinator.us': 25,
      'physician.us': 25,
      'physician.ru': 24,
      'coordinator.ru': 25,
      reviewer: 25,
      viewer: 19,
      shcheglova: 22,
      ryabinin: 20,
      hallett: 17,
    },
    interpreter: 'reviewer',
    room: CD4_ROOM,
  },
  {
    key: 'chart-audit',
    title: {
      en: 'Chart-audit training: from sample to improvement',
      ru: 'Аудит медицинских карт: от выборки к улучшению',
    },
    objectives: {
      en: 'To draw a sample without choosing.\nTo abstract two charts independently and compare.\nTo turn one indicator below target into one action.',
      ru: 'Сделать выборку, не выбирая.\nНезависимо внести данные двух карт и сравнить.\nПревратить один показатель ниже цели в одно действие.',
    },
    mode: 'virtual',
    status: 'announced',
    starts: '+7 16:00',
    zone: 'a',
    audience: ['physician', 'nurse', 'manager'],
    capacity: 12,
    agenda: [
      {
        minutes: 20,
        title: {
          en: 'What an audit can and cannot show',
          ru: 'Что аудит показывает и чего не показывает',
        },
        speaker: 'viewer',
        spoken: 'en',
        interpretation: true,
      },
      {
        minutes: 40,
        title: { en: 'Double abstraction in pairs', ru: 'Двойное внесение данных в парах' },
        speaker: 'physician.ru',
        spoken: 'ru',
        interpretation: true,
        resource: 'audit-sheet',
      },
      {
        minutes: 30,
        title: { en: 'One indicator, one action', ru: 'Один показатель, одно действие' },
        speaker: 'coordinator.ru',
        spoken: 'both',
      },
    ],
    facilitators: ['physician.ru'],
    materials: ['audit-sheet'],
    consent: CONSENT,
    guests: true,
    createdBy: 'coordinator.ru',
    members: { 'physician.ru': 0, viewer: 0, hallett: 0 },
    interpreter: 'reviewer',
  },
  {
    key: 'art-basics',
    title: { en: 'ART basics', ru: 'Основы антиретровирусной терапии' },
    objectives: {
      en: 'To explain why treatment does not pause.\nTo name the signs that mean “come today”.',
      ru: 'Объяснять, почему лечение не прерывают.\nНазывать признаки, при которых приходят в тот же день.',
    },
    mode: 'hybrid',
    status: 'closed',
    place: { en: 'City AIDS Centre, lecture hall', ru: 'Городской центр СПИД, лекционный зал' },
    starts: '2008-03-13 15:00',
    zone: 'a',
    audience: ['physician', 'nurse'],
    agenda: [
      {
        minutes: 60,
        title: {
          en: 'First-line treatment and its first month',
          ru: 'Терапия первой линии и её первый месяц',
        },
        speaker: 'physician.us',
        spoken: 'en',
        interpretation: true,
        resource: 'first-month',
      },
      {
        minutes: 60,
        title: {
          en: 'Side effects: what the nurse hears first',
          ru: 'Побочные эффекты: что первой слышит медсестра',
        },
        speaker: 'coordinator.ru',
        spoken: 'ru',
        interpretation: true,
        resource: 'side-effects',
      },
    ],
    facilitators: ['physician.ru'],
    materials: ['first-month', 'side-effects'],
    createdBy: 'coordinator.ru',
    members: {
      'physician.ru': 120,
      'physician.us': 110,
      'coordinator.ru': 120,
      shcheglova: 95,
      hallett: 60,
      // in the hall, without a device
      ryabinin: 0,
    },
    crowds: [
      {
        cadre: 'nurse',
        count: 9,
        minutes: 120,
        lang: 'ru',
        institution: { en: 'District Polyclinic 12', ru: 'Районная поликлиника № 12' },
      },
      {
        cadre: 'physician',
        count: 4,
        minutes: 115,
        lang: 'ru',
        institution: { en: 'Infectious Diseases Hospital', ru: 'Инфекционная больница' },
      },
    ],
    report: {
      summary: {
        en: 'Eighteen people took part, ten of them nurses. Most questions were about night-time symptoms in the first two weeks.',
        ru: 'Участвовали восемнадцать человек, из них десять медсестёр. Больше всего спрашивали о ночных симптомах в первые две недели.',
      },
      decisions: {
        en: 'The leaflet about the first month is given out at the first dispensing.',
        ru: 'Памятка о первом месяце выдаётся при первой выдаче препаратов.',
      },
      costs: {
        en: 'Interpretation: in kind, four hours.',
        ru: 'Перевод: безвозмездно, четыре часа.',
      },
    },
    outcomes: [
      {
        kind: 'decision',
        text: {
          en: 'The leaflet about the first month is given out at the first dispensing.',
          ru: 'Памятка о первом месяце выдаётся при первой выдаче препаратов.',
        },
      },
      {
        kind: 'task',
        text: {
          en: 'Put the night-time symptoms into the adherence protocol.',
          ru: 'Внести ночные симптомы в протокол по приверженности.',
        },
        assignee: 'physician.ru',
        due: 30,
        done: true,
      },
    ],
  },
]
