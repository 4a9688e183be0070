import type { DemoWorkshop } from '../workshop-types'
import { HIV_TEST } from './hiv-test'

export const WORKSHOPS: readonly DemoWorkshop[] = [
  {
    key: 'hiv-primary',
    title: { en: 'Primary HIV Care', ru: 'Первичная помощь при ВИЧ-инфекции' },
    objectives: {
      en: 'To take a first history without judging.\nTo know what is done at the primary level and when to refer.\nTo screen for tuberculosis at every visit.',
      ru: 'Собирать первый анамнез без осуждения.\nЗнать, что делается в первичном звене и когда направлять дальше.\nСпрашивать о признаках туберкулёза на каждом визите.',
    },
    mode: 'on_site',
    status: 'closed',
    place: { en: 'Oblast AIDS Centre, Orenburg', ru: 'Областной центр СПИД, Оренбург' },
    starts: '2007-10-16 10:00',
    zone: 'a',
    audience: ['physician', 'nurse', 'social_worker'],
    capacity: 45,
    agenda: [
      {
        minutes: 90,
        title: { en: 'The first visit', ru: 'Первый визит' },
        speaker: 'galiyev',
        spoken: 'ru',
        interpretation: true,
      },
      {
        minutes: 90,
        title: { en: 'What the primary level can do', ru: 'Что может первичное звено' },
        speaker: 'ortega',
        spoken: 'en',
        interpretation: true,
      },
      {
        minutes: 120,
        title: {
          en: 'Four questions about tuberculosis: practice',
          ru: 'Четыре вопроса о туберкулёзе: практика',
        },
        speaker: 'chernova',
        spoken: 'ru',
        interpretation: true,
        resource: 'orb-four-questions',
      },
      {
        minutes: 60,
        title: { en: 'Cases in groups', ru: 'Случаи в группах' },
        speaker: 'safina',
        spoken: 'both',
        interpretation: true,
      },
    ],
    facilitators: ['chernova'],
    materials: ['orb-four-questions'],
    accreditation: { en: '6 credit hours', ru: '6 зачётных часов' },
    createdBy: 'galiyev',
    members: { galiyev: 360, ortega: 360, chernova: 360, safina: 360, nurieva: 360, kostin: 240 },
    crowds: [
      {
        cadre: 'physician',
        count: 14,
        minutes: 360,
        lang: 'ru',
        institution: { en: 'District hospitals of the oblast', ru: 'Районные больницы области' },
      },
      {
        cadre: 'nurse',
        count: 17,
        minutes: 360,
        lang: 'ru',
        institution: { en: 'District hospitals of the oblast', ru: 'Районные больницы области' },
      },
      {
        cadre: 'social_worker',
        count: 5,
        minutes: 300,
        lang: 'ru',
        institution: { en: 'Orsk branch', ru: 'Орский филиал' },
      },
    ],
    test: HIV_TEST,
    evaluation: {
      relevance: [31, 6, 1],
      clarity: [26, 10, 2],
      interpretation: [19, 14, 5],
      time: [14, 17, 7],
      materials: [28, 9, 1],
      facilitator: [33, 5, 0],
    },
    voices: [
      {
        lang: 'ru',
        useful: 'Разбор случаев в группах.',
        less: 'Мало времени на вопросы.',
        change: 'Буду задавать четыре вопроса о туберкулёзе каждому.',
      },
      {
        lang: 'ru',
        useful: 'Как говорить, не осуждая.',
        less: 'Цифры из других стран.',
        change: 'Попрошу отдельный кабинет для первой беседы.',
      },
      {
        lang: 'en',
        useful: 'Hearing the nurses’ side.',
        less: 'The hall was cold.',
        change: 'I will ask the nurse before I change a plan.',
      },
    ],
    report: {
      summary: {
        en: 'Forty-two people came from eleven districts. The questions on preventive treatment were answered less well after the workshop than before: the slide contradicted the table of the protocol.',
        ru: 'Приехали сорок два человека из одиннадцати районов. На вопрос о превентивном лечении после семинара ответили хуже, чем до него: слайд противоречил таблице протокола.',
      },
      decisions: {
        en: 'The four questions are asked at every visit in all district hospitals.\nThe table of preventive treatment is taken from the protocol only.',
        ru: 'Четыре вопроса задаются на каждом визите во всех районных больницах.\nТаблица превентивного лечения берётся только из протокола.',
      },
      costs: {
        en: 'Travel of 36 people by their districts; hall in kind.',
        ru: 'Проезд 36 человек за счёт районов; зал безвозмездно.',
      },
    },
    outcomes: [
      {
        kind: 'decision',
        text: {
          en: 'The four questions are asked at every visit in all district hospitals.',
          ru: 'Четыре вопроса задаются на каждом визите во всех районных больницах.',
        },
      },
      {
        kind: 'task',
        text: {
          en: 'Correct the slide on preventive treatment.',
          ru: 'Исправить слайд о превентивном лечении.',
        },
        assignee: 'ortega',
        due: 14,
        done: true,
      },
    ],
  },
  {
    key: 'tb-hiv',
    title: { en: 'TB/HIV: two services, one patient', ru: 'ТБ/ВИЧ: две службы, один пациент' },
    objectives: {
      en: 'To agree who orders which test.\nTo agree who calls whom, and within how many days.',
      ru: 'Договориться, кто назначает какое исследование.\nДоговориться, кто кому звонит и за сколько дней.',
    },
    mode: 'virtual',
    status: 'closed',
    starts: '2008-04-10 18:00',
    zone: 'a',
    audience: ['physician', 'nurse', 'laboratory'],
    agenda: [
      {
        minutes: 45,
        title: {
          en: 'Screening: what we find and what we lose',
          ru: 'Скрининг: что находим и что теряем',
        },
        speaker: 'galiyev',
        spoken: 'ru',
        interpretation: true,
      },
      {
        minutes: 45,
        title: {
          en: 'Rifampicin and antiretrovirals',
          ru: 'Рифампицин и антиретровирусные препараты',
        },
        speaker: 'feldman',
        spoken: 'en',
        interpretation: true,
      },
    ],
    facilitators: ['feldman', 'chernova'],
    materials: ['orb-waiting-list'],
    createdBy: 'ortega',
    members: {
      galiyev: 90,
      ortega: 88,
      feldman: 90,
      chernova: 80,
      kostin: 71,
      carter: 40,
      nurieva: 90,
    },
    crowds: [
      {
        cadre: 'physician',
        count: 6,
        minutes: 85,
        lang: 'ru',
        institution: { en: 'TB Dispensary', ru: 'Противотуберкулёзный диспансер' },
      },
    ],
    outcomes: [
      {
        kind: 'task',
        text: {
          en: 'Complete the table of rifampicin interactions in the protocol.',
          ru: 'Дополнить в протоколе таблицу взаимодействий рифампицина.',
        },
        assignee: 'feldman',
        due: 21,
      },
    ],
  },
]
