import type { DemoWorkshop } from '../workshop-types'

export const WORKSHOPS: readonly DemoWorkshop[] = [
  {
    key: 'tolerance-1',
    title: { en: 'Tolerance Building', ru: 'Воспитание толерантности' },
    objectives: {
      en: 'To notice the words that push people away.\nTo agree on words that both sides use in protocols and at the desk.',
      ru: 'Замечать слова, которые отталкивают.\nДоговориться о словах, которыми обе стороны пользуются в протоколах и в регистратуре.',
    },
    mode: 'virtual',
    status: 'closed',
    starts: '2007-11-20 17:00',
    zone: 'a',
    audience: [],
    agenda: [
      {
        minutes: 40,
        title: { en: 'What is said at the desk', ru: 'Что говорят в регистратуре' },
        speaker: 'akhmetov',
        spoken: 'ru',
        interpretation: true,
      },
      {
        minutes: 50,
        title: { en: 'A list of words, together', ru: 'Список слов, вместе' },
        speaker: 'lindqvist',
        spoken: 'both',
        interpretation: true,
      },
    ],
    facilitators: ['akhmetov', 'stranger'],
    materials: ['sar-visit-checklist'],
    createdBy: 'lindqvist',
    members: {
      akhmetov: 90,
      lindqvist: 90,
      zhuravlyova: 75,
      lapteva: 60,
      stranger: 90,
      yermolina: 88,
    },
    crowds: [
      {
        cadre: 'nurse',
        count: 8,
        minutes: 84,
        lang: 'ru',
        institution: { en: 'Engels District Hospital', ru: 'Энгельсская районная больница' },
      },
      {
        cadre: 'social_worker',
        count: 5,
        minutes: 90,
        lang: 'en',
        institution: { en: 'County social services', ru: 'Социальная служба округа' },
      },
    ],
    evaluation: {
      relevance: [9, 4, 1],
      clarity: [8, 5, 1],
      interpretation: [10, 3, 1],
      time: [6, 6, 2],
      materials: [5, 7, 2],
      facilitator: [12, 2, 0],
    },
    outcomes: [
      {
        kind: 'decision',
        text: {
          en: 'The word “contingent” is not used for people any more.',
          ru: 'Слово «контингент» о людях больше не употребляем.',
        },
      },
    ],
  },
  {
    key: 'case-management',
    title: { en: 'Case management: a master class', ru: 'Ведение случая: мастер-класс' },
    objectives: {
      en: 'To make a plan with the patient, not for the patient.\nTo hand a case over between the narcology dispensary and the AIDS centre.',
      ru: 'Составлять план вместе с пациентом, а не за него.\nПередавать случай между наркологическим диспансером и центром СПИД.',
    },
    mode: 'virtual',
    status: 'closed',
    starts: '2008-05-15 17:30',
    zone: 'a',
    audience: ['case_manager', 'social_worker', 'nurse', 'physician'],
    agenda: [
      {
        minutes: 60,
        title: { en: 'The first plan', ru: 'Первый план' },
        speaker: 'stranger',
        spoken: 'en',
        interpretation: true,
      },
      {
        minutes: 30,
        title: {
          en: 'Handing over: a lesson from the dispensary',
          ru: 'Передача: урок диспансера',
        },
        speaker: 'lapteva',
        spoken: 'ru',
        interpretation: true,
        resource: 'sar-referral-card',
      },
    ],
    facilitators: ['stranger'],
    materials: ['sar-referral-card'],
    createdBy: 'zhuravlyova',
    members: { stranger: 90, lapteva: 85, akhmetov: 90, zhuravlyova: 90, birch: 55, yermolina: 90 },
    outcomes: [
      {
        kind: 'task',
        text: {
          en: 'Try the referral card for one month in the dispensary.',
          ru: 'Месяц испытать карту направления в диспансере.',
        },
        assignee: 'lapteva',
        due: 30,
      },
    ],
  },
]
