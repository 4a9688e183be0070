import type { DemoWorkshop } from '../workshop-types'

export const WORKSHOPS: readonly DemoWorkshop[] = [
  {
    key: 'tolerance-2',
    title: {
      en: 'Tolerance Building, second group',
      ru: 'Воспитание толерантности, вторая группа',
    },
    objectives: {
      en: 'To practise a first conversation with a pregnant woman who has just learnt her result.',
      ru: 'Отработать первую беседу с беременной, которая только что узнала результат.',
    },
    mode: 'virtual',
    status: 'closed',
    starts: '2008-02-19 16:30',
    zone: 'a',
    audience: [],
    agenda: [
      {
        minutes: 90,
        title: { en: 'Conversations in threes', ru: 'Беседы по трое' },
        speaker: 'kim',
        spoken: 'both',
        interpretation: true,
      },
    ],
    facilitators: ['kim', 'almeida'],
    materials: ['tlt-pathway'],
    createdBy: 'maslova',
    members: { kim: 90, almeida: 90, maslova: 62, savelyeva: 90, whitman: 80, gordeyev: 45 },
    evaluation: {
      relevance: [5, 1, 0],
      clarity: [4, 2, 0],
      interpretation: [4, 1, 1],
      time: [2, 3, 1],
      materials: [3, 3, 0],
      facilitator: [6, 0, 0],
    },
  },
  {
    key: 'oi-management',
    title: {
      en: 'Managing opportunistic infections',
      ru: 'Ведение оппортунистических инфекций',
    },
    objectives: {
      en: 'To agree on prophylaxis in pregnancy.',
      ru: 'Договориться о профилактике при беременности.',
    },
    mode: 'virtual',
    status: 'cancelled',
    starts: '+3 16:00',
    zone: 'a',
    audience: ['physician'],
    agenda: [
      {
        minutes: 60,
        title: {
          en: 'Prophylaxis: when to begin and when to stop',
          ru: 'Профилактика: когда начинать и когда прекращать',
        },
        speaker: 'dubois',
        spoken: 'en',
        interpretation: true,
      },
    ],
    facilitators: ['gordeyev'],
    materials: [],
    cancelReason:
      'Докладчик в командировке; новая дата будет объявлена. / The speaker is away; a new date will follow.',
    createdBy: 'dubois',
    members: { gordeyev: 0, maslova: 0, dubois: 0 },
  },
]
