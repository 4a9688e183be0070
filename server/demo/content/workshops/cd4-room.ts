import type { DemoRoom } from '../workshop-types'

/** What has happened in the room of the workshop that is going on. */
export const CD4_ROOM: DemoRoom = {
  messages: [
    {
      by: 'coordinator.us',
      lang: 'en',
      at: 1,
      text: 'Welcome! Write in your own language. Anna puts it into the other one.',
      translation: {
        by: 'reviewer',
        text: 'Добро пожаловать! Пишите на своём языке, Анна переведёт на другой.',
      },
    },
    {
      by: 'coordinator.ru',
      lang: 'ru',
      at: 3,
      text: 'Здравствуйте! Из процедурного кабинета слышно хорошо, картинка идёт медленно, но слайды видны.',
      translation: {
        by: 'reviewer',
        text: 'Hello! From the treatment room we hear you well; the picture is slow, but the slides are there.',
      },
    },
    {
      by: 'viewer',
      lang: 'en',
      at: 9,
      text: 'I am following by text only from the train. This works.',
      translation: {
        by: 'reviewer',
        text: 'Еду в поезде, слежу только по тексту. Всё получается.',
      },
    },
    {
      by: 'guest nina',
      lang: 'ru',
      at: 14,
      text: 'На третьем слайде в нашей лаборатории другие единицы. Таблица перевода есть в материалах.',
      translationAsked: true,
    },
    {
      by: 'hallett',
      lang: 'en',
      at: 19,
      text: 'The conversion table is in the library: “CD4: units and what they mean”.',
    },
  ],
  questions: [
    {
      by: 'shcheglova',
      lang: 'ru',
      at: 8,
      text: 'Через сколько недель после начала терапии имеет смысл первый контроль вирусной нагрузки?',
      translation: {
        by: 'reviewer',
        text: 'How many weeks after treatment begins does the first viral load make sense?',
      },
      votes: ['coordinator.ru', 'viewer', 'ryabinin', 'guest nina', 'hallett'],
      onAir: true,
    },
    {
      by: 'guest nina',
      lang: 'ru',
      at: 11,
      text: 'Если CD4 растёт, а вирусная нагрузка определяется — кому верить?',
      translation: {
        by: 'reviewer',
        text: 'If CD4 rises and the viral load is still detectable, which one do we believe?',
      },
      votes: ['shcheglova', 'coordinator.ru', 'viewer', 'guest greg'],
    },
    {
      by: 'viewer',
      lang: 'en',
      at: 12,
      text: 'Do both laboratories repeat a result above the limit before calling the patient?',
      translation: {
        by: 'reviewer',
        text: 'Повторяют ли обе лаборатории результат выше порога, прежде чем звонить пациенту?',
      },
      votes: ['hallett', 'coordinator.ru'],
      answer: {
        by: 'physician.ru',
        how: 'written',
        lang: 'ru',
        text: 'У нас — да: второй анализ через четыре недели, звонит медсестра.',
      },
    },
    {
      by: 'hallett',
      lang: 'en',
      at: 16,
      text: 'How do you record doses missed in the week before the blood is taken?',
      votes: ['ryabinin', 'viewer', 'physician.ru'],
    },
    {
      by: 'ryabinin',
      lang: 'ru',
      at: 18,
      text: 'Кто объясняет результат пациенту, если врач в отпуске?',
      translationAsked: true,
      votes: ['coordinator.ru'],
    },
    {
      by: 'guest greg',
      lang: 'en',
      at: 20,
      text: 'Is there a one-page sheet for patients with both numbers?',
      votes: ['viewer'],
    },
    {
      by: 'coordinator.ru',
      lang: 'ru',
      at: 22,
      text: 'Можно ли взять форму разбора для наших пятиминуток?',
      votes: [],
    },
  ],
  polls: [
    {
      key: 'expect',
      form: 'single',
      purpose: 'poll',
      prompt: {
        en: 'What is hardest on your ward?',
        ru: 'Что труднее всего в вашем отделении?',
      },
      options: [
        { en: 'Results come late', ru: 'Результаты приходят поздно' },
        { en: 'Two laboratories, two units', ru: 'Две лаборатории, разные единицы' },
        { en: 'Explaining them to the patient', ru: 'Объяснить их пациенту' },
      ],
      status: 'closed',
      shown: true,
      votes: {
        'coordinator.ru': [0],
        shcheglova: [1],
        viewer: [2],
        ryabinin: [2],
        hallett: [1],
        'guest nina': [0],
        'guest greg': [2],
        reviewer: [2],
      },
    },
    {
      key: 'blip',
      form: 'single',
      purpose: 'quiz',
      prompt: {
        en: 'Viral load 20 → 180 → not detected, no missed doses. What was it?',
        ru: 'Вирусная нагрузка 20 → 180 → не определяется, пропусков нет. Что это было?',
      },
      options: [
        { en: 'Treatment failure', ru: 'Неудача терапии' },
        { en: 'A blip', ru: 'Единичный всплеск' },
        { en: 'A laboratory error for certain', ru: 'Точно ошибка лаборатории' },
      ],
      right: [1],
      status: 'open',
      votes: {
        'coordinator.ru': [1],
        viewer: [1],
        'guest nina': [0],
        hallett: [1],
      },
    },
    {
      key: 'pace',
      form: 'scale',
      purpose: 'poll',
      prompt: {
        en: 'Was today useful for your work?',
        ru: 'Пригодится ли сегодняшнее в вашей работе?',
      },
      options: [],
      status: 'draft',
      votes: {},
    },
  ],
  hands: ['ryabinin'],
}
