import { type DemoProtocol, NOT_FOR_USE } from '../types'

export const caseManagement: DemoProtocol = {
  key: 'case',
  title: {
    en: 'HIV case management: from intake to discharge',
    ru: 'Ведение случая при ВИЧ-инфекции: от обращения до завершения',
  },
  status: 'in_force',
  createdBy: 'zhuravlyova',
  translatedBy: 'akhmetov',
  reviewedBy: 'yermolina',
  editedBy: 'zhuravlyova',
  source: 'ru',
  createdOn: '2005-06-20T06:30:00Z',
  markedHoursAgo: 24 * 60,
  editedHoursAgo: 24 * 59,
  lines: [
    NOT_FOR_USE,
    ['h2', 'Intake', 'Первое обращение', 'reviewed'],
    [
      'p',
      'The case manager meets the client within 3 working days of referral.',
      'Специалист по ведению случая встречается с клиентом в течение 3 рабочих дней после направления.',
      'reviewed',
    ],
    [
      'p',
      'Explain confidentiality and obtain informed consent before any question.',
      'До начала опроса разъясните правила конфиденциальности и получите информированное согласие.',
      'reviewed',
    ],
    ['h2', 'Needs and plan', 'Потребности и план', 'reviewed'],
    [
      'p',
      'Assess health, housing, income, documents and family support.',
      'Оцените состояние здоровья, жильё, доход, документы и поддержку семьи.',
      'reviewed',
    ],
    [
      'p',
      'Agree on no more than three goals, each with a date and a person responsible.',
      'Согласуйте не более трёх целей; для каждой укажите срок и ответственного.',
      'reviewed',
    ],
    ['h2', 'Support', 'Сопровождение', 'reviewed'],
    [
      'li',
      'Contact the client at least every two weeks.',
      'Связывайтесь с клиентом не реже одного раза в две недели.',
      'reviewed',
    ],
    [
      'li',
      'Go along to the first visit to a new service.',
      'Сопровождайте на первом визите в новую службу.',
      'reviewed',
    ],
    ['li', 'Review the plan every 3 months.', 'Пересматривайте план каждые 3 месяца.', 'reviewed'],
    [
      'warning',
      'Thoughts of suicide or violence at home: call the supervisor and the duty psychologist the same day.',
      'Мысли о самоубийстве или насилие в семье: в тот же день свяжитесь с руководителем и дежурным психологом.',
      'reviewed',
    ],
    ['h2', 'Discharge', 'Завершение', 'reviewed'],
    [
      'p',
      'Close the case when the goals are met or the client asks for it. Leave a contact for return.',
      'Завершите ведение случая, когда цели достигнуты или об этом просит клиент. Оставьте контакт для повторного обращения.',
      'reviewed',
    ],
  ],
}
